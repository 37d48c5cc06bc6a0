package model

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
)

// presets reads the networks of the project.
func presets(t testing.TB) map[string]*bnn.Network {
	t.Helper()
	paths, err := filepath.Glob("../../../data/networks/*.json")
	if err != nil || len(paths) < 7 {
		t.Fatal(paths, err)
	}
	networks := map[string]*bnn.Network{}
	for _, path := range paths {
		network, err := bnn.ReadNetwork(path)
		if err != nil {
			t.Fatal(err)
		}
		networks[strings.TrimSuffix(filepath.Base(path), ".json")] = network
	}
	return networks
}

// preset is one of them.
func preset(t testing.TB, name string) *bnn.Network {
	t.Helper()
	network := presets(t)[name]
	if network == nil {
		t.Fatalf("no network %s among %v", name, slices.Collect(maps.Keys(presets(t))))
	}
	return network
}

// text is the JSON text of a question.
func text(t testing.TB, question any) []byte {
	t.Helper()
	text, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// ask answers a question and reads the answer, which must be valid JSON.
func ask[A any](t testing.TB, kind string, question any) A {
	t.Helper()
	raw, isText := question.([]byte)
	if !isText {
		raw = text(t, question)
	}
	var answer A
	if err := json.Unmarshal(Answer(context.Background(), kind, raw), &answer); err != nil {
		t.Fatalf("%s %s: %v", kind, raw, err)
	}
	return answer
}

// object is a question in the words of a message.
type object = map[string]any
