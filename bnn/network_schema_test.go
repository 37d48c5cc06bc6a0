package bnn

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
)

// readerAlone are what may be allowed where only the reader can refuse, since it depends on
// more than one value, on bytes, or on a key given twice.
var readerAlone = regexp.MustCompile(`Dale's law|^a list of \d+ (numbers|rows), one a population|^unlike |^such that |^0 with a constant rate|^a list of \d+ (numbers, one (a potential|more than times)|lists, one a population)|^given once$|^UTF-8 text$`)

func networkSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../data/schema/network.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// agreeOn compares reader and schema over a text, and tells whether it is JSON at all.
func agreeOn(t *testing.T, schema *jsonschema.Schema, what, text string) bool {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return false
	}
	refused := schema.Validate(value)
	_, err = ParseNetwork([]byte(text))
	var input *InputError
	switch {
	case err == nil && refused != nil:
		t.Errorf("%s: the schema refuses what is read: %v", what, refused)
	case errors.As(err, &input) && refused == nil && !readerAlone.MatchString(input.Allowed):
		t.Errorf("%s: the schema allows what is refused: %v", what, err)
	}
	return true
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
		if !agreeOn(t, schema, path, string(text)) {
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
		if agreeOn(t, schema, fmt.Sprintf("%q for %q", c.new, c.old), strings.Replace(networkText, c.old, c.new, 1)) {
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
	agreesOnEveryEdit(t, networkOfEverything(), 1500)
	if !testing.Short() {
		agreesOnEveryEdit(t, networkOfMore(), 2500)
	}
}

func agreesOnEveryEdit(t *testing.T, network *Network, least int) {
	t.Helper()
	schema := networkSchema(t)
	var tree any
	text, err := network.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	edits := []any{-1.0, -0.25, 0.0, 0.25, 1e300, "", " ", "E", "É", "logistic", "constant", "pulse", "steps", "table", "sum", nil, true, map[string]any{}, []any{}, []any{1.0}, []any{"x"}, map[string]any{"kind": "constant", "value": 1.0}}
	count := 0
	compare := func(what string) {
		text, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		agreeOn(t, schema, what, string(text))
		count++
	}
	var edit func(path string, value any, put func(any))
	edit = func(path string, value any, put func(any)) {
		for _, other := range edits {
			put(other)
			compare(fmt.Sprintf("%s = %v", path, other))
		}
		put(value)
		switch value := value.(type) {
		case map[string]any:
			value["another"] = 1.0
			compare(path + " with another key")
			delete(value, "another")
			for key, member := range value {
				delete(value, key)
				compare(path + " without " + key)
				value[key] = member
				edit(keyPath(path, key), member, func(x any) { value[key] = x })
			}
		case []any:
			for i, element := range value {
				edit(IndexPath(path, i), element, func(x any) { value[i] = x })
			}
		}
	}
	edit("", tree, func(x any) { tree = x })
	if count < least {
		t.Errorf("only %d edits are compared", count)
	}
	if compare("the network as it was"); t.Failed() {
		t.Logf("%d edits", count)
	}
}
