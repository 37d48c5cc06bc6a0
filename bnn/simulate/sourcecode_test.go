//go:build !js

package simulate

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"balanced/bnn"
)

// What the code of the replicas imports of this module is hashed too; but for what only
// carries finished replicas and files about, and for theory, of which a replica takes the
// means from which it starts and the step of a leap: both are in its recipe.
func TestReplicaCodeIsWhole(t *testing.T) {
	const here = "balanced/bnn"
	carriers := []string{"balanced/bnn/store", "balanced/internal/files", "balanced/bnn/theory"}
	for _, folder := range replicaCode {
		found := 0
		for _, entry := range bnn.Must(fs.ReadDir(bnn.SourceCode, folder)) {
			name := path.Join(folder, entry.Name())
			if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				continue
			}
			found++
			file := bnn.Must(parser.ParseFile(token.NewFileSet(), name, bnn.Must(bnn.SourceCode.ReadFile(name)), parser.ImportsOnly))
			for _, spec := range file.Imports {
				imported := bnn.Must(strconv.Unquote(spec.Path.Value))
				ours := strings.HasPrefix(imported+"/", path.Dir(here)+"/")
				hashed := slices.ContainsFunc(replicaCode, func(folder string) bool { return path.Join(here, folder) == imported })
				if ours && !hashed && !slices.Contains(carriers, imported) {
					t.Errorf("%s imports %s, whose code is not hashed", name, imported)
				}
			}
		}
		if found == 0 {
			t.Errorf("folder %s has no code", folder)
		}
	}
	if own, err := CodeIdentity(); err != nil || len(own) != 32 {
		t.Errorf("the identity of the code is %q, %v", own, err)
	}
}

func BenchmarkCodeIdentity(b *testing.B) {
	for b.Loop() {
		if _, err := hashedCode(); err != nil {
			b.Fatal(err)
		}
	}
}
