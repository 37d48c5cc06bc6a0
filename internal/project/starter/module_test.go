package starter

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"balanced/internal/jupyter/kernel"
)

// at makes a folder with a go.mod, or without one where its text is empty.
func at(t *testing.T, name, text string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if text != "" {
		if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func checkout(t *testing.T) string {
	t.Helper()
	root, err := Checkout()
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// names are the last parts of paths.
func names(paths []string) string {
	var list []string
	for _, path := range paths {
		list = append(list, filepath.Base(path))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// A notebook anywhere brings what Go needs, once; a second one finds it there.
func TestWriteAnywhere(t *testing.T) {
	folder := at(t, "my place", "")
	written, err := Write(filepath.Join(folder, "first"))
	if err != nil || names(written) != "abstract.json first.ipynb go.mod go.sum" {
		t.Fatalf("written are %v, %v", written, err)
	}
	if written, err = Write(filepath.Join(folder, "second")); err != nil || names(written) != "second.ipynb" {
		t.Errorf("the second time %v are written, %v", written, err)
	}
	below := filepath.Join(folder, "below")
	if err := os.Mkdir(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if written, err = Write(filepath.Join(below, "third")); err != nil || names(written) != "abstract.json third.ipynb" {
		t.Errorf("in a folder below %v are written, %v", written, err)
	}
	if written, err = Write(filepath.Join(folder, "first")); err == nil || len(written) > 0 {
		t.Errorf("a notebook that is there: %v are written, %v", written, err)
	}
}

// Where the sources have moved, the next notebook mends go.mod; what else is in it stays.
func TestWriteMendsGoMod(t *testing.T) {
	folder := at(t, "x", "module mine\n\ngo 1.26\n\nrequire "+kernel.Module+" v0.0.0\n\nreplace "+kernel.Module+" => /gone\n")
	written, err := Write(filepath.Join(folder, "first"))
	if err != nil || names(written) != "abstract.json first.ipynb go.mod" {
		t.Fatalf("written are %v, %v", written, err)
	}
	data, err := os.ReadFile(filepath.Join(folder, "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse("go.mod", data, nil)
	if err != nil || len(file.Replace) != 1 || file.Replace[0].New.Path != checkout(t) || file.Module.Mod.Path != "mine" {
		t.Errorf("go.mod is %s, %v", data, err)
	}
}

// A module that knows nothing of the packages is not changed, and is told what it lacks.
func TestWriteInAnotherModule(t *testing.T) {
	folder := at(t, "x", "module mine\n")
	written, err := Write(filepath.Join(folder, "first"))
	if err == nil || !strings.Contains(err.Error(), "go mod edit -require="+kernel.Module) || len(written) > 0 {
		t.Errorf("written are %v, %v", written, err)
	}
}

func TestModule(t *testing.T) {
	folder := filepath.Join(at(t, "", ""), "mine")
	written, err := Module(folder)
	if err != nil || names(written) != "abstract.json go.mod go.sum main.go" {
		t.Fatalf("written are %v, %v", written, err)
	}
	if written, err = Module(folder); err == nil || len(written) > 0 {
		t.Errorf("a second time %v are written, %v", written, err)
	}
	if _, err := Module(filepath.Join(filepath.Dir(folder), "a b")); err == nil {
		t.Error("a folder whose name is no path of a module is taken")
	}
	for _, name := range []string{"fmt", kernel.Module} {
		if _, err := Module(filepath.Join(filepath.Dir(folder), filepath.FromSlash(name))); filepath.Base(name) == name && err == nil {
			t.Errorf("a module called %s is made, which cannot import what has its name", name)
		}
	}
	if testing.Short() {
		return
	}
	run := exec.Command("go", "vet", ".")
	run.Dir = folder
	run.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
	if output, err := run.CombinedOutput(); err != nil {
		t.Errorf("the program does not compile: %v\n%s", err, output)
	}
}
