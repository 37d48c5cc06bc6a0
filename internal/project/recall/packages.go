package recall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// code is what the cells of a project may link of it, in paths from its root with slashes.
type code struct {
	module  string
	folders []string // of packages
	files   []string // that are compiled or embedded there and are no Go code of these folders
	list    []string // what go list says of each package, since comments choose files and what they embed
}

// listed is a package, as go list knows it.
type listed struct {
	ImportPath, Name                            string
	Module                                      *struct{ Path string }
	GoFiles, CFiles, HFiles, SFiles, EmbedFiles []string
	EmbedPatterns, Deps                         []string
}

// importable tells whether a cell, which is a program of another module, may import the package.
func (l *listed) importable() bool {
	return l.Module != nil && l.Name != "" && l.Name != "main" && !slices.Contains(strings.Split(l.ImportPath, "/"), "internal")
}

// packages finds the code of all packages of the project at root that cells may import, those of its
// users included, with all that these import of it. A go.work around the project has no say in it,
// as it has none for cells.
func packages(ctx context.Context, root string) (found code, err error) {
	list := exec.CommandContext(ctx, "go", "list", "-e",
		"-json=ImportPath,Name,Module,GoFiles,CFiles,HFiles,SFiles,EmbedFiles,EmbedPatterns,Deps", "./...")
	list.Dir = root
	list.Env = append(list.Environ(), "GOWORK=off")
	var messages bytes.Buffer
	list.Stderr = &messages
	output, err := list.Output()
	if err != nil {
		return code{}, fmt.Errorf("the code that chapters stand on: go list: %w\n%s", err, messages.String())
	}
	known, linked := map[string]*listed{}, map[string]bool{}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var l listed
		if err := decoder.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return code{}, fmt.Errorf("the code that chapters stand on: go list: %w", err)
		}
		known[l.ImportPath] = &l
		if l.importable() {
			for _, name := range append(l.Deps, l.ImportPath) {
				linked[name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(linked)) {
		l := known[name]
		if l == nil || l.Module == nil {
			continue // of another module
		}
		found.module = l.Module.Path
		folder := path.Join(".", strings.TrimPrefix(strings.TrimPrefix(name, found.module), "/"))
		found.folders = append(found.folders, folder)
		found.list = append(found.list, fmt.Sprint(folder, l.GoFiles))
		if len(l.EmbedPatterns) > 0 {
			for _, file := range l.GoFiles {
				text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(folder), file))
				if err != nil {
					return code{}, err
				}
				found.list = append(found.list, embedding.FindAllString(string(text), -1)...)
			}
		}
		for _, file := range slices.Concat(l.CFiles, l.HFiles, l.SFiles, l.EmbedFiles) {
			found.files = append(found.files, path.Join(folder, file))
		}
	}
	found.files = slices.DeleteFunc(found.files, func(file string) bool { // sources that are embedded, as bnn's are
		return path.Ext(file) == ".go" && (strings.HasSuffix(file, "_test.go") || slices.Contains(found.folders, path.Dir(file)))
	})
	return found, nil
}

// embedding are the comments that say what the variable below them holds, in their order.
var embedding = regexp.MustCompile(`(?m)^\s*//go:embed .*$`)

// replacedByFolder tells whether a go.mod takes another module from a folder, whose code may change
// while no version does.
func replacedByFolder(goMod []byte) bool {
	file, err := modfile.Parse("go.mod", goMod, nil)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(file.Replace, func(r *modfile.Replace) bool { return r.New.Version == "" })
}
