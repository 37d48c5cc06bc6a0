package starter

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"balanced/internal/jupyter/kernel"
	"balanced/internal/project"
)

var notebookName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// Place returns the file of a new notebook and the project's folder, both absolute and
// without symbolic links. The name is that of the file, with or without .ipynb, and may
// have a path in front; the error says what it must be.
func Place(name string) (path, root string, err error) {
	folder, base := filepath.Split(strings.TrimSuffix(name, ".ipynb"))
	if !notebookName.MatchString(base) {
		return "", "", fmt.Errorf("NAME %q: must be letters, digits, hyphens and underscores, the first one a letter or digit, after the path of a folder if any", name)
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return "", "", err
	}
	// With a separator at its end the path of a file is none.
	if folder, err = filepath.EvalSymlinks(folder + string(filepath.Separator)); err != nil {
		return "", "", fmt.Errorf("NAME %q: must be in a folder that exists: %w", name, err)
	}
	root, err = kernel.FindModule([]string{folder})
	if err != nil {
		return "", "", fmt.Errorf("NAME %q: must be in the project, whose packages cells find by the way from their folder: %w", name, err)
	}
	if folder == project.NotebooksFolder(root) && project.IsChapter(base) {
		return "", "", fmt.Errorf("NAME %q: must not begin with two digits and a hyphen in notebooks, since those are the chapters of the book, which end in verdicts", name)
	}
	return filepath.Join(folder, base+".ipynb"), root, nil
}
