// Package folder puts the files of a book into a folder, and removes those of the book that
// was there before.
package folder

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"balanced/internal/files"
)

// List is the file that lists the files of the book, a line each.
const List = "files.txt"

// A File of the finished book has a name, without a folder, and a content.
type File struct {
	Name    string
	Content []byte
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

// IsName tells whether a file of a book may have a name: lower-case letters, digits, dots
// and hyphens.
func IsName(name string) bool { return nameForm.MatchString(name) }

// Write writes the files into dir, which is created if missing, in their order and each
// atomically if it differs, and then the list of them. It removes the files that the list in
// dir names and that are not among these. A list that names anything but files right there is
// an error, before anything is written.
func Write(dir string, book []File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	before, err := readList(dir)
	if err != nil {
		return err
	}
	names := []string{List}
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
	return files.Replace(filepath.Join(dir, List), []byte(strings.Join(names, "\n")+"\n"))
}

// readList returns the files of the book that is in dir, none if there is none. A list
// that names anything but files right there is refused: it is not one of this package.
func readList(dir string) ([]string, error) {
	content, err := os.ReadFile(filepath.Join(dir, List))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := strings.Fields(string(content))
	for _, name := range names {
		if !IsName(name) {
			return nil, fmt.Errorf("%s in %s: line %q is not the name of a file of the book", List, dir, name)
		}
	}
	return names, nil
}
