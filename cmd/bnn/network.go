package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"balanced/bnn"
	"balanced/internal/jupyter/kernel"
)

// readNetwork reads a network file, with other values for some of its numbers; whatever is
// wrong with it is the caller's.
func readNetwork(path string, settings []bnn.Setting) (*bnn.Network, error) {
	network, err := bnn.ReadNetwork(path, settings...)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{fmt.Errorf("%w%s", err, namedNetworks())}
	}
	if err != nil {
		return nil, usageError{err}
	}
	return network, nil
}

// namedNetworks names the example networks, as seen from the working folder, if it or
// the project around it has any.
func namedNetworks() string {
	folder := filepath.Join("data", "networks")
	if root, err := kernel.FindModule(nil); err == nil {
		folder = filepath.Join(root, folder)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return ""
	}
	if here, err := os.Getwd(); err == nil {
		for i, file := range files {
			if relative, err := filepath.Rel(here, file); err == nil {
				files[i] = relative
			}
		}
	}
	return "; there are " + strings.Join(files, ", ")
}
