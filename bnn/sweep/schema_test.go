package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"balanced/bnn"
)

// readerAlone are what may be allowed where only the reader can refuse: what depends on the
// network, on more than one value, on bytes, or on a key given twice.
var readerAlone = regexp.MustCompile(`^the path of a number|^a value for |^unlike |^of the sign of |^such that |Dale's law|one a population$|^given once$|^UTF-8 text$|^axes of at most|^unlike 0|where the path n is among|where the path n is$`)

// agreeOn compares reader and schema over a text, and tells whether it is JSON at all.
func agreeOn(t *testing.T, schema *jsonschema.Schema, what, text string) bool {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return false
	}
	refused := schema.Validate(value)
	_, err = Parse([]byte(text), t.TempDir())
	var input *bnn.InputError
	switch {
	case err == nil && refused != nil:
		t.Errorf("%s: the schema refuses what is read: %v", what, refused)
	case errors.As(err, &input) && refused == nil && !readerAlone.MatchString(input.Allowed):
		t.Errorf("%s: the schema allows what is refused: %v", what, err)
	}
	return true
}

func sweepSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../../data/schema/sweep.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
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
		if !agreeOn(t, schema, path, string(text)) {
			t.Errorf("%s is no JSON", path)
		}
	}
}

// What the reader refuses the schema refuses too, if a schema can say why.
func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	schema := sweepSchema(t)
	compared := 0
	for _, c := range malformed {
		if agreeOn(t, schema, fmt.Sprintf("%q for %q", c.new, c.old), strings.Replace(everything, c.old, c.new, 1)) {
			compared++
		}
	}
	if compared < 45 {
		t.Errorf("only %d texts are compared", compared)
	}
}

// Reader and schema agree on files with any one value changed, left out or added.
func TestSchemaAgreesOnEveryEdit(t *testing.T) {
	schema := sweepSchema(t)
	sizes := strings.NewReplacer(`"n": 500, `, "", `"paths": ["populations[1].rate.slope"], "values": [1, 2e0], "factor": true`, `"paths": ["n"], "values": [100, 1000]`).Replace(everything)
	latin := strings.NewReplacer(`"grid"`, `"latin", "points": 9`, `, "count": 6`, "").Replace(sizes)
	edits := []any{-1.0, -0.25, 0.0, 0.25, 2.0, 1e10, 1e300, "", " ", "n", "grid", "latin", "log", "limit", "stationary", "simulation", "exact", "leap", nil, true, map[string]any{}, []any{}, []any{1.0}, []any{"n"}}
	texts, count := []string{everything, sizes, latin}, 0
	if testing.Short() {
		texts = texts[:1]
	}
	for _, text := range texts {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber() // the greatest seed
		var tree any
		if err := decoder.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		compare := func(what string) {
			text, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			agreeOn(t, schema, what, string(text))
			count++
		}
		compare("as it is")
		var edit func(path string, value any, put func(any))
		edit = func(path string, value any, put func(any)) {
			for _, other := range edits {
				put(other)
				compare(fmt.Sprintf("%s = %v", path, other))
			}
			put(value)
			switch value := value.(type) {
			case map[string]any:
				for _, key := range []string{"another", "n", "to", "seed", "values", "from", "count", "step", "points"} {
					if _, there := value[key]; !there {
						value[key] = 1.0
						compare(path + " with " + key)
						delete(value, key)
					}
				}
				for key, member := range value {
					delete(value, key)
					compare(path + " without " + key)
					value[key] = member
					if path != "" || key != "network" { // which has a test of its own
						edit(path+"."+key, member, func(x any) { value[key] = x })
					}
				}
			case []any:
				for i, element := range value {
					edit(bnn.IndexPath(path, i), element, func(x any) { value[i] = x })
				}
			}
		}
		edit("", tree, func(x any) { tree = x })
	}
	if count < 1000*len(texts) {
		t.Errorf("only %d edits are compared", count)
	}
}
