package nbformat

import (
	"encoding/json"
	"slices"
	"testing"
)

// checkSchema encodes a notebook that can be parsed and checks that doing so
// again changes nothing, and the rules of the schema of nbformat 4.5.
func checkSchema(t *testing.T, data []byte) {
	t.Helper()
	n, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := n.Encode()
	if err != nil {
		t.Fatalf("Encode of what Parse accepts: %v", err)
	}
	again, err := Parse(encoded)
	if err != nil {
		t.Fatalf("Parse of what Encode gives: %v", err)
	}
	if twice, err := again.Encode(); err != nil || string(twice) != string(encoded) {
		t.Fatalf("encoded twice\n%s\n%v, once\n%s", twice, err, encoded)
	}
	var top map[string]any
	if err := json.Unmarshal(encoded, &top); err != nil {
		t.Fatalf("Encode gives no JSON: %v", err)
	}
	wantKeys(t, top, "cells", "metadata", "nbformat", "nbformat_minor")
	ids := map[string]bool{}
	for _, value := range top["cells"].([]any) {
		cell := value.(map[string]any)
		id := cell["id"].(string)
		if ids[id] || !validID.MatchString(id) {
			t.Errorf("id %q is not valid and unique", id)
		}
		ids[id] = true
		if cell["cell_type"] != "code" {
			delete(cell, "attachments") // may or may not be there
			wantKeys(t, cell, "cell_type", "id", "metadata", "source")
			continue
		}
		wantKeys(t, cell, "cell_type", "execution_count", "id", "metadata", "outputs", "source")
		for _, value := range cell["outputs"].([]any) {
			output := value.(map[string]any)
			keys := map[string][]string{
				"stream":         {"name", "text"},
				"display_data":   {"data", "metadata"},
				"execute_result": {"data", "execution_count", "metadata"},
				"error":          {"ename", "evalue", "traceback"},
			}[output["output_type"].(string)]
			wantKeys(t, output, append(keys, "output_type")...)
		}
	}
}

func wantKeys(t *testing.T, object map[string]any, keys ...string) {
	t.Helper()
	for key := range object {
		if !slices.Contains(keys, key) {
			t.Errorf("key %s is not allowed", key)
		}
	}
	for _, key := range keys {
		if _, found := object[key]; !found {
			t.Errorf("key %s is missing", key)
		}
	}
}
