package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project/projecttest"
	"balanced/internal/verification"
)

// pinned gives a project the versions of this one.
func pinned(t *testing.T, root string) {
	t.Helper()
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tree lists all files below a folder with their contents.
func tree(t *testing.T, root string) string {
	t.Helper()
	var text strings.Builder
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		text.WriteString(strings.TrimPrefix(path, root) + ": " + string(content) + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestRefusedBeforeAnythingRuns(t *testing.T) {
	verification.Long(t)
	root, _ := projecttest.New(t)
	declaring := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Code, Source: "const n = 1", Metadata: map[string]any{"tags": []any{"parameters"}}},
		{Kind: nbformat.Code, Source: "!touch ran"},
	}}
	if err := declaring.Write(filepath.Join(root, "p.ipynb")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, "folder.ipynb"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("p.ipynb", filepath.Join(root, "link.ipynb")); err != nil {
		t.Fatal(err)
	}
	before := tree(t, root)
	for arguments, want := range map[string]string{
		"p.ipynb -p n=2":                          "-p: must go with -o",
		"p.ipynb -p n=2 -o ":                      "-p: must go with -o",
		"p.ipynb -o ":                             "must go with -o",
		"-p n=2 -o o.ipynb":                       "must go with one notebook, not 0",
		"p.ipynb notebooks/01-a.ipynb -o o.ipynb": "must go with one notebook, not 2",
		"p.ipynb -p n=2 -o o.ipynb --check":       "must not go with --check, --quick or --seed",
		"p.ipynb -o o.ipynb --quick":              "must not go with --check, --quick or --seed",
		"p.ipynb -o o.txt":                        "-o o.txt: must end in .ipynb",
		"p.ipynb -o none/o.ipynb":                 "-o none/o.ipynb: must be in a folder that exists",
		"p.ipynb -o folder.ipynb":                 "-o folder.ipynb: must be a file",
		"p.ipynb -o p.ipynb":                      "-o p.ipynb: must not be the notebook itself",
		"p.ipynb -o link.ipynb":                   "-o link.ipynb: must not be the notebook itself",
		"none.ipynb -o o.ipynb":                   "none.ipynb",
		"p.ipynb -p m=2 -o o.ipynb":               `p.ipynb: parameter "m": must be one of n`,
		"p.ipynb -p n=two -o o.ipynb":             `p.ipynb: parameter n is "two": must be a whole number`,
		"p.ipynb -p n=2 -p n=3 -o o.ipynb":        "parameter n is given twice",
		"notebooks/01-a.ipynb -p n=2 -o o.ipynb":  "no code cell is tagged parameters",
		"p.ipynb ./p.ipynb":                       "would be written to the same file",
		"none.ipynb notebooks/01-a.ipynb":         "none.ipynb",
		"p.ipynb -p n=2 -o o.ipynb --timeout -1s": "--timeout -1s: must be positive",
	} {
		messages, code := callIn(t, root, append([]string{"run"}, strings.Split(arguments, " ")...)...)
		if code != exitUsage || !strings.Contains(messages, want) {
			t.Errorf("%s: exit %d: %s, want %s", arguments, code, messages, want)
		}
	}
	if after := tree(t, root); after != before {
		t.Errorf("what is refused leaves %s, before there was %s", after, before)
	}
}

// A run apart of a chapter leaves the project as it is, also when it fails.
func TestRunApart(t *testing.T) {
	verification.Only(t)
	root, path := projecttest.New(t)
	pinned(t, root)
	chapter := &nbformat.Notebook{Cells: []nbformat.Cell{
		{Kind: nbformat.Markdown, Source: "# A"},
		{Kind: nbformat.Code, Source: "const (\n\tn = 1 // neurons\n\tm = 2*n\n)\nvar s, x = \"a\", 0.5", Metadata: map[string]any{"tags": []any{"parameters"}}},
		{Kind: nbformat.Code, Source: "func twice() float64 { return 2 * x }"},
		{Kind: nbformat.Code, Source: "%%\nfmt.Println(n, m, s, twice(), 1/x)", Outputs: []nbformat.Output{{Kind: nbformat.Stream, Name: "stdout", Text: "old"}}},
		{Kind: nbformat.Code, Source: `!mkdir -p "$BALANCED_OUT/01-a" && pwd > "$BALANCED_OUT/01-a/where" && exit 3`},
	}}
	if err := chapter.Write(path("01-a")); err != nil {
		t.Fatal(err)
	}
	before := tree(t, root)
	other := t.TempDir()
	run := func(output string, arguments ...string) string {
		t.Helper()
		output = filepath.Join(other, output)
		messages, code := callIn(t, root, append([]string{"run", path("01-a"), "-o", output}, arguments...)...)
		if code != exitFailed || !strings.Contains(messages, output+": code cell ") || !strings.Contains(messages, "exit status 3") {
			t.Errorf("exit %d: %s", code, messages)
		}
		content, err := os.ReadFile(output)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	if got := run("given.ipynb", "-p", "n=20", "-p", `s="b, c"`, "-p", "x=2"); !strings.Contains(got, `"20 40 \"b, c\" 4 0.5\n"`) || !strings.Contains(got, "injected-parameters") {
		t.Errorf("with parameters the notebook is %s", got)
	}
	if got := run("plain.ipynb"); !strings.Contains(got, `"1 2 a 1 2\n"`) || strings.Contains(got, "injected-parameters") {
		t.Errorf("without parameters the notebook is %s", got)
	}
	// Running what a run apart has written with yet other values replaces the injected cell.
	messages, code := callIn(t, root, "run", filepath.Join(other, "given.ipynb"), "-p", "n=30", "-o", filepath.Join(other, "again.ipynb"))
	content, err := os.ReadFile(filepath.Join(other, "again.ipynb"))
	if code != exitFailed || err != nil || !strings.Contains(string(content), `"30 60 a 1 2\n"`) || strings.Count(string(content), "injected-parameters\"\n") != 1 {
		t.Errorf("a second time: exit %d: %s, the notebook is %s", code, messages, content)
	}
	where, err := os.ReadFile(filepath.Join(other, "given_files", "01-a", "where"))
	if err != nil || strings.TrimSpace(string(where)) != filepath.Join(root, "notebooks") {
		t.Errorf("cells run in %s, %v, and not in the notebook's folder", where, err)
	}
	if after := tree(t, root); after != before {
		t.Errorf("the project has become %s", after)
	}
}
