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
		file, err := os.ReadFile(filepath.Join(project.OutFolder(root, variant), "01-a", "more", "deep.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return n.Cells[0].Outputs[0].Text + " " + string(file)
	}
	keep := func(code, output, file string) {
		t.Helper()
		m := open(root, project.Variant{})
		if _, err := m.Recall(t.Context(), "notebooks/01-a.ipynb", chapter(code, "")); err != nil {
			t.Fatal(err)
		}
		projecttest.Put(t, root, "out/01-a/table.csv", file)
		projecttest.Put(t, root, "out/01-a/more/deep.csv", file)
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

// What is changed while chapters are executed is not what they were executed with, or it is: nobody
// knows, and so nothing is kept under the one or the other.
func TestEditedWhileItRan(t *testing.T) {
	in, root := store.At(t.TempDir()), smallProject(t)
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{Kind: nbformat.Code, Source: "x"}}}
	recalled := func(edit string) bool {
		t.Helper()
		m, err := Open(t.Context(), in, root, project.Variant{})
		if err != nil {
			t.Fatal(err)
		}
		found, err := m.Recall(t.Context(), "notebooks/01-a.ipynb", n)
		if err != nil {
			t.Fatal(err)
		}
		if edit != "" {
			projecttest.Put(t, root, "bnn/bnn.go", edit)
		}
		if found == nil {
			if err := m.Keep("notebooks/01-a.ipynb", n); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		return found != nil
	}
	const before, after = "package bnn\n\nvar Rate = 1\n", "package bnn\n\nvar Rate = 2\n"
	if recalled(after) || recalled("") || !recalled("") {
		t.Error("what was executed during an edit is recalled, or what was executed after it is not")
	}
	projecttest.Put(t, root, "bnn/bnn.go", before)
	if recalled("") {
		t.Error("after the edit was taken back, what was executed during it is recalled")
	}
}
