package runner

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"balanced/internal/files"
	"balanced/internal/jupyter/nbformat"
)

// A Difference tells where the outputs of a notebook are not those in its file.
type Difference struct {
	Notebook string
	CodeCell int // counted over the code cells, from 1; 0: not in a cell
	Cell     int // counted over all cells, from 1
	Output   int // the output that differs, from 1; 0: not in an output
	Text     string
}

// Error names the place and shows both sides.
func (d *Difference) Error() string {
	place := d.Notebook
	if d.CodeCell > 0 {
		place += fmt.Sprintf(": code cell %d (cell %d)", d.CodeCell, d.Cell)
	}
	if d.Output > 0 {
		place += fmt.Sprintf(": output %d", d.Output)
	}
	return place + ": " + d.Text
}

// compare returns the first difference between the file, whose cells had these outputs,
// and the execution.
func (r *run) compare(before [][]nbformat.Output) error {
	path, after, codeCell := r.Path, r.Notebook, 0
	for i := range after.Cells {
		if after.Cells[i].Kind != nbformat.Code {
			continue
		}
		codeCell++
		d := Difference{Notebook: path, CodeCell: codeCell, Cell: i + 1}
		old, now := before[i], after.Cells[i].Outputs
		for j := range min(len(old), len(now)) {
			if d.Text = outputDifference(old[j], now[j]); d.Text != "" {
				d.Output = j + 1
				return &d
			}
		}
		if len(old) != len(now) {
			d.Text = fmt.Sprintf("the file has %d outputs, the execution gave %d", len(old), len(now))
			return &d
		}
	}
	data, err := after.Encode()
	if err != nil || bytes.Equal(data, r.text) {
		return err
	}
	return &Difference{Notebook: path, Text: "the outputs are the same, but the file's metadata, execution counts or layout are not what an execution writes"}
}

// outputDifference describes how two outputs differ, or returns "".
func outputDifference(old, now nbformat.Output) string {
	before, after := parts(old), parts(now)
	names := slices.Sorted(maps.Keys(before))
	if given := slices.Sorted(maps.Keys(after)); !slices.Equal(names, given) {
		return fmt.Sprintf("the file has %s, the execution gave %s", strings.Join(names, ", "), strings.Join(given, ", "))
	}
	for _, name := range names {
		if before[name] != after[name] {
			return name + " differs\n" + files.Difference(before[name], after[name])
		}
	}
	return ""
}

// parts lists what an output consists of, each part as a text with a name.
func parts(o nbformat.Output) map[string]string {
	switch o.Kind {
	case nbformat.Stream:
		return map[string]string{o.Name: o.Text}
	case nbformat.Error:
		return map[string]string{
			"error": o.ErrorName + ": " + o.ErrorValue + "\n" + strings.Join(o.Traceback, "\n"),
		}
	}
	list := map[string]string{string(o.Kind) + " metadata": asJSON(o.Metadata)}
	for mime, value := range o.Data {
		name := string(o.Kind) + " " + mime
		if text, isText := value.(string); isText {
			list[name] = text
		} else {
			list[name] = asJSON(value)
		}
	}
	return list
}

// asJSON has sorted keys, so equal values give equal texts.
func asJSON(value any) string {
	data, err := json.Marshal(value)
	if err != nil || string(data) == "null" {
		return "{}"
	}
	return string(data)
}

// prefixed puts the notebook's path before an error, if there is one.
func prefixed(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", path, err)
}
