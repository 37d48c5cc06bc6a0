package project

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"balanced/analysis"
	"balanced/internal/files"
)

// Results are files of the project that hold what the chapters found.
type Results struct {
	root  string
	files []file
}

// A file is one of them as it should be.
type file struct {
	path    string // in the project, with slashes
	content []byte
}

// pictures are the figures of chapters that README.md shows.
var pictures = []struct{ chapter, figure, path string }{
	{"11-a-balanced-network", "moments", "data/figures/a-balanced-network.svg"},
}

// Collect gathers the results of the chapters, in their order, in the project at root.
// Those that ran must have left verdicts, or else the error names all that did not; for
// the others the committed verdicts are kept, as far as there are any. Verdicts of
// notebooks that are no chapter any more are left out.
func Collect(root string, chapters []Chapter) (*Results, error) {
	verdicts, err := gather(root, chapters)
	if err != nil {
		return nil, err
	}
	var csv bytes.Buffer
	if err := analysis.WriteCSV(&csv, verdicts); err != nil {
		return nil, err
	}
	rows, err := table(verdicts, chapters)
	if err != nil {
		return nil, err
	}
	readme, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(tableFile)))
	if err != nil {
		return nil, err
	}
	if readme, err = withTable(readme, rows); err != nil {
		return nil, err
	}
	r := &Results{root: root, files: []file{{verdictsFile, csv.Bytes()}, {tableFile, readme}}}
	for _, picture := range pictures {
		for _, c := range chapters {
			if c.Name != picture.chapter || !c.Ran {
				continue
			}
			svg, err := os.ReadFile(filepath.Join(OutFolder(root, Variant{}), c.Name, picture.figure+".svg"))
			if err == nil {
				r.files = append(r.files, file{picture.path, svg})
			} else if !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
	}
	return r, nil
}

// Write writes the files that are not yet as they should be.
func (r *Results) Write() error {
	for _, f := range r.files {
		path := filepath.Join(r.root, filepath.FromSlash(f.path))
		if before, err := os.ReadFile(path); err == nil && bytes.Equal(before, f.content) {
			continue // keep the file's time
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := files.Replace(path, f.content); err != nil {
			return err
		}
	}
	return nil
}

// Check returns an error that tells, for each file that is not as it should be, the
// first row or line that differs.
func (r *Results) Check() error {
	var problems []error
	for _, f := range r.files {
		before, err := os.ReadFile(filepath.Join(r.root, filepath.FromSlash(f.path)))
		switch {
		case err != nil:
			problems = append(problems, err)
		case bytes.Equal(before, f.content):
		case f.path == verdictsFile:
			problems = append(problems, fmt.Errorf("%s: %s", f.path, verdictDifference(before, f.content)))
		default:
			problems = append(problems, fmt.Errorf("%s differs\n%s", f.path, files.Difference(string(before), string(f.content))))
		}
	}
	return errors.Join(problems...)
}
