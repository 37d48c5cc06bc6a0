package recall

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/internal/files"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// A Memory is what the store knows of the chapters of a project, as they are in one kind of run.
// It is safe for concurrent use.
type Memory struct {
	shelf   *store.Shelf
	inputs  string // of all chapters
	variant project.Variant
	out     string // the folder of OutFolder
}

// kept is what is known of a chapter.
type kept struct {
	Inputs string `json:"inputs"`
	Left   []byte `json:"left"` // as pack makes it of what the chapter left
}

// left is what a chapter left.
type left struct {
	Notebook []byte            // executed, of which the outputs are taken
	Files    map[string][]byte // of its folder, by the names there
}

// Open opens the memory, in a store, of the project at root for runs of one kind. It takes half a
// second, most of it to ask Go for the packages. It must be closed, once. It is nil for a project
// without the packages that chapters use, of which nothing is known.
func Open(ctx context.Context, in *store.Store, root string, variant project.Variant) (*Memory, error) {
	inputs, err := inputsOf(ctx, root)
	if err != nil || inputs == "" {
		return nil, err
	}
	code, err := simulate.CodeIdentity()
	if err != nil {
		return nil, err
	}
	shelf, err := in.Shelf(ctx, store.Recipe{Kind: "chapter", Code: code, Method: "executed 1"}, store.About{Name: "chapters of the book", Version: bnn.Version})
	if err != nil {
		return nil, err
	}
	return &Memory{shelf, inputs, variant, project.OutFolder(root, variant)}, nil
}

// Close ends the use of the memory.
func (m *Memory) Close() error { return m.shelf.Close() }

// point is where a chapter lies in this kind of run: what it left last takes the place of what it
// left before.
func (m *Memory) point(name string) store.Point {
	sum := sha256.Sum256(fmt.Appendln(nil, name, m.variant.Quick, m.variant.Seed))
	return store.Point(sum[:len(store.Point{})])
}

// Recall returns the chapter as it was executed last, and puts the files that it left into its
// folder; nil if it was not, or if anything that it stands on is another now.
func (m *Memory) Recall(ctx context.Context, path string, n *nbformat.Notebook) (*nbformat.Notebook, error) {
	name := project.NameOf(path)
	found, err := m.shelf.ReadPoints(ctx, []store.Point{m.point(name)})
	if err != nil || found[0] == nil {
		return nil, err
	}
	var k kept
	var l left
	if json.Unmarshal(found[0], &k) != nil || k.Inputs != inputsOfChapter(m.inputs, m.variant, n) || unpack(k.Left, &l) != nil {
		return nil, nil // what cannot be read is executed again, and then in its place
	}
	executed, err := nbformat.Parse(l.Notebook)
	if err != nil {
		return nil, nil
	}
	folder := filepath.Join(m.out, name)
	if len(l.Files) > 0 {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return nil, err
		}
	}
	for file, content := range l.Files {
		if !filepath.IsLocal(file) || filepath.Base(file) != file {
			return nil, fmt.Errorf("%s, as the store keeps it: a file is called %q", name, file)
		}
		if err := files.Replace(filepath.Join(folder, file), content); err != nil {
			return nil, err
		}
	}
	return executed, nil
}

// Keep keeps a chapter that was executed without an error, and what it left in its folder.
func (m *Memory) Keep(path string, executed *nbformat.Notebook) error {
	name := project.NameOf(path)
	text, err := executed.Encode()
	if err != nil {
		return err
	}
	l := left{text, map[string][]byte{}}
	entries, err := os.ReadDir(filepath.Join(m.out, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, entry := range entries {
		if l.Files[entry.Name()], err = os.ReadFile(filepath.Join(m.out, name, entry.Name())); err != nil {
			return err
		}
	}
	packed, err := pack(l)
	if err != nil {
		return err
	}
	value, err := json.Marshal(kept{inputsOfChapter(m.inputs, m.variant, executed), packed})
	if err != nil {
		return err
	}
	return m.shelf.WritePoint(m.point(name), value)
}

// pack compresses a value as JSON; unpack is its inverse.
func pack(value any) ([]byte, error) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	err := errors.Join(json.NewEncoder(w).Encode(value), w.Close())
	return packed.Bytes(), err
}

func unpack(packed []byte, value any) error {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, value)
}
