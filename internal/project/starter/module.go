package starter

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	pins "balanced"
	"balanced/internal/jupyter/kernel"
)

// version stands in go.mod for that of the packages, which are those of a folder.
const version = "v0.0.0"

// Checkout is the folder of the sources that this program was compiled from, where other modules
// find the packages.
func Checkout() (string, error) {
	_, here, _, _ := runtime.Caller(0)
	root, found := strings.CutSuffix(filepath.ToSlash(here), "/internal/project/starter/module.go")
	if root = filepath.FromSlash(root); found && isModule(root, kernel.Module) {
		return root, nil
	}
	if root, err := kernel.FindModule(nil); err == nil {
		return root, nil
	}
	return "", fmt.Errorf("the sources that bnn was compiled from are no longer in %s: run it in a clone of them, or compile it there again", root)
}

// isModule tells whether a folder is the root of a module.
func isModule(folder, path string) bool {
	data, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	return err == nil && modfile.ModulePath(data) == path
}

// goMod is the go.mod of a module of that path which may import the packages: it finds them in the
// checkout, and all that they import in the versions that they have there.
func goMod(path, checkout string) ([]byte, error) {
	own, err := modfile.Parse("go.mod", pins.GoMod, nil)
	if err != nil {
		return nil, err
	}
	file := &modfile.File{Syntax: &modfile.FileSyntax{}}
	if err := file.AddModuleStmt(path); err != nil {
		return nil, err
	}
	if err := file.AddGoStmt(own.Go.Version); err != nil {
		return nil, err
	}
	file.AddNewRequire(kernel.Module, version, false)
	for _, required := range own.Require {
		file.AddNewRequire(required.Mod.Path, required.Mod.Version, true)
	}
	if err := file.AddReplace(kernel.Module, "", checkout, ""); err != nil {
		return nil, err
	}
	file.Cleanup()
	return file.Format()
}

// writeModule makes a folder one whose code may import the packages: it writes go.mod and go.sum if
// there is no go.mod in or above the folder, and lets one point to the checkout of this program
// that points to one that is gone. It returns the folder of go.mod, and what it has written. A
// module that knows nothing of the packages is an error that says what it lacks.
func writeModule(folder, path, checkout string) (root string, written []string, err error) {
	for root = folder; ; root = filepath.Dir(root) {
		data, err := os.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			written, err = mendModule(root, data, checkout)
			return root, written, err
		case !errors.Is(err, fs.ErrNotExist):
			return "", nil, err
		}
		if filepath.Dir(root) == root {
			break
		}
	}
	data, err := goMod(path, checkout)
	if err != nil {
		return "", nil, err
	}
	for name, content := range map[string][]byte{"go.mod": data, "go.sum": pins.GoSum} {
		if err := writeNew(filepath.Join(folder, name), content); err != nil {
			return "", nil, err
		}
	}
	return folder, []string{filepath.Join(folder, "go.mod"), filepath.Join(folder, "go.sum")}, nil
}

// mendModule looks whether the module at root, whose go.mod is given, finds the packages.
func mendModule(root string, data []byte, checkout string) (written []string, err error) {
	path := filepath.Join(root, "go.mod")
	file, err := modfile.Parse(path, data, nil)
	if err != nil {
		return nil, err
	}
	for _, replaced := range file.Replace {
		if replaced.Old.Path != kernel.Module {
			continue
		}
		target := replaced.New.Path
		if !filepath.IsAbs(target) {
			target = filepath.Join(root, target)
		}
		if isModule(target, kernel.Module) {
			return nil, nil
		}
		if err := file.AddReplace(kernel.Module, replaced.Old.Version, checkout, ""); err != nil {
			return nil, err
		}
		if data, err = file.Format(); err != nil {
			return nil, err
		}
		return []string{path}, os.WriteFile(path, data, 0o644)
	}
	return nil, fmt.Errorf("%s is of the module %s, which does not find the packages: in its folder, go mod edit -require=%s@%s -replace=%s=%s && go mod tidy",
		path, file.Module.Mod.Path, kernel.Module, version, kernel.Module, checkout)
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already: must be a new file", path)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// Module makes a module for a program that uses the packages, in a folder that has no files of
// these names yet, and is made if need be: go.mod, go.sum, main.go, which go run . runs, and the
// network that it reads. The path of the module is the folder's name.
func Module(folder string) (written []string, err error) {
	if folder, err = filepath.Abs(folder); err != nil {
		return nil, err
	}
	name := filepath.Base(folder)
	if err := module.CheckImportPath(name); err != nil {
		return nil, fmt.Errorf("FOLDER %q: its name is that of the module: %w", folder, err)
	}
	if standard, err := build.Import(name, "", build.FindOnly); name == kernel.Module || err == nil && standard.Goroot {
		return nil, fmt.Errorf("FOLDER %q: its name is that of the module: must not be %s, which is imported by that name", folder, name)
	}
	checkout, err := Checkout()
	if err != nil {
		return nil, err
	}
	data, err := goMod(name, checkout)
	if err != nil {
		return nil, err
	}
	network, err := os.ReadFile(filepath.Join(checkout, filepath.FromSlash(example)))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, err
	}
	list := []struct {
		name    string
		content []byte
	}{{"go.mod", data}, {"go.sum", pins.GoSum}, {filepath.Base(example), network}, {"main.go", []byte(mainProgram)}}
	for _, f := range list {
		if _, err := os.Lstat(filepath.Join(folder, f.name)); err == nil {
			return nil, fmt.Errorf("%s is there already: must be a new file", filepath.Join(folder, f.name))
		}
	}
	for _, f := range list {
		path := filepath.Join(folder, f.name)
		if err := writeNew(path, f.content); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

// example is the network of a starter, in the project.
const example = "data/networks/abstract.json"

const mainProgram = `// A program that solves the limit of a network and simulates it: go run .
package main

import (
	"context"
	"fmt"
	"log"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

func main() {
	network, err := bnn.ReadNetwork("abstract.json")
	if err != nil {
		log.Fatal(err)
	}
	times := bnn.Every(1, 3)
	finite, err := theory.FiniteSize(context.Background(), network, 500, times)
	if err != nil {
		log.Fatal(err)
	}
	ensemble := simulate.Ensemble{Network: network, N: 500, Replicas: 20, Seed: 1}
	runs, err := ensemble.Run(context.Background(), times)
	if err != nil {
		log.Fatal(err)
	}
	for row, t := range times {
		for a, name := range runs.Populations {
			fmt.Printf("t = %g, mean of %s: %.3f ± %.3f, predicted %.3f\n", t, name,
				runs.Mean[row][a], runs.StandardError.Mean[row][a], finite.Mean[row][a])
		}
	}
}
`
