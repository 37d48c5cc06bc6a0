package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tables of a quick benchmark are CSV, with an empty line between them, and files of
// the same bytes; without --output it writes none.
func TestBench(t *testing.T) {
	folder := t.TempDir()
	out, messages, code := call(t, "bench", "--quick", "--only", "growth", "--output", folder)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, messages)
	}
	tables := strings.Split(out, "\n\n")
	if len(tables) != 2 {
		t.Fatalf("%d tables: %s", len(tables), out)
	}
	for i, name := range []string{"growth", "exponents"} {
		text, err := os.ReadFile(filepath.Join(folder, name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(string(text)) != strings.TrimSpace(tables[i]) {
			t.Errorf("%s.csv holds %s, printed was %s", name, text, tables[i])
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil || len(rows) < 3 || rows[0][len(rows[0])-1] != "machine" {
			t.Errorf("%s: rows %v, %v", name, rows, err)
		}
	}
	if _, messages, code := call(t, "bench", "--only", "nonsense"); code != exitUsage || !strings.Contains(messages, "exact, variants, sparse, leap, growth, crossing") {
		t.Errorf("exit %d: %s", code, messages)
	}
}
