package runner

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/verification"
)

// Cells that only declare go with the next that does something, if that is the same notebook.
func TestBatches(t *testing.T) {
	const declares, body = "func one() int { return 1 }", "%%\nprintln(1)"
	for _, c := range []struct {
		name, want string
		cells      []string
	}{
		{"declarations go with what follows", "[[0 1 2]]", []string{"import \"fmt\"\nconst a = 1", declares, "var b = a\n" + body}},
		{"nothing follows", "[[0 1]]", []string{declares, "type t struct{}"}},
		{"blank cells are not run", "[[0 2]]", []string{declares, " \n", body}},
		{"each that does something ends a batch", "[[0] [1 2] [3]]", []string{body, declares, body, body}},
		{"main and init do something", "[[0 1] [2 3]]", []string{declares, "func main() {}", declares, "func init() { println(2) }"}},
		{"a shell line, a magic", "[[0] [1] [2] [3]]", []string{declares, "!ls", "%noautoget", declares}},
		{"a shell line beside code", "[[0] [1]]", []string{declares, "%%\nprintln(1)\n!ls"}},
		{"what is not Go", "[[0] [1]]", []string{declares, "println(1)"}},
		{"a name of a later cell", "[[0] [1]]", []string{"func two() int { return one() }", declares}},
		{"a method of a later cell", "[[0] [1 2]]", []string{"func of(t tree) int { return t.size() }", "func (tree) size() int { return 1 }", body}},
		{"a name of the cell that does something", "[[0] [1]]", []string{"func two() int { return one() }", declares + "\n" + body}},
		{"what is declared again", "[[0] [1]]", []string{declares, declares}},
		{"imports stand first", "[[0] [1]]", []string{declares, "import \"fmt\"\n" + body}},
	} {
		cells := []nbformat.Cell{}
		for _, source := range c.cells {
			cells = append(cells, nbformat.Cell{Kind: nbformat.Code, Source: source})
		}
		if got := fmt.Sprint(batches(cells, false)); got != c.want {
			t.Errorf("%s: batches %s, want %s", c.name, got, c.want)
		}
	}
	excused := nbformat.Cell{Kind: nbformat.Code, Source: declares, Metadata: map[string]any{"tags": []any{mayFail}}}
	if got := fmt.Sprint(batches([]nbformat.Cell{{Kind: nbformat.Markdown}, excused, {Kind: nbformat.Code, Source: body}}, false)); got != "[[1] [2]]" {
		t.Errorf("a cell that may fail: batches %s", got)
	}
}

// Comments go where all else are magics and shell lines, and stay where they may be something.
func TestBare(t *testing.T) {
	for text, want := range map[string]string{
		"// Setup\n!*true\n\n%noautoget": "\n!*true\n\n%noautoget",
		"//gonb:%env A b\n!ls":           "//gonb:%env A b\n!ls",
		"!ls \\\n// here":                "!ls \\\n// here",
		"%%writefile a.go\n// A":         "%%writefile a.go\n// A",
		"%noautoget\n// A\nvar a int":    "%noautoget\n// A\nvar a int",
	} {
		if got := bare(text); got != want {
			t.Errorf("%q without comments is %q, want %q", text, got, want)
		}
	}
}

// In one program go cells whose main functions do not know what later cells declare.
func TestBatchesInOne(t *testing.T) {
	const declares, body = "func one() int { return 1 }", "%%\nprintln(1)"
	for _, c := range []struct {
		name, want string
		cells      []string
	}{
		{"several main functions", "[[0 1 2 3]]", []string{"import \"fmt\"\n" + body, declares, body, "func last() {}"}},
		{"a name of a later cell", "[[0] [1 2]]", []string{"%%\nprintln(one())", declares, body}},
		{"names of their own", "[[0 1 2 3]]", []string{"func two(one int) int { return one }", "%%\none := 2\nprintln(one)", declares, body}},
		{"a name before it is another one's own", "[[0] [1 2]]", []string{"%%\nprintln(one)\none := 2\nprintln(one)", declares, body}},
		{"a name of a literal", "[[0] [1]]", []string{"%%\nprintln(t{one: 1}.x)", declares + "\n" + body}},
		{"a main function by that name", "[[0] [1] [2]]", []string{body, "func main() {}", body}},
		{"a function that GoNB runs", "[[0] [1] [2]]", []string{body, "func init_a() {}", body}},
		{"a variable that begins with what is read", "[[0 1] [2]]", []string{"var t = f()\n" + body, "var a = sync.OnceValue(func() int { return f() })", "var b = f()\n" + body}},
		{"a variable that begins with what is known", "[[0 1]]", []string{body, "var sizes = show.Pick([]study.Size{{1, 2}}, nil)\n" + body}},
		{"a method", "[[0] [1]]", []string{body, "func (t) String() string { return \"\" }\n" + body}},
		{"what was declared before", "[[0] [1] [2] [3]]", []string{declares, "!true", body, declares + "\n" + body}},
		{"an indented line %%", "[[0] [1]]", []string{body, "  %%\nprintln(1)"}},
		{"a magic as a comment", "[[0] [1]]", []string{body, "//gonb:!ls\n" + body}},
		{"a main function that is no Go", "[[0 1] [2]]", []string{body, "%%\nfor {", body}},
		{"a magic", "[[0] [1] [2]]", []string{body, "%noautoget", body}},
	} {
		cells := []nbformat.Cell{}
		for _, source := range c.cells {
			cells = append(cells, nbformat.Cell{Kind: nbformat.Code, Source: source})
		}
		if got := fmt.Sprint(batches(cells, true)); got != c.want {
			t.Errorf("%s: batches %s, want %s", c.name, got, c.want)
		}
	}
}

// Several cells of one program have the outputs that they have one by one, and what fails is shown where it is.
func TestInOneInGoNB(t *testing.T) {
	verification.Long(t)
	o, setup := inGoNB(t)
	const shows = "%%\nfmt.Println(a)\ngonbui.DisplayHTML(\"shown\")\ngonbui.Sync()\nfmt.Fprintln(os.Stderr, \"aside\")\nif a > 0 {\n\treturn\n}\nfmt.Println(2)"
	declares := []string{setup, "import (\n\t\"fmt\"\n\t\"os\"\n\n\t\"github.com/janpfeifer/gonb/gonbui\"\n)\n\nvar a = 1"}
	for name, c := range map[string]struct {
		cells   []string
		failing int
	}{
		"all well":                 {[]string{shows, "func two() int { return a + a }", "%%\nfmt.Print(two())", shows, "%%", shows, "const last = 1"}, 0},
		"one main function":        {[]string{shows, "const last = 1"}, 0},
		"a later main one fails":   {[]string{shows, shows, "%%\nfmt.Println(3)\npanic(\"on purpose\")"}, 5},
		"a program that goes away": {[]string{shows, "%%\nfmt.Println(3)\nos.Exit(0)", shows, "%%\nvar unused int"}, 6},
		"output that goes nowhere": {[]string{"%%\nos.Stdout, _ = os.Open(os.DevNull)", shows}, 0},
	} {
		var executed [2][]nbformat.Cell
		for i, inOne := range []bool{false, true} {
			path := write(t, append(declares, c.cells...)...)
			o.InOne = inOne
			_, err := runAt(t.Context(), o, []string{path})
			var cell *CellError
			if errors.As(err, &cell) != (c.failing > 0) || cell != nil && cell.CodeCell != c.failing {
				t.Errorf("%s, in one %t: the run gives %v, want cell %d to fail", name, inOne, err, c.failing)
			}
			executed[i] = read(t, path).Cells
		}
		if !reflect.DeepEqual(executed[0], executed[1]) {
			t.Errorf("%s: in one program the cells are\n%+v, want\n%+v", name, executed[1], executed[0])
		}
	}
}

// A notebook is held to its outputs cell by cell if it has others in one program.
func TestCheckInOneInGoNB(t *testing.T) {
	verification.Long(t)
	o, setup := inGoNB(t)
	path := write(t, setup, "import \"fmt\"\n\nvar a = 1", "%%\na++\nfmt.Println(a)", "%%\nfmt.Println(a)")
	if _, err := runAt(t.Context(), o, []string{path}); err != nil {
		t.Fatal(err)
	}
	if got := texts(t, path); got != "1, 2, 3 2, 4 1" {
		t.Fatalf("the outputs are %q", got)
	}
	o.InOne = true
	if _, err := runAt(t.Context(), o, []string{path}); err != nil || texts(t, path) != "1, 2, 3 2, 4 1" {
		t.Fatalf("again, in one program if that is the same, the outputs are %q, error %v", texts(t, path), err)
	}
	o.Check = true
	for name, want := range map[string]bool{"as it is": true, "changed": false} {
		if name == "changed" {
			n := read(t, path)
			n.Cells[2].Outputs = n.Cells[3].Outputs // 1 in place of 2
			if err := n.Write(path); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := runAt(t.Context(), o, []string{path}); (err == nil) != want {
			t.Errorf("%s: the check gives %v", name, err)
		}
	}
}

// What is executed together counts as in any client, and what fails is shown where it is, as in any client.
func TestBatchesInGoNB(t *testing.T) {
	verification.Long(t)
	o, setup := inGoNB(t)
	declares := []string{setup, "import \"fmt\"\n\nvar a = fmt.Sprint(1)", "func one() string { return a }"}
	for name, c := range map[string]struct {
		cells             []string
		failing           int
		contains, outputs string
	}{
		"all well":          {[]string{"%%\nfmt.Println(one())", "func two() string { return one() + one() }", "%%\nfmt.Println(two())"}, 0, "", "1, 2, 3, 4 1, 5, 6 11"},
		"the second fails":  {[]string{"func two() int { return one() }", "%%\nfmt.Println(one())"}, 4, "Cell[4]: Line 1", "1, 2, 3, 4, 0"},
		"the last fails":    {[]string{"%%\nfmt.Println(one())\nvar unused int"}, 4, "Cell[4]: Line 3", "1, 2, 3, 4"},
		"its program fails": {[]string{"%%\nfmt.Println(one())\npanic(\"on purpose\")"}, 4, "on purpose", "1, 2, 3, 4 1"},
		"a later one fails": {[]string{"%%\nfmt.Println(one())", "%%\nvar unused int"}, 5, "Cell[5]: Line 2", "1, 2, 3, 4 1, 5"},
		"a later name":      {[]string{"func two() string { return three() }", "func three() string { return one() }"}, 4, "undefined: three", "1, 2, 3, 4, 0"},
	} {
		path := write(t, append(declares, c.cells...)...)
		_, err := runAt(t.Context(), o, []string{path})
		var cell *CellError
		if errors.As(err, &cell) != (c.failing > 0) || cell != nil && (cell.CodeCell != c.failing || !strings.Contains(cell.Text, c.contains)) {
			t.Errorf("%s: the run gives %v, want cell %d to fail by %q", name, err, c.failing, c.contains)
		}
		if got := texts(t, path); got != c.outputs && !strings.HasPrefix(got, c.outputs+"\npanic: ") {
			t.Errorf("%s: outputs %q, want %q", name, got, c.outputs)
		}
	}
}
