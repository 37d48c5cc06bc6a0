package main

import (
	"errors"
	"fmt"
	"io/fs"

	"balanced/bnn"
	"balanced/internal/flags"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/project"
)

// readNetwork reads a network file, with other values for some of its numbers; whatever is
// wrong with it is the caller's.
func readNetwork(path string, settings []bnn.Setting) (*bnn.Network, error) {
	network, err := bnn.ReadNetwork(path, settings...)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, flags.Usage(fmt.Errorf("%w%s", err, networksOf()))
	}
	if err != nil {
		return nil, flags.Usage(err)
	}
	return network, nil
}

// networksOf names the example networks of the project around the working folder, or in it.
func networksOf() string {
	root, err := kernel.FindModule(nil)
	if err != nil {
		root = "."
	}
	return project.NamedNetworks(root)
}
