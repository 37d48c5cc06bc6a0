//go:build !js

package sweep

import (
	"path"
	"reflect"
	"slices"
	"sync"

	"balanced/bnn"
	"balanced/bnn/store"
)

// The folders of all code that decides what is found at a point, from bnn; a test follows
// their imports.
var (
	theoryFolders     = []string{".", "theory", "sweep", "internal/ode", "internal/linear", "internal/continuation", "internal/coxprocess", "internal/manifold", "internal/stationary", "internal/noise", "internal/equations", "internal/normal", "internal/numbers", "internal/pieces", "internal/quadrature", "internal/checkpoint"}
	simulationFolders = append(slices.Clone(theoryFolders), "simulate", "internal/leap", "internal/thinning", "internal/random")
)

// theoryCode and simulationCode are the identities of the code that computes points without
// and with replicas. A store keeps points apart by them.
var (
	theoryCode     = sync.OnceValues(func() (string, error) { return identity(theoryFolders) })
	simulationCode = sync.OnceValues(func() (string, error) { return identity(simulationFolders) })
)

func identity(folders []string) (string, error) {
	module := path.Dir(reflect.TypeFor[bnn.Network]().PkgPath())
	return store.CodeIdentity(bnn.SourceCode, module, folders...)
}

// CodeIdentities are hashes of the code that computes points, comments and tests left out: a
// point that other code has computed is never taken for one of this code.
func CodeIdentities() ([]string, error) {
	theory, err := theoryCode()
	if err != nil {
		return nil, err
	}
	simulation, err := simulationCode()
	return []string{theory, simulation}, err
}
