// Package schematest compares a reader of JSON files with the JSON Schema of those files, in tests.
package schematest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A Pair is a reader and the schema that has to agree with it.
type Pair struct {
	// Refuses says what the reader allows in place of a value that it refuses, and refused whether
	// it does.
	Refuses func(text string) (allowed string, refused bool, err error)
	// ReaderAlone are what may be allowed where only the reader can refuse, since it depends on
	// more than a schema can see.
	ReaderAlone *regexp.Regexp

	schema *jsonschema.Schema
}

// New compiles the schema at a path.
func New(t testing.TB, path string, readerAlone *regexp.Regexp, refuses func(text string) (allowed string, refused bool, err error)) *Pair {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return &Pair{refuses, readerAlone, schema}
}

// Compare compares reader and schema over a text, and tells whether it is JSON at all.
func (p *Pair) Compare(t testing.TB, what, text string) bool {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return false
	}
	fault := p.schema.Validate(value)
	allowed, refused, err := p.Refuses(text)
	switch {
	case err == nil && fault != nil:
		t.Errorf("%s: the schema refuses what is read: %v", what, fault)
	case refused && fault == nil && !p.ReaderAlone.MatchString(allowed):
		t.Errorf("%s: the schema allows what is refused: %v", what, err)
	}
	return true
}

// Edits are what is tried on every value of a file.
type Edits struct {
	Values []any    // put in its place
	Keys   []string // added to objects that lack them, with the value 1
	Kept   string   // a key of the file whose value is not edited, "" for none
}

// CompareEdits compares reader and schema over a text with any one value changed, left out or
// added, and returns how many texts these are.
func (p *Pair) CompareEdits(t testing.TB, text string, edits Edits) (count int) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // for whole numbers beyond double precision
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	compare := func(what string) {
		text, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		p.Compare(t, what, string(text))
		count++
	}
	compare("as it is")
	var edit func(path string, value any, put func(any))
	edit = func(path string, value any, put func(any)) {
		for _, other := range edits.Values {
			put(other)
			compare(fmt.Sprintf("%s = %v", path, other))
		}
		put(value)
		switch value := value.(type) {
		case map[string]any:
			for _, key := range edits.Keys {
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
				if path != "" || key != edits.Kept {
					edit(path+"."+key, member, func(x any) { value[key] = x })
				}
			}
		case []any:
			for i, element := range value {
				edit(fmt.Sprintf("%s[%d]", path, i), element, func(x any) { value[i] = x })
			}
		}
	}
	edit("", tree, func(x any) { tree = x })
	compare("as it was")
	return count
}
