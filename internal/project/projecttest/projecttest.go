// Package projecttest makes small projects for tests.
package projecttest

import (
	"os"
	"path/filepath"
	"testing"

	"balanced/internal/jupyter/nbformat"
)

// New makes a project with two chapters, 01-a and 02-b, and a notebook that is none, notes, in a
// folder that goes with the test; path is that of a notebook by its name.
func New(t testing.TB) (root string, path func(name string) string) {
	t.Helper()
	root = t.TempDir()
	path = func(name string) string { return filepath.Join(root, "notebooks", name+".ipynb") }
	if err := os.Mkdir(filepath.Join(root, "notebooks"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"01-a", "02-b", "notes"} {
		n := &nbformat.Notebook{Cells: []nbformat.Cell{
			{Kind: nbformat.Markdown, Source: "Text.\n\n#  Title of " + name + " \n"}, {Kind: nbformat.Code, Source: "!true"}}}
		if err := n.Write(path(name)); err != nil {
			t.Fatal(err)
		}
	}
	return root, path
}

// Put writes a file below root, and the folders it needs.
func Put(t testing.TB, root, path, content string) {
	t.Helper()
	path = filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
