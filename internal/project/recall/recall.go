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
	"sync"

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
	root    string
	inputs  string // of all chapters
	variant project.Variant
	out     string // the folder of OutFolder

	mutex sync.Mutex
	asked map[string]string // the inputs of chapters, by their names, when they were asked for
}

// kept is what is known of a chapter.
type kept struct {
	Inputs string `json:"inputs"`
	Left   []byte `json:"left"` // as pack makes it of what the chapter left
}

// left is what a chapter left.
type left struct {
	Notebook []byte            // executed, of which the outputs are taken
	Files    map[string][]byte // of its folder, by the paths there, with slashes
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
	return &Memory{shelf: shelf, root: root, inputs: inputs, variant: variant, out: project.OutFolder(root, variant), asked: map[string]string{}}, nil
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
	inputs, err := inputsOfChapter(m.inputs, m.root, m.variant, n)
	if err != nil {
		return nil, err
	}
	m.mutex.Lock()
	m.asked[name] = inputs
	m.mutex.Unlock()
	found, err := m.shelf.ReadPoints(ctx, []store.Point{m.point(name)})
	if err != nil || found[0] == nil {
		return nil, err
	}
	var k kept
	var l left
	if json.Unmarshal(found[0], &k) != nil || k.Inputs != inputs || unpack(k.Left, &l) != nil {
		return nil, nil // what cannot be read is executed again, and then in its place
	}
	executed, err := nbformat.Parse(l.Notebook)
	if err != nil {
		return nil, nil
	}
	folder := filepath.Join(m.out, name)
	for file, content := range l.Files {
		if !filepath.IsLocal(filepath.FromSlash(file)) {
			return nil, nil
		}
		file = filepath.Join(folder, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return nil, err
		}
		if err := files.Replace(file, content); err != nil {
			return nil, err
		}
	}
	return executed, nil
}

// Keep keeps a chapter that was executed without an error, and what it left in its folder. It keeps
// nothing if what the chapter stands on was changed since it was asked for, since nobody knows then
// which of both was executed.
func (m *Memory) Keep(path string, executed *nbformat.Notebook) error {
	name := project.NameOf(path)
	all, err := inputsOf(context.Background(), m.root)
	if err != nil {
		return err
	}
	inputs, err := inputsOfChapter(all, m.root, m.variant, executed)
	if err != nil {
		return err
	}
	m.mutex.Lock()
	changed := m.asked[name] != inputs
	m.mutex.Unlock()
	if changed {
		return nil
	}
	text, err := executed.Encode()
	if err != nil {
		return err
	}
	l := left{text, map[string][]byte{}}
	tree := os.DirFS(filepath.Join(m.out, name))
	err = fs.WalkDir(tree, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		l.Files[file], err = fs.ReadFile(tree, file)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	packed, err := pack(l)
	if err != nil {
		return err
	}
	value, err := json.Marshal(kept{inputs, packed})
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
