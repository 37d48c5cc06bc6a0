package rename

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balanced/bnn/store"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/verification"
)

const published = "example.org/somebody/lab"

// renamed copies this project.
func renamed(t *testing.T) (root, folder string) {
	t.Helper()
	verification.Long(t)
	root, err := kernel.FindModule(nil)
	if err != nil {
		t.Fatal(err)
	}
	folder = filepath.Join(t.TempDir(), "published")
	if err := Copy(root, published, folder); err != nil {
		t.Fatal(err)
	}
	return root, folder
}

// The copy names packages by its own path alone, and what it keeps in a store is what the project
// keeps: the identity of its code is the same.
func TestCopy(t *testing.T) {
	root, folder := renamed(t)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "rename_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		for _, old := range []string{`"` + kernel.Module + `/bnn`, "`" + kernel.Module + "/", "go doc " + kernel.Module + "/", "module " + kernel.Module + "\n", "-local " + kernel.Module + " "} {
			if strings.Contains(string(content), old) {
				t.Errorf("%s still has %q", path, old)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	folders := packages(t, root) // all whose code the identity of something in the store has in it
	before, err := store.CodeIdentity(os.DirFS(root), kernel.Module, folders...)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := store.CodeIdentity(os.DirFS(folder), published, folders...); err != nil || after != before {
		t.Errorf("the identity of the code is %s, %v, want %s", after, err, before)
	}
	if _, err := os.Stat(filepath.Join(folder, ".git")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what git knows was copied, or %v", err)
	}
}

// packages are the folders below bnn and analysis.
func packages(t *testing.T, root string) (folders []string) {
	t.Helper()
	for _, top := range []string{"bnn", "analysis"} {
		if err := fs.WalkDir(os.DirFS(root), top, func(folder string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() && entry.Name() != "testdata" {
				folders = append(folders, folder)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	return folders
}

// What the original has simulated, the copy takes out of the store. That all of it compiles, and
// passes its short tests, .ci/run looks at.
func TestReplicasStayValid(t *testing.T) {
	verification.Only(t) // compiles the simulators under another path
	root, folder := renamed(t)
	kept := t.TempDir()
	simulate := func(root, path string) string {
		t.Helper()
		program := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(program, []byte(strings.ReplaceAll(replicas, "PATH", path)), 0o644); err != nil {
			t.Fatal(err)
		}
		run := exec.Command("go", "run", program, kept)
		run.Dir = root
		run.Env = append(os.Environ(), "GOWORK=off")
		var said bytes.Buffer
		run.Stderr = &said
		output, err := run.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, said.String())
		}
		return string(output)
	}
	first := simulate(root, kernel.Module)
	if !strings.HasPrefix(first, "from the store 0, in it 6: ") {
		t.Fatalf("the original says %s", first)
	}
	if second := simulate(folder, published); second != strings.Replace(first, "store 0", "store 6", 1) {
		t.Errorf("the original says %s and the copy %s", first, second)
	}
}

// replicas simulates few of them, and tells how many the store had, how many it has, and a mean.
const replicas = `package main

import (
	"context"
	"fmt"
	"os"

	"PATH/bnn"
	"PATH/bnn/simulate"
	"PATH/bnn/store"
)

func main() {
	ctx, kept := context.Background(), store.At(os.Args[1])
	count := func() (replicas int) {
		for _, entry := range bnn.Must(kept.List(ctx, bnn.Must(simulate.CodeIdentity()))) {
			if !entry.Stale {
				replicas += entry.Records
			}
		}
		return replicas
	}
	before := count()
	ensemble := simulate.Ensemble{Network: bnn.Must(bnn.ReadNetwork("data/networks/abstract.json")), N: 50, Replicas: 6, Seed: 1, Store: kept}
	runs := bnn.Must(ensemble.Run(ctx, []float64{0.5}))
	fmt.Printf("from the store %d, in it %d: %v\n", before, count(), runs.Mean)
}
`

func TestCopyRefuses(t *testing.T) {
	root, err := kernel.FindModule(nil)
	if err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "a"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, folder, want string }{
		{"no host", filepath.Join(t.TempDir(), "a"), "malformed module path"},
		{"nohost/lab", filepath.Join(t.TempDir(), "a"), "malformed module path"},
		{published, full, "must be a new folder"},
		{published, filepath.Join(root, "copy"), "must not be in the project"},
	} {
		if err := Copy(root, c.path, c.folder); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s into %s: error %v, want %s", c.path, c.folder, err, c.want)
		}
	}
}

// The path of the test is not that of the project, whose copies run it too.
func TestRename(t *testing.T) {
	r := newRenamer("even", published)
	for _, c := range []struct{ way, before, after string }{
		{"a.go", "import (\n\t\"even/bnn\"\n\tpins \"even\"\n)\n", "import (\n\t\"" + published + "/bnn\"\n\tpins \"" + published + "\"\n)\n"},
		{"a.go", "const word = \"even\"\nx := []string{\"even\", \"b\"}\n", ""},
		{"a.go", "return At(filepath.Join(cache, \"even\")), nil\n", ""},
		{"a.go", "`even/bnn`, `even/analysis`", "`" + published + "/bnn`, `" + published + "/analysis`"},
		{"go.mod", "module even\n\nrequire x v1\n", "module " + published + "\n\nrequire x v1\n"},
		{"a_test.go", `"go.mod": "module even\n", "no module even in"`, `"go.mod": "module ` + published + `\n", "no module ` + published + ` in"`},
		{"a.md", "`replace even => /here`; a even module, modules even by weights", "`replace " + published + " => /here`; a even module, modules even by weights"},
		{"a.ipynb", `"\"even/bnn/theory\"\n"`, `"\"` + published + `/bnn/theory\"\n"`},
		{"a.md", "go tool goimports -local even -l .; see even/bnn, ~/.cache/even/bnn, un-even/bnn", "go tool goimports -local " + published + " -l .; see " + published + "/bnn, ~/.cache/even/bnn, un-even/bnn"},
		{"a.bin", "\x00\"even/bnn\"", ""},
	} {
		if c.after == "" {
			c.after = c.before
		}
		if got := string(r.rename(c.way, []byte(c.before))); got != c.after {
			t.Errorf("%s: %q becomes %q, want %q", c.way, c.before, got, c.after)
		}
	}
}
