package nbformat

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What editors of other systems write is read as what it means, and sources and outputs
// are written back as they were.
func TestByteOrderMarkAndLineEnds(t *testing.T) {
	n, err := Parse([]byte(byteOrderMark + `{"nbformat":4,"cells":[
		{"cell_type":"code","source":["%%\r\n","a\r\n"],"outputs":[{"output_type":"stream","name":"stdout","text":"1\r2\r\n"}]},
		{"cell_type":"markdown","source":"a\rb\r\n\r\nc\r"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := n.Cells[0].Text()+"|"+n.Cells[1].Text(), "%%\na\n|a\nb\n\nc\n"; got != want {
		t.Errorf("sources %q, want %q", got, want)
	}
	if got, want := n.Cells[0].Source, "%%\r\na\r\n"; got != want {
		t.Errorf("source %q, want it as it is, %q", got, want)
	}
	if got, want := n.Cells[0].Outputs[0].Text, "1\r2\r\n"; got != want {
		t.Errorf("output %q, want it as it is, %q", got, want)
	}
	data, err := n.Encode()
	if err != nil || strings.HasPrefix(string(data), byteOrderMark) {
		t.Errorf("Encode begins with a byte order mark, or gives %v", err)
	}
	if _, err := Parse([]byte(byteOrderMark + byteOrderMark + "{}")); err == nil {
		t.Error("two byte order marks are no error")
	}
}

// Outputs that a run replaces may be anything; all else is checked as ever.
func TestParseSourcesLooksAtNoOutputs(t *testing.T) {
	for _, outputs := range []string{`[{"output_type":"stream","text":["x"]}]`, `[{"output_type":"pyout"}]`, `{}`, `"x"`} {
		data := []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"a","execution_count":"no","outputs":` + outputs + `}]}`)
		n, err := ParseSources(data)
		if err != nil || n.Cells[0].Source != "a" || n.Cells[0].Outputs != nil {
			t.Errorf("outputs %s: %+v, %v", outputs, n, err)
		}
		if _, err := Parse(data); err == nil {
			t.Errorf("Parse accepts outputs %s", outputs)
		}
	}
	if _, err := ParseSources([]byte(`{"nbformat":4,"cells":[{"cell_type":"code"}]}`)); err == nil || !strings.Contains(err.Error(), "source is missing") {
		t.Errorf("a cell without a source: error %v", err)
	}
}

func TestSizeIsLimited(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.ipynb")
	if err := os.WriteFile(path, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	// A hole takes no room on the disk.
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Fatal(err)
	}
	for _, read := range []func(string) (*Notebook, error){Read, ReadSources} {
		if _, err := read(path); !errors.Is(err, ErrSize) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "256 MiB") {
			t.Errorf("error %v, want one that names the file and the limit", err)
		}
	}
	maxSize = 1000
	defer func() { maxSize = MaxSize }()
	n := &Notebook{Cells: []Cell{{Kind: Markdown, Source: strings.Repeat("a", 1000)}}}
	other := filepath.Join(filepath.Dir(path), "b.ipynb")
	if err := n.Write(other); !errors.Is(err, ErrSize) || !strings.Contains(err.Error(), other) {
		t.Errorf("error %v, want one that names the file", err)
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("a notebook that is too large is written")
	}
}
