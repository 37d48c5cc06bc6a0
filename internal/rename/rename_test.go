package rename

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"balanced/bnn/store"
	"balanced/internal/jupyter/kernel"
)

const published = "example.org/somebody/lab"

// renamed copies this project.
func renamed(t *testing.T) (root, folder string) {
	t.Helper()
	if testing.Short() {
		t.Skip("copies the whole project")
	}
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
	folders := []string{"bnn", "bnn/simulate", "bnn/internal/thinning", "bnn/theory", "analysis"}
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

// The copy compiles, tests included, and some of its short tests pass: those that follow imports,
// draw the rooms and read documents.
func TestCopyCompiles(t *testing.T) {
	_, folder := renamed(t)
	for _, arguments := range [][]string{
		{"vet", "./..."},
		{"test", "-short", ".", "./internal/project/starter"},
		{"test", "-short", "-run", "Code", "./bnn/simulate", "./bnn/sweep", "./internal/project/..."},
	} {
		command := exec.Command("go", arguments...)
		command.Dir = folder
		if output, err := command.CombinedOutput(); err != nil {
			t.Errorf("go %v: %v\n%s", arguments, err, output)
		}
	}
}

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

func TestRename(t *testing.T) {
	r := newRenamer("balanced", published)
	for _, c := range []struct{ way, before, after string }{
		{"a.go", "import (\n\t\"balanced/bnn\"\n\tpins \"balanced\"\n)\n", "import (\n\t\"" + published + "/bnn\"\n\tpins \"" + published + "\"\n)\n"},
		{"a.go", "const word = \"balanced\"\nx := []string{\"balanced\", \"b\"}\n", ""},
		{"a.go", "return At(filepath.Join(cache, \"balanced\")), nil\n", ""},
		{"a.go", "`balanced/bnn`, `balanced/analysis`", "`" + published + "/bnn`, `" + published + "/analysis`"},
		{"go.mod", "module balanced\n\nrequire x v1\n", "module " + published + "\n\nrequire x v1\n"},
		{"a.ipynb", `"\"balanced/bnn/theory\"\n"`, `"\"` + published + `/bnn/theory\"\n"`},
		{"a.md", "go tool goimports -local balanced -l .; see balanced/bnn, ~/.cache/balanced/bnn, un-balanced/bnn", "go tool goimports -local " + published + " -l .; see " + published + "/bnn, ~/.cache/balanced/bnn, un-balanced/bnn"},
		{"a.bin", "\x00\"balanced/bnn\"", ""},
	} {
		if c.after == "" {
			c.after = c.before
		}
		if got := string(r.rename(c.way, []byte(c.before))); got != c.after {
			t.Errorf("%s: %q becomes %q, want %q", c.way, c.before, got, c.after)
		}
	}
}
