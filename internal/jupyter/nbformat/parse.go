package nbformat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
)

// Parse reads a notebook of nbformat 4, any minor version. Cells without an
// id, with an id the format does not allow, or with the id of an earlier cell
// are given one that depends on their place and source only. A byte order mark
// before the text is left out. It returns an error naming the cell and the field for
// anything nbformat 4 does not allow, and one for more than MaxSize bytes.
func Parse(data []byte) (*Notebook, error) { return parse(data, true) }

// ParseSources is Parse without the outputs, which may be anything: for a notebook
// that is about to be executed, of which they will be replaced.
func ParseSources(data []byte) (*Notebook, error) { return parse(data, false) }

// parsed counts the notebooks that this process has parsed.
var parsed atomic.Int64

// Parsed is how many notebooks this process has parsed. Figures make them large, and a test
// holds the command to one time each.
func Parsed() int64 { return parsed.Load() }

func parse(data []byte, outputs bool) (*Notebook, error) {
	parsed.Add(1)
	if err := checkSize(int64(len(data))); err != nil {
		return nil, err
	}
	value, err := decodeJSON(bytes.TrimPrefix(data, []byte(byteOrderMark)))
	if err != nil {
		return nil, fmt.Errorf("notebook is not JSON: %w", err)
	}
	top, err := asObject(value, "notebook")
	if err != nil {
		return nil, err
	}
	if major, ok := top["nbformat"].(json.Number); !ok || major != "4" {
		return nil, fmt.Errorf("notebook has nbformat %v, only 4 can be read (jupyter nbconvert --to notebook writes older ones in it)", top["nbformat"])
	}
	metadata, err := asMetadata(top["metadata"], "notebook metadata")
	if err != nil {
		return nil, err
	}
	list, err := asList(top["cells"], "cells")
	if err != nil {
		return nil, err
	}
	notebook := &Notebook{
		Metadata: without(metadata, "orig_nbformat", "orig_nbformat_minor", "signature"),
		Cells:    make([]Cell, len(list)),
	}
	for i, value := range list {
		if notebook.Cells[i], err = parseCell(value, outputs); err != nil {
			return nil, fmt.Errorf("notebook cell %d: %w", i+1, err)
		}
	}
	for i, id := range cellIDs(notebook.Cells) {
		notebook.Cells[i].ID = id
	}
	return notebook, nil
}

// byteOrderMark begins the UTF-8 text of some editors, and says nothing.
const byteOrderMark = "\uFEFF"

func parseCell(value any, outputs bool) (Cell, error) {
	object, err := asObject(value, "cell")
	if err != nil {
		return Cell{}, err
	}
	var cell Cell
	cell.ID, _ = object["id"].(string)
	kind, _ := object["cell_type"].(string)
	cell.Kind = CellKind(kind)
	if cell.Source, err = asText(object["source"], "source"); err != nil {
		return Cell{}, err
	}
	metadata, err := asMetadata(object["metadata"], "metadata")
	if err != nil {
		return Cell{}, err
	}
	cell.Metadata = without(metadata, "trusted")
	switch cell.Kind {
	case Code:
		if !outputs {
			return cell, nil
		}
		return cell, cell.parseOutputs(object)
	case Markdown, Raw:
		return cell, cell.parseAttachments(object)
	}
	return Cell{}, fmt.Errorf("cell_type %q is none of code, markdown, raw", kind)
}

func (c *Cell) parseOutputs(object map[string]any) error {
	var err error
	if c.ExecutionCount, err = asCount(object["execution_count"]); err != nil {
		return err
	}
	if object["outputs"] == nil {
		return nil
	}
	list, err := asList(object["outputs"], "outputs")
	if err != nil {
		return err
	}
	for i, value := range list {
		output, err := parseOutput(value)
		if err != nil {
			return fmt.Errorf("output %d: %w", i+1, err)
		}
		c.Outputs = append(c.Outputs, output)
	}
	return nil
}

func (c *Cell) parseAttachments(object map[string]any) error {
	if object["attachments"] == nil {
		return nil
	}
	raw, err := json.Marshal(object["attachments"])
	if err != nil {
		return err
	}
	c.Attachments = raw
	_, err = attachmentTree(raw)
	return err
}

func parseOutput(value any) (Output, error) {
	object, err := asObject(value, "output")
	if err != nil {
		return Output{}, err
	}
	kind, _ := object["output_type"].(string)
	output := Output{Kind: OutputKind(kind)}
	switch output.Kind {
	case Stream:
		if output.Name, err = asString(object["name"], "name"); err != nil {
			return Output{}, err
		}
		output.Text, err = asText(object["text"], "text")
	case DisplayData, ExecuteResult:
		if output.Data, err = asBundle(object["data"], "data"); err != nil {
			return Output{}, err
		}
		if output.Metadata, err = asMetadata(object["metadata"], "metadata"); err != nil {
			return Output{}, err
		}
		if output.Kind == ExecuteResult {
			output.ExecutionCount, err = asCount(object["execution_count"])
		}
	case Error:
		if output.ErrorName, err = asString(object["ename"], "ename"); err != nil {
			return Output{}, err
		}
		if output.ErrorValue, err = asString(object["evalue"], "evalue"); err != nil {
			return Output{}, err
		}
		output.Traceback, err = asStrings(object["traceback"], "traceback")
	default:
		err = fmt.Errorf("output_type %q is none of stream, display_data, execute_result, error", kind)
	}
	return output, err
}

// IsJSON tells whether values of a MIME type are JSON values, not text.
func IsJSON(mime string) bool {
	return mime == "application/json" ||
		strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}

// asBundle reads a MIME bundle, joining lists of lines.
func asBundle(value any, field string) (map[string]any, error) {
	data, err := asObject(value, field)
	if err != nil {
		return nil, err
	}
	bundle := make(map[string]any, len(data))
	for mime, value := range data {
		if IsJSON(mime) {
			bundle[mime] = value
		} else if bundle[mime], err = asText(value, field+" "+mime); err != nil {
			return nil, err
		}
	}
	return bundle, nil
}
