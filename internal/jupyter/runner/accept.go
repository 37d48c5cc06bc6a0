package runner

import (
	"fmt"

	"balanced/internal/files"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/jupyter/nbformat"
)

// Accept tells why the notebooks at the paths cannot be run with these options, before
// any is: one of them is refused by the function Accept, two would be written to the same
// file, or one cannot be written back.
func (o Options) Accept(paths []string) error {
	for _, path := range paths {
		if err := o.accept(path); err != nil {
			return err
		}
		if o.Check || o.Output != "" {
			continue
		}
		if err := files.CanReplace(path); err != nil {
			return fmt.Errorf("the outputs cannot be written into the notebook: %w; -o writes them into another file", err)
		}
	}
	_, err := o.targets(paths)
	return err
}

// Accept tells why the notebook at the path cannot be run, whatever its cells hold: there
// is no such file, it is no notebook of nbformat 4, or it is of another kernel. Outputs
// that it has are not looked at, since a run replaces them.
func Accept(path string) error { return Options{}.accept(path) }

func (o Options) accept(path string) error {
	data, err := nbformat.ReadText(path)
	if err != nil {
		return err
	}
	_, err = o.parse(path, data)
	return err
}

// parse reads a notebook that this package can run, with the outputs in its file if they
// are to be compared. What says nothing of its kernel, as a notebook may, is taken for
// one of GoNB.
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
