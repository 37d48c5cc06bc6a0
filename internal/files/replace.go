package files

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// UnfinishedPrefix begins the names of files that are being written. One that is still
// there later is what a killed process left.
const UnfinishedPrefix = ".unfinished-"

// Replace replaces the file at path by one of this content, or creates it; its folder
// must be there. The file is at every moment the old or the new one, also when the
// machine stops. An existing file keeps its mode, and a symbolic link stays one.
func Replace(path string, content []byte) error {
	return ReplaceBy(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// ReplaceBy is Replace for content that is written piece by piece, too much to hold. If write
// fails, the file is as it was.
func ReplaceBy(path string, write func(w io.Writer) error) error {
	mode := fs.FileMode(0o644)
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	file, err := unfinished(path)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // after the rename there is nothing to remove
	err = errors.Join(write(file), file.Chmod(mode), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// CanReplace tells why the file at path cannot be replaced: there is no such folder, or
// one that must not be written to.
func CanReplace(path string) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	file, err := unfinished(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// unfinished makes the file that is to replace the one at path, which an error names.
func unfinished(path string) (*os.File, error) {
	file, err := os.CreateTemp(filepath.Dir(path), UnfinishedPrefix+"*")
	if failed, ok := err.(*fs.PathError); ok {
		failed.Op, failed.Path = "write", path
	}
	return file, err
}
