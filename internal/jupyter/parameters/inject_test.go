package parameters

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

func cell(source string, tags ...any) nbformat.Cell {
	return nbformat.Cell{Kind: nbformat.Code, Source: source, Metadata: map[string]any{"tags": tags}}
}

// show writes cells as their tags and sources.
func show(n *nbformat.Notebook) string {
	var text []string
	for _, c := range n.Cells {
		tag := ""
		if tags, _ := c.Metadata["tags"].([]any); len(tags) > 0 {
			tag = tags[0].(string) + ": "
		}
		text = append(text, tag+c.Source)
	}
	return strings.Join(text, " | ")
}

func TestInject(t *testing.T) {
	n := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Markdown, Source: "title"}, cell("const n = 1", "parameters"), cell("%%", "other"),
	}}
	for value, want := range map[string]string{
		"2": "title | parameters: const n = 1 | injected-parameters: // Given to bnn run: n = 2\nconst n = 2 | other: %%",
		"3": "title | parameters: const n = 1 | injected-parameters: // Given to bnn run: n = 3\nconst n = 3 | other: %%",
	} {
		for range 2 { // a later run replaces what an earlier one injected
			if err := Inject(n, []string{"n=" + value}); err != nil {
				t.Fatal(err)
			}
			if got := show(n); got != want {
				t.Errorf("cells %s, want %s", got, want)
			}
		}
	}
	// Wherever it is, as papermill might have put it.
	n.Cells = append(n.Cells, cell("const n = 9", "injected-parameters"))
	if err := Inject(n, []string{"n=4"}); err != nil || strings.Contains(show(n), "9") {
		t.Errorf("cells %s, %v", show(n), err)
	}
}

func TestInjectRefuses(t *testing.T) {
	good := cell("const (\n\tn = 1\n\tx = 0.5\n)", "parameters")
	for _, c := range []struct {
		want  string
		cells []nbformat.Cell
		given []string
	}{
		{"no code cell is tagged parameters", []nbformat.Cell{cell("const n = 1"), {Kind: nbformat.Markdown, Metadata: good.Metadata}}, []string{"n=2"}},
		{"cells 1 and 3 are tagged parameters", []nbformat.Cell{good, cell(""), good}, []string{"n=2"}},
		{`parameter "m": must be one of n, x`, []nbformat.Cell{good}, []string{"n=2", "m=2"}},
		{`parameter "": must be one of n, x`, []nbformat.Cell{good}, []string{"=2"}},
		{`parameter "n": must be NAME=VALUE`, []nbformat.Cell{good}, []string{"n"}},
		{"parameter n is given twice", []nbformat.Cell{good}, []string{"n=2", "n=2"}},
		{`parameter n is "2.5": must be a whole number`, []nbformat.Cell{good}, []string{"x=2", "n=2.5"}},
		{`has the line "%%"`, []nbformat.Cell{cell("const n = 1\n%%\n", "parameters")}, []string{"n=2"}},
		{`has the line "!ls"`, []nbformat.Cell{cell("!ls\nconst n = 1", "parameters")}, []string{"n=2"}},
		{"is not Go: line 2: ", []nbformat.Cell{cell("const n = 1\nn := 2", "parameters")}, []string{"n=2"}},
		{"declares none", []nbformat.Cell{cell("const n = 2*3", "parameters")}, []string{"n=2"}},
	} {
		n := &nbformat.Notebook{Cells: c.cells}
		before := show(n)
		if err := Inject(n, c.given); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q", c.given, err, c.want)
		}
		if show(n) != before {
			t.Errorf("%v: refused, but the notebook has become %s", c.given, show(n))
		}
	}
}

// What is not changed keeps its bytes, comments too.
func TestAssign(t *testing.T) {
	for _, c := range []struct{ source, given, want string }{
		{"const n = 1 // é", "n=0x10", "const n = 16 // é"},
		{"const n = -1", "n=-5", "const n = -5"},
		{"var n = -1", "n=5", "var n = 5"},
		{"const x = 0.5", "x=2", "const x = 2.0"},
		{"const x = -.5", "x=1e-9", "const x = 1e-09"},
		{"var x float64 = 1", "x=3", "var x float64 = 3.0"},
		{"var k uint8 = 1", "k=255", "var k uint8 = 255"},
		{"const on = true", "on=false", "const on = false"},
		{"const s = `a`", "s=say \"b\"\nc", `const s = "say \"b\"\nc"`},
		{"const s string = \"a\"", "s=", `const s string = ""`},
		{"var a, b = 1, \"x\"", "b=a=b", `var a, b = 1, "a=b"`},
		{"const (\n\tn = 1\n\tm = 2*n\n\tk = 3\n)\n\nfunc f() int { return n }", "k=4", "const (\n\tn = 1\n\tm = 2*n\n\tk = 4\n)\n\nfunc f() int { return n }"},
		{"import \"time\"\n\nconst d time.Duration = 5\nconst n = 1", "n=2", "import \"time\"\n\nconst d time.Duration = 5\nconst n = 2"},
	} {
		got, err := assign(c.source, []string{c.given})
		_, got, _ = strings.Cut(got, "\n") // the line that says what was given
		if err != nil || got != c.want {
			t.Errorf("%s with %s: %s, %v, want %s", c.source, c.given, got, err, c.want)
		}
	}
	for _, c := range []struct{ source, given string }{
		{"const n = 1", "n="}, {"const n = 1", "n= 2"}, {"const n = 1", "n=9223372036854775808"}, {"const n = 1", "n=1e3"},
		{"var k uint8 = 1", "k=256"}, {"var k uint = 1", "k=-1"}, {"const x = 0.5", "x=NaN"}, {"const x = 0.5", "x=-Inf"},
		{"const x = 0.5", "x=1e999"}, {"var x float32 = 1", "x=1e99"}, {"const on = true", "on=1"}, {"const on = true", "on=True"},
		{"const d time.Duration = 5", "d=6"}, {"const r = 'a'", "r=b"}, {"const _ = 1", "_=2"}, {"const (\n\ta = iota\n\tb\n)", "b=1"},
		{"func f() { const n = 1 }", "n=2"},
	} {
		if got, err := assign(c.source, []string{c.given}); err == nil {
			t.Errorf("%s with %q is accepted: %s", c.source, c.given, got)
		}
	}
}

// Whatever is accepted is Go again, with the value that was given and no other change.
func FuzzAssign(f *testing.F) {
	f.Add("const (\n\tn = 1 // x\n\ts = \"a\"\n)", "s", "b\n\"")
	f.Add("var x, y = -1.5, true", "x", "0x1p-3")
	f.Add("const ä, b int8 = 1, +2\n/* c */", "ä", "0b1")
	f.Fuzz(func(t *testing.T, source, name, value string) {
		got, err := assign(source, []string{name + "=" + value})
		if err != nil {
			return
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "", packageLine+got, 0); err != nil && !redeclared(packageLine+source) {
			t.Fatalf("%q is no Go any more: %v", got, err)
		}
		before, _ := find(source)
		after, err := find(got)
		if err != nil || len(after) != len(before) {
			t.Fatalf("%q has parameters %v, %v, before %v", got, after, err, before)
		}
		for i, p := range after {
			if p.name != before[i].name || p.kind != before[i].kind {
				t.Errorf("parameter %v was %v", p, before[i])
			}
			if old := source[before[i].start:before[i].end]; p.name != name && got[p.start:p.end] != old {
				t.Errorf("parameter %s has become %s, was %s", p.name, got[p.start:p.end], old)
			}
		}
	})
}

// redeclared tells whether the parser objects to a cell that find accepts, since that
// leaves the resolution of names to the compiler.
func redeclared(source string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	return err != nil
}
