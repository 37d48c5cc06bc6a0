package main

import (
	"path/filepath"
	"testing"

	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project/projecttest"
)

// A run parses each notebook that it needs once, from the look before anything is run to
// the results and the book.
func TestOneNotebookIsParsedOnce(t *testing.T) {
	root, path := projecttest.New(t)
	pinned(t, root)
	for _, name := range []string{"01-a", "02-b"} { // of prose, which has no verdicts to leave
		n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Markdown, Source: "# Title of " + name}}}
		if err := n.Write(path(name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	for _, c := range []struct {
		arguments []string
		want      int64
	}{
		{[]string{"book"}, 2},
		{[]string{"run", "--quick"}, 3},
		{[]string{"run", path("notes")}, 3}, // and two for the book
		{[]string{"run", "--check", path("notes")}, 1},
		{[]string{"run", path("notes"), "-o", filepath.Join(t.TempDir(), "o.ipynb")}, 1},
	} {
		before := nbformat.Parsed()
		root := rootCommand()
		root.SetArgs(c.arguments)
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Errorf("%v: %v", c.arguments, err)
		}
		if got := nbformat.Parsed() - before; got != c.want {
			t.Errorf("%v: %d notebooks parsed, want %d", c.arguments, got, c.want)
		}
	}
}
