package sweep

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/schematest"
	"balanced/internal/verification"
)

// readerAlone are what may be allowed where only the reader can refuse: what depends on the
// network, on more than one value, on bytes, or on a key given twice.
var readerAlone = regexp.MustCompile(`^the path of a number|^a value for |^unlike |^of the sign of |^such that |Dale's law|one a population$|^given once$|^UTF-8 text$|^axes of at most|^unlike 0|where the path n is among|where the path n is$`)

// sweepSchema is the schema of sweep files beside their reader.
func sweepSchema(t *testing.T) *schematest.Pair {
	t.Helper()
	folder := t.TempDir()
	return schematest.New(t, "../../data/schema/sweep.schema.json", readerAlone, func(text string) (string, bool, error) {
		_, err := Parse([]byte(text), folder)
		var input *bnn.InputError
		if errors.As(err, &input) {
			return input.Allowed, true, err
		}
		return "", false, err
	})
}

// The sweeps of the project are read, and as the schema says.
func TestSchemaOfSweeps(t *testing.T) {
	schema := sweepSchema(t)
	paths, err := filepath.Glob("../../data/sweeps/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no sweeps: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err != nil {
			t.Error(err)
		}
		if !schema.Compare(t, path, string(text)) {
			t.Errorf("%s is no JSON", path)
		}
	}
}

// What the reader refuses the schema refuses too, if a schema can say why.
func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	schema := sweepSchema(t)
	compared := 0
	for _, c := range malformed {
		if schema.Compare(t, fmt.Sprintf("%q for %q", c.new, c.old), strings.Replace(everything, c.old, c.new, 1)) {
			compared++
		}
	}
	if compared < 45 {
		t.Errorf("only %d texts are compared", compared)
	}
}

// Reader and schema agree on files with any one value changed, left out or added.
func TestSchemaAgreesOnEveryEdit(t *testing.T) {
	verification.Only(t)
	schema := sweepSchema(t)
	sizes := strings.NewReplacer(`"n": 500, `, "", `"paths": ["populations[1].rate.slope"], "values": [1, 2e0], "factor": true`, `"paths": ["n"], "values": [100, 1000]`).Replace(everything)
	latin := strings.NewReplacer(`"grid"`, `"latin", "points": 9`, `, "count": 6`, "").Replace(sizes)
	edits := schematest.Edits{
		Values: []any{-1.0, -0.25, 0.0, 0.25, 2.0, 1e10, 1e300, "", " ", "n", "grid", "latin", "log", "limit", "stationary", "simulation", "exact", "leap", nil, true, map[string]any{}, []any{}, []any{1.0}, []any{"n"}},
		Keys:   []string{"another", "n", "to", "seed", "values", "from", "count", "step", "points"},
		Kept:   "network", // which has a test of its own
	}
	texts, count := []string{everything, sizes, latin}, 0
	for _, text := range texts {
		count += schema.CompareEdits(t, text, edits)
	}
	if count < 1000*len(texts) {
		t.Errorf("only %d edits are compared", count)
	}
}
