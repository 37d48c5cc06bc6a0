//go:build !js

package bnn

import (
	"embed"
	"path"
	"reflect"
	"sync"

	"balanced/bnn/store"
)

//go:embed *.go internal/linear/*.go internal/ode/*.go
var sourceCode embed.FS

// replicaCode are the folders, from here, of all code that decides what a replica is; a test
// follows their imports.
var replicaCode = []string{".", "internal/linear", "internal/ode"}

// CodeIdentity is a hash of the code that simulates, comments and tests left out. A Store
// keeps replicas apart by it: a replica that other code has computed is never taken for one
// of this code.
func CodeIdentity() (string, error) { return codeIdentity() }

var codeIdentity = sync.OnceValues(hashedCode)

func hashedCode() (string, error) {
	module := path.Dir(reflect.TypeFor[Network]().PkgPath())
	return store.CodeIdentity(sourceCode, module, replicaCode...)
}
