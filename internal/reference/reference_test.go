package reference

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/json-reference.md")

const head = "# Every key and kind of network and sweep files\n\n" +
	"Written from [data/schema](../data/schema) by `go test ./internal/reference -update`. [network-files.md](network-files.md) and [sweeps.md](sweeps.md) explain.\n"

// The page is the one that the schemas give.
func TestPageIsUpToDate(t *testing.T) {
	page := head
	for _, name := range []string{"network", "sweep"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "data", "schema", name+".schema.json"))
		if err != nil {
			t.Fatal(err)
		}
		text, err := Markdown(data)
		if err != nil {
			t.Fatal(err)
		}
		page += "\n" + text
	}
	path := filepath.Join("..", "..", "docs", "json-reference.md")
	if *update {
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != page {
		t.Errorf("docs/json-reference.md is not what the schemas give, %v: go test ./internal/reference -update", err)
	}
}

func TestMarkdown(t *testing.T) {
	text, err := Markdown([]byte(`{"title": "A file", "description": "Of a_b.", "required": ["x"], "properties": {"x": {"$ref": "#/$defs/share"}, "k": {"$ref": "#/$defs/rate"}},
		"$defs": {"share": {"description": "no", "type": "number", "minimum": 0, "maximum": 1},
			"rate": {"type": "object", "oneOf": [{"required": ["v"], "properties": {"kind": {"const": "constant"}, "v": {"type": "number", "exclusiveMinimum": 0}, "w": {"type": "integer", "default": 3}}}]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## A file\n\nOf a\\_b.\n", "| `x` | a number ≥ 0, ≤ 1 | required |\n", "| `k` | [rate](#rate) | none |\n", "### rate\n",
		"| **`\"kind\": \"constant\"`** |  | |\n| `v` | a number > 0 | required |\n| `w` | a whole number | `3` |\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
