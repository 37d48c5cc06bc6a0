//go:build !js

package simulate

import (
	"path"
	"reflect"
	"sync"

	"balanced/bnn"
	"balanced/bnn/store"
)

// replicaCode are the folders, from here, of all code that decides what a replica is; a test
// follows their imports.
var replicaCode = []string{".", "simulate", "internal/checkpoint", "internal/leap", "internal/thinning", "internal/random", "internal/normal", "internal/numbers", "internal/pieces", "internal/quadrature"}

// CodeIdentity is a hash of the code that simulates, comments and tests left out. A Store
// keeps replicas apart by it: a replica that other code has computed is never taken for one
// of this code.
func CodeIdentity() (string, error) { return codeIdentity() }

var codeIdentity = sync.OnceValues(hashedCode)

func hashedCode() (string, error) {
	module := path.Dir(reflect.TypeFor[bnn.Network]().PkgPath())
	return store.CodeIdentity(bnn.SourceCode, module, replicaCode...)
}
