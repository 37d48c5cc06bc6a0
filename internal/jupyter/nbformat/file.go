package nbformat

import (
	"fmt"
	"io"
	"os"

	"balanced/internal/files"
)

// Read parses the notebook file at path.
func Read(path string) (*Notebook, error) { return read(path, Parse) }

// ReadSources parses the notebook file at path without its outputs.
func ReadSources(path string) (*Notebook, error) { return read(path, ParseSources) }

func read(path string, parse func([]byte) (*Notebook, error)) (*Notebook, error) {
	data, err := ReadText(path)
	if err != nil {
		return nil, err
	}
	notebook, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return notebook, nil
}

// ReadText returns the bytes of the notebook file at path. A file of more than MaxSize
// bytes is an error, and is not read into memory.
func ReadText(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var data []byte
	info, err := file.Stat()
	if err == nil {
		err = checkSize(info.Size())
	}
	if err == nil { // what is no file may have another size than it says
		data, err = io.ReadAll(io.LimitReader(file, maxSize+1))
	}
	if err == nil {
		err = checkSize(int64(len(data)))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// Write replaces the file at path by the encoded notebook, or creates it. The
// file is at every moment the old or the new one, also when the machine stops.
// An existing file keeps its mode, and a symbolic link stays one. A notebook that
// would take more than MaxSize bytes is an error, and the file stays as it is.
func (n *Notebook) Write(path string) error {
	data, err := n.Encode()
	if err == nil {
		err = checkSize(int64(len(data)))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return files.Replace(path, data)
}
