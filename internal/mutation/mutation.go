package mutation

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"balanced/internal/files"
)

// A Part is what a mutation breaks.
type Part string

// The parts. Nothing is what a control breaks, which no verdict may notice.
const (
	Theory    Part = "theory"
	Simulator Part = "simulator"
	Analysis  Part = "analysis"
	Nothing   Part = "nothing"

	inFull Part = "simulator, in full"
)

// A Mutation is a way to break the project.
type Mutation struct {
	Name  string // letters, digits and hyphens
	Words string // what is wrong, for a reader
	Part  Part
	Edits []Edit
}

// An Edit replaces a text, which must occur exactly once in the file.
type Edit struct {
	File     string // from the root of the project, with slashes
	Old, New string
}

// Quick tells whether chapters take the numbers of a quick run, since no stored replica is one
// that the mutated simulator would make.
func (m Mutation) Quick() bool { return m.Part == Simulator || m.Part == Nothing }

// Full is the mutation shown to full runs, in which a verdict notices by no longer holding: for
// those that quick runs are too short to see. It takes as long as the chapters do without a store.
func (m Mutation) Full() Mutation {
	if m.Quick() {
		m.Part = inFull
	}
	return m
}

// apply returns the files that the edits change, by name.
func apply(root string, edits []Edit) (map[string]string, error) {
	changed := map[string]string{}
	for _, edit := range edits {
		text, known := changed[edit.File]
		if !known {
			data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(edit.File)))
			if err != nil {
				return nil, err
			}
			text = string(data)
		}
		if count := strings.Count(text, edit.Old); count != 1 {
			return nil, fmt.Errorf("%s has the text %q %d times, and must have it once: the mutation is to follow the code", edit.File, edit.Old, count)
		}
		changed[edit.File] = strings.Replace(text, edit.Old, edit.New, 1)
	}
	return changed, nil
}

// overlay writes the files, named from the root of the project, into a folder, and beside them
// the list that go build takes for -overlay, whose name it returns.
func overlay(root, folder string, texts map[string]string) (string, error) {
	replace := map[string]string{}
	for name, text := range texts {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return "", err
		}
		if err := files.Replace(path, []byte(text)); err != nil {
			return "", err
		}
		replace[filepath.Join(root, filepath.FromSlash(name))] = path
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(folder, "overlay.json")
	return name, files.Replace(name, list)
}
