package output

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/bnn/sweep"
	"balanced/internal/provenance"
)

var columns = []sweep.Column{{Name: "point", Kind: sweep.Integer}, {Name: "g", Kind: sweep.Number}, {Name: "why", Kind: sweep.Text}}

var record = provenance.OfCommand("bnn test", nil)

// rows come, and then an error or none.
func rows(err error) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		if yield([]any{int64(1000000), 0.5, nil}, nil) && yield([]any{int64(2), nil, `a, "b"`}, nil) && err != nil {
			yield(nil, err)
		}
	}
}

// A table is the same wherever it goes, nothing is nothing, and files say how they were made.
func TestWrite(t *testing.T) {
	const text = "point,g,why\n1000000,0.5,\n2,,\"a, \"\"b\"\"\"\n"
	folder := t.TempDir()
	var out bytes.Buffer
	file := filepath.Join(folder, "a.csv")
	for _, err := range []error{Write("", &out, "csv", record, columns, rows(nil)), Write(file, nil, "json", record, columns, rows(nil))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != record.CSVLine()+text || out.String() != text {
		t.Errorf("%v: %q and %q, want %q", err, content, &out, text)
	}
	out.Reset()
	if err := Write("", &out, "json", record, columns, rows(nil)); err != nil || !strings.Contains(out.String(), `{"point": 2, "g": null, "why": "a, \"b\""}`) {
		t.Errorf("%v, %s", err, &out)
	}
	if err := Write(filepath.Join(folder, "a.parquet"), nil, "csv", record, columns, rows(nil)); err != nil {
		t.Error(err)
	}
	if made, err := provenance.Read(filepath.Join(folder, "a.parquet")); err != nil || made.Command != "bnn test" {
		t.Errorf("%+v, %v", made, err)
	}
}

// An error leaves a file as it was, and what is printed with the rows before; without any,
// nothing is printed.
func TestWriteFails(t *testing.T) {
	folder, failure := t.TempDir(), errors.New("it fails")
	for _, name := range []string{"a.csv", "a.parquet"} {
		file := filepath.Join(folder, name)
		if err := Write(file, nil, "csv", record, columns, rows(failure)); !errors.Is(err, failure) {
			t.Error(err)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("left are %v, %v", entries, err)
	}
	var out bytes.Buffer
	if err := Write("", &out, "csv", record, columns, rows(failure)); !errors.Is(err, failure) || strings.Count(out.String(), "\n") != 3 {
		t.Errorf("%v, %q", err, &out)
	}
	out.Reset()
	nothing := func(yield func([]any, error) bool) { yield(nil, failure) }
	if err := Write("", &out, "json", record, columns, nothing); !errors.Is(err, failure) || out.Len() > 0 {
		t.Errorf("%v, %q", err, &out)
	}
}

func TestCheck(t *testing.T) {
	folder := t.TempDir()
	if err := Check(filepath.Join(folder, "a.parquet")); err != nil {
		t.Error(err)
	}
	for _, file := range []string{"a.txt", "a", filepath.Join(folder, "none", "a.csv")} {
		if Check(file) == nil {
			t.Errorf("%s can be written", file)
		}
	}
}
