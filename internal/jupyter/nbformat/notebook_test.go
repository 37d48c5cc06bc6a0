package nbformat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// jupyter is a notebook with everything in it, as written by Jupyter's nbformat.
func jupyter(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEncodeWritesTheBytesOfJupyter(t *testing.T) {
	data := jupyter(t)
	n, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	got, err := n.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(data) {
		t.Errorf("Encode gives\n%s\nwant\n%s", got, data)
	}
}

func TestParseFillsTheTypes(t *testing.T) {
	n, err := Parse(jupyter(t))
	if err != nil {
		t.Fatal(err)
	}
	code := n.Cells[1]
	if code.Kind != Code || code.ExecutionCount != 3 || !strings.HasPrefix(code.Source, "%%\nfmt.Println(") {
		t.Errorf("code cell %+v", code)
	}
	kinds := []OutputKind{Stream, Stream, DisplayData, ExecuteResult, Error}
	for i, kind := range kinds {
		if code.Outputs[i].Kind != kind {
			t.Errorf("output %d is %s, want %s", i, code.Outputs[i].Kind, kind)
		}
	}
	if got := code.Outputs[2].Data["image/svg+xml"]; got != "<svg>\n</svg>" {
		t.Errorf("svg %q, want the joined lines", got)
	}
	if got := code.Outputs[2].Data["application/json"]; !reflect.DeepEqual(got, []any{"a", "b", json.Number("1.0")}) {
		t.Errorf("json %v, want the list as it is", got)
	}
}

func TestOldMinorVersionsGetIDs(t *testing.T) {
	old := `{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[
		{"cell_type":"markdown","metadata":{},"source":"a"},
		{"cell_type":"markdown","metadata":{},"source":"a","id":"same"},
		{"cell_type":"code","metadata":{},"source":[],"id":"same","outputs":[],"execution_count":null},
		{"cell_type":"raw","metadata":{},"source":"c","id":"not allowed!"}]}`
	var ids [2][]string
	for try := range ids {
		n, err := Parse([]byte(old))
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range n.Cells {
			ids[try] = append(ids[try], cell.ID)
		}
	}
	if !reflect.DeepEqual(ids[0], ids[1]) || ids[0][1] != "same" {
		t.Errorf("ids %v and %v", ids[0], ids[1])
	}
	checkSchema(t, []byte(old))
}

func TestParseRefuses(t *testing.T) {
	cell := func(fields string) string {
		return `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"metadata":{},"source":"",` + fields + `}]}`
	}
	for data, want := range map[string]string{
		`{`:                              "not JSON",
		`{} {}`:                          "more text",
		`[]`:                             "want an object",
		`{"nbformat":3,"worksheets":[]}`: "nbformat 3, only 4",
		`{"nbformat":4}`:                 "cells is missing",
		cell(`"cell_type":"heading"`):    `cell 1: cell_type "heading"`,
		cell(`"cell_type":"code","execution_count":-1`):                                            "execution_count is -1",
		cell(`"cell_type":"code","execution_count":1.5`):                                           "execution_count is 1.5",
		cell(`"cell_type":"code","outputs":{}`):                                                    "outputs is an object",
		cell(`"cell_type":"code","outputs":[{"output_type":"pyout"}]`):                             `output 1: output_type "pyout"`,
		cell(`"cell_type":"code","outputs":[{"output_type":"stream","name":"stdout","text":[1]}]`): "text line 1 is a number",
		cell(`"cell_type":"code","outputs":[{"output_type":"display_data","data":{"a/b":1}}]`):     "data a/b is a number",
		cell(`"cell_type":"markdown","attachments":[]`):                                            "attachments is a list",
		`{"nbformat":4,"cells":[{"cell_type":"raw"}]}`:                                             "source is missing",
	} {
		if _, err := Parse([]byte(data)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%s) gives %v, want %q", data, err, want)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for want, n := range map[string]*Notebook{
		`cell 1: cell kind ""`:      {Cells: []Cell{{}}},
		`output 1: output kind "x"`: {Cells: []Cell{{Kind: Code, Outputs: []Output{{Kind: "x"}}}}},
		"cannot have outputs":       {Cells: []Cell{{Kind: Raw, Outputs: []Output{{Kind: Stream}}}}},
		"no JSON form":              {Metadata: map[string]any{"a": func() {}}},
		"attachments is a string":   {Cells: []Cell{{Kind: Markdown, Attachments: json.RawMessage(`"x"`)}}},
		"attachment a is a number":  {Cells: []Cell{{Kind: Markdown, Attachments: json.RawMessage(`{"a":1}`)}}},
	} {
		if _, err := n.Encode(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Encode gives %v, want %q", err, want)
		}
	}
}

func TestWriteKeepsModeAndLink(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "a.ipynb"), filepath.Join(folder, "b.ipynb")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	n, err := Parse(jupyter(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Write(link); err != nil {
		t.Fatal(err)
	}
	if again, err := Read(file); err != nil || !reflect.DeepEqual(again, n) {
		t.Errorf("Read gives %+v, %v, want %+v", again, err, n)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 {
		t.Errorf("folder has %v, %v, want two files", entries, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link has become %v, %v", info, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(jupyter(f))
	f.Add([]byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"a\r\n\u2028\u0000\ud800"}]}`))
	f.Add([]byte(byteOrderMark + `{"nbformat":4,"cells":[]}`))
	f.Add([]byte(`{"nbformat":4,"cells":[{"cell_type":"raw","source":"","attachments":{"a":{"text/x":["1\n","2"]}}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Parse(data); err == nil {
			checkSchema(t, data)
			if _, err := ParseSources(data); err != nil {
				t.Errorf("without its outputs the notebook is refused: %v", err)
			}
		}
	})
}
