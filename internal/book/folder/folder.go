package book

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"balanced/internal/files"
)

// listName is the file that lists the files of the book, a line each.
const listName = "files.txt"

// store writes the files into dir, in their order, and removes those of the book that was
// there before.
func store(dir string, book []File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	before, err := readList(dir)
	if err != nil {
		return err
	}
	names := []string{listName}
	for _, file := range book {
		names = append(names, file.Name)
		path := filepath.Join(dir, file.Name)
		if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, file.Content) {
			continue // most are, and a browser may keep them
		}
		if err := files.Replace(path, file.Content); err != nil {
			return err
		}
	}
	for _, name := range before {
		if slices.Contains(names, name) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	slices.Sort(names)
	return files.Replace(filepath.Join(dir, listName), []byte(strings.Join(names, "\n")+"\n"))
}

// readList returns the files of the book that is in dir, none if there is none. A list
// that names anything but files right there is refused: it is not one of this package.
func readList(dir string) ([]string, error) {
	content, err := os.ReadFile(filepath.Join(dir, listName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := strings.Fields(string(content))
	for _, name := range names {
		if !fileForm.MatchString(name) {
			return nil, fmt.Errorf("%s in %s: line %q is not the name of a file of the book", listName, dir, name)
		}
	}
	return names, nil
}
