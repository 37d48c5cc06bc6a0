package recall

import (
	"os"
	"path/filepath"
	"testing"

	"balanced/bnn/store"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
	"balanced/internal/project/projecttest"
)

func TestRecall(t *testing.T) {
	in := store.At(t.TempDir())
	open := func(root string, variant project.Variant) *Memory {
		t.Helper()
		m, err := Open(t.Context(), in, root, variant)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	root := smallProject(t)
	chapter := func(code, output string) *nbformat.Notebook {
		return &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Code, Source: code, ExecutionCount: 1,
			Outputs: []nbformat.Output{{Kind: nbformat.Stream, Name: "stdout", Text: output}}}}}
	}
	recalled := func(root string, variant project.Variant, code string) string {
		t.Helper()
		if err := os.RemoveAll(filepath.Join(project.OutFolder(root, variant), "01-a")); err != nil {
			t.Fatal(err)
		}
		m := open(root, variant)
		defer m.Close()
		n, err := m.Recall(t.Context(), "notebooks/01-a.ipynb", chapter(code, ""))
		if err != nil {
			t.Fatal(err)
		}
		if n == nil {
			return ""
		}
		file, err := os.ReadFile(filepath.Join(project.OutFolder(root, variant), "01-a", "table.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return n.Cells[0].Outputs[0].Text + " " + string(file)
	}
	keep := func(code, output, file string) {
		t.Helper()
		projecttest.Put(t, root, "out/01-a/table.csv", file)
		m := open(root, project.Variant{})
		if err := m.Keep("notebooks/01-a.ipynb", chapter(code, output)); err != nil {
			t.Fatal(err)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := recalled(root, project.Variant{}, "x"); got != "" {
		t.Errorf("an empty store gives %q", got)
	}
	keep("x", "one", "1")
	clone := smallProject(t) // another folder with the same content
	for name, c := range map[string]struct{ got, want string }{
		"the same":     {recalled(root, project.Variant{}, "x"), "one 1"},
		"a clone":      {recalled(clone, project.Variant{}, "x"), "one 1"},
		"another cell": {recalled(root, project.Variant{}, "y"), ""},
		"a quick run":  {recalled(root, project.Variant{Quick: true}, "x"), ""},
		"another seed": {recalled(root, project.Variant{Seed: 7}, "x"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: recalled is %q, want %q", name, c.got, c.want)
		}
	}
	keep("y", "two", "2")
	if one, two := recalled(root, project.Variant{}, "x"), recalled(root, project.Variant{}, "y"); one != "" || two != "two 2" {
		t.Errorf("after another run %q and %q are recalled, want nothing and the last", one, two)
	}
	projecttest.Put(t, root, "bnn/bnn.go", "package bnn\n\nvar Rate = 2\n")
	if got := recalled(root, project.Variant{}, "y"); got != "" {
		t.Errorf("with other code %q is recalled", got)
	}
}
