package bnn

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"balanced/bnn/internal/schematest"
	"balanced/internal/verification"
)

// readerAlone are what may be allowed where only the reader can refuse, since it depends on
// more than one value, on bytes, or on a key given twice.
var readerAlone = regexp.MustCompile(`Dale's law|^a list of \d+ (numbers|rows), one a population|^unlike |^such that |^0 with a constant rate|^a list of \d+ (numbers, one (a potential|more than times)|lists, one a population)|^given once$|^UTF-8 text$`)

// networkSchema is the schema of network files beside their reader.
func networkSchema(t testing.TB) *schematest.Pair {
	t.Helper()
	return schematest.New(t, "../data/schema/network.schema.json", readerAlone, func(text string) (string, bool, error) {
		_, err := ParseNetwork([]byte(text))
		var input *InputError
		if errors.As(err, &input) {
			return input.Allowed, true, err
		}
		return "", false, err
	})
}

// All networks of the project are as the schema says.
func TestSchemaOfNetworks(t *testing.T) {
	schema := networkSchema(t)
	paths := exampleNetworks(t)
	for _, pattern := range []string{"testdata/cases/*.json", "testdata/balance/*.json"} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatalf("no networks %s: %v", pattern, err)
		}
		paths = append(paths, more...)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseNetwork(text); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if !schema.Compare(t, path, string(text)) {
			t.Errorf("%s is no JSON", path)
		}
	}
}

// What the reader refuses the schema refuses too, if a schema can say why.
func TestSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	schema := networkSchema(t)
	compared := 0
	for _, c := range malformedNetworks {
		if strings.Contains(c.new, "1e-999") {
			continue // more than 0 in decimals, 0 in double precision
		}
		if schema.Compare(t, fmt.Sprintf("%q for %q", c.new, c.old), strings.Replace(networkText, c.old, c.new, 1)) {
			compared++
		}
	}
	if compared < 60 {
		t.Errorf("only %d texts are compared", compared)
	}
}

// Reader and schema agree on a network of every kind with any one value changed, left out or
// added.
func TestSchemaAgreesOnEveryEdit(t *testing.T) {
	verification.Only(t)
	agreesOnEveryEdit(t, networkOfEverything(), 1500)
	agreesOnEveryEdit(t, networkOfMore(), 2500)
}

func agreesOnEveryEdit(t *testing.T, network *Network, least int) {
	t.Helper()
	text, err := network.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	count := networkSchema(t).CompareEdits(t, string(text), schematest.Edits{
		Values: []any{-1.0, -0.25, 0.0, 0.25, 1e300, "", " ", "E", "É", "logistic", "constant", "pulse", "steps", "table", "sum", nil, true, map[string]any{}, []any{}, []any{1.0}, []any{"x"}, map[string]any{"kind": "constant", "value": 1.0}},
		Keys:   []string{"another"},
	})
	if count < least {
		t.Errorf("only %d edits are compared", count)
	}
}
