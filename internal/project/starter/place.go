package starter

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/project"
)

var notebookName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// A Place is where a new notebook goes. All paths are absolute and without symbolic links.
type Place struct {
	Path    string   // of the file
	Root    string   // of the module whose go.mod says where the packages are: the project, or another one
	Network string   // the example that it reads, as seen from its folder, with slashes
	Written []string // what had to be written for Go to find the packages, and the example
}

// Find returns the place of a new notebook. The name is that of the file, with or without .ipynb, and
// may have a path in front; the error says what it must be. In a folder that is neither of the
// project nor of a module that finds its packages it writes what Go needs for that, and the
// network of the example beside the notebook.
func Find(name string) (Place, error) {
	folder, base := filepath.Split(strings.TrimSuffix(name, ".ipynb"))
	if !notebookName.MatchString(base) {
		return Place{}, fmt.Errorf("NAME %q: must be letters, digits, hyphens and underscores, the first one a letter or digit, after the path of a folder if any", name)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return Place{}, err
	}
	// With a separator at its end the path of a file is none.
	if folder, err = filepath.EvalSymlinks(folder + string(filepath.Separator)); err != nil {
		return Place{}, fmt.Errorf("NAME %q: must be in a folder that exists: %w", name, err)
	}
	place := Place{Path: filepath.Join(folder, base+".ipynb")}
	if _, err := os.Lstat(place.Path); err == nil {
		return Place{}, fmt.Errorf("%s is there already: must be a new file", place.Path)
	}
	if place.Root, err = kernel.FindModule([]string{folder}); err != nil {
		return outside(place, folder)
	}
	if folder == project.NotebooksFolder(place.Root) && project.IsChapter(base) {
		return Place{}, fmt.Errorf("NAME %q: must not begin with two digits and a hyphen in notebooks, since those are the chapters of the book, which end in verdicts", name)
	}
	way, err := filepath.Rel(folder, filepath.Join(place.Root, filepath.FromSlash(example)))
	place.Network = filepath.ToSlash(way)
	return place, err
}

// outside makes a folder that is not of the project one whose notebooks find the packages.
func outside(place Place, folder string) (Place, error) {
	checkout, err := Checkout()
	if err != nil {
		return Place{}, err
	}
	if place.Root, place.Written, err = writeModule(folder, "notebooks", checkout); err != nil {
		return Place{}, err
	}
	place.Network = filepath.Base(filepath.FromSlash(example))
	network := filepath.Join(folder, place.Network)
	if _, err := os.Lstat(network); err == nil {
		return place, nil // of an earlier notebook, or changed since
	}
	content, err := os.ReadFile(filepath.Join(checkout, filepath.FromSlash(example)))
	if err != nil {
		return Place{}, err
	}
	place.Written = append(place.Written, network)
	return place, writeNew(network, content)
}
