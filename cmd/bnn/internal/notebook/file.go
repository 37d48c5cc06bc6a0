package notebook

import (
	"fmt"
	"os"

	"balanced/internal/files"
)

// Read parses the notebook file at path.
func Read(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	notebook, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return notebook, nil
}

// Write replaces the file at path by the encoded notebook, or creates it. The
// file is at every moment the old or the new one, also when the machine stops.
// An existing file keeps its mode, and a symbolic link stays one.
func (n *Notebook) Write(path string) error {
	data, err := n.Encode()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return files.Replace(path, data)
}
