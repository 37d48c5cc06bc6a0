package runner

import (
	"bytes"
	"fmt"

	"balanced/internal/files"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// A Source is a notebook that is to be run.
type Source struct {
	Path     string
	Notebook *nbformat.Notebook // is changed by a run

	text []byte // of the file, when it was read
}

// Read reads the notebooks at the paths, and tells why they cannot be run with these
// options, before any is: there is no such file, it is no notebook of nbformat 4, or it is
// of another kernel, two would be written to the same file, or one cannot be written back.
// Outputs that they have are read only to be compared; otherwise a run replaces them,
// whatever they are.
func (o Options) Read(paths []string) ([]*Source, error) {
	sources := make([]*Source, len(paths))
	for i, path := range paths {
		sources[i] = &Source{Path: path}
		if err := o.refresh(sources[i]); err != nil {
			return nil, err
		}
		if o.Check || o.Output != "" {
			continue
		}
		if err := files.CanReplace(path); err != nil {
			return nil, fmt.Errorf("the outputs cannot be written into the notebook: %w; -o writes them into another file", err)
		}
	}
	_, err := o.targets(paths)
	return sources, err
}

// Read reads the notebook at the path, which is to be run into another file; see Write.
func Read(path string) (*Source, error) {
	s := &Source{Path: path}
	return s, Options{}.refresh(s)
}

// Write writes the notebook into another file, which is then the one to be run.
func (s *Source) Write(path string) error {
	text, err := s.Notebook.Encode()
	if err == nil {
		err = s.Notebook.Write(path)
	}
	if err == nil {
		s.Path, s.text = path, text
	}
	return err
}

// refresh reads the file of a source, and parses it if it has another text than before. It
// may take minutes from Read until a notebook is run, in which somebody may have saved it.
func (o Options) refresh(s *Source) error {
	text, err := nbformat.ReadText(s.Path)
	if err != nil || s.Notebook != nil && bytes.Equal(text, s.text) {
		return err
	}
	n, err := o.parse(s.Path, text)
	if err == nil {
		s.Notebook, s.text = n, text
	}
	return err
}

// parse reads a notebook that this package can run. What says nothing of its kernel, as a
// notebook may, is taken for one of GoNB.
func (o Options) parse(path string, data []byte) (*nbformat.Notebook, error) {
	read := nbformat.ParseSources
	if o.Check {
		read = nbformat.Parse
	}
	n, err := read(data)
	if err != nil {
		return nil, prefixed(path, err)
	}
	specification, _ := n.Metadata["kernelspec"].(map[string]any)
	information, _ := n.Metadata["language_info"].(map[string]any)
	if name, _ := specification["name"].(string); name != "" && name != kernel.Name {
		return nil, fmt.Errorf("%s is a notebook of the kernel %q; only those of the kernel %q can be run", path, name, kernel.Name)
	}
	for _, language := range []any{specification["language"], information["name"]} {
		if name, _ := language.(string); name != "" && name != "go" {
			return nil, fmt.Errorf("%s is a notebook in the language %q; only those in \"go\" can be run", path, name)
		}
	}
	return n, nil
}
