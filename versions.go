// Package balanced is the root of the module, whose packages are in the folders: bnn is
// the simulator, analysis are statistics and figures, cmd/bnn is the command line, and
// notebooks/show is what cells show results with. It holds the versions of everything
// the module uses, so that the program bnn, wherever it is run, can build the notebook
// kernel that belongs to it.
package balanced

import _ "embed"

// GoMod is the module's go.mod.
//
//go:embed go.mod
var GoMod []byte

// GoSum is the module's go.sum.
//
//go:embed go.sum
var GoSum []byte
