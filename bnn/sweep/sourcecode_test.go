//go:build !js

package sweep

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

// What the code of points imports of this module is hashed too, but for what only carries them
// about. What theory finds needs no simulator and no random numbers, though this package
// imports them for other points.
func TestCodeOfPointsIsWhole(t *testing.T) {
	const here = "balanced/bnn"
	for what, c := range map[string]struct{ folders, carriers []string }{
		"theory":     {theoryFolders, []string{"balanced/bnn/store", "balanced/internal/files", "balanced/bnn/simulate", "balanced/bnn/internal/random"}},
		"simulation": {simulationFolders, []string{"balanced/bnn/store", "balanced/internal/files"}},
	} {
		for _, folder := range c.folders {
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
					hashed := slices.ContainsFunc(c.folders, func(folder string) bool { return path.Join(here, folder) == imported })
					if strings.HasPrefix(imported, path.Dir(here)+"/") && !hashed && !slices.Contains(c.carriers, imported) {
						t.Errorf("%s: %s imports %s, whose code is not hashed", what, name, imported)
					}
				}
			}
			if found == 0 {
				t.Errorf("folder %s has no code", folder)
			}
		}
	}
	codes, err := CodeIdentities()
	if err != nil || len(codes) != 2 || len(codes[0]) != 32 || codes[0] == codes[1] {
		t.Errorf("%q, %v", codes, err)
	}
}
