package nbformat

import (
	"fmt"
	"maps"
	"strings"
)

// Encode returns the notebook in nbformat 4.5, with the bytes Jupyter would
// write. Cells without a valid and unique id are given one that depends on
// their place and source only. It returns an error naming the cell if a kind is
// unknown, if a cell that is not code has outputs, or if a value has no JSON
// form.
func (n *Notebook) Encode() ([]byte, error) {
	ids := cellIDs(n.Cells)
	cells := make([]any, len(n.Cells))
	for i, cell := range n.Cells {
		tree, err := cell.tree()
		if err != nil {
			return nil, fmt.Errorf("notebook cell %d: %w", i+1, err)
		}
		tree["id"] = ids[i]
		cells[i] = tree
	}
	return encodeJSON(map[string]any{
		"cells":          cells,
		"metadata":       without(n.Metadata, "orig_nbformat", "orig_nbformat_minor", "signature"),
		"nbformat":       4,
		"nbformat_minor": 5,
	})
}

// tree returns the cell as generic JSON, all but its id.
func (c *Cell) tree() (map[string]any, error) {
	tree := map[string]any{
		"cell_type": string(c.Kind),
		"metadata":  without(c.Metadata, "trusted"),
		"source":    splitLines(c.Source),
	}
	switch c.Kind {
	case Code:
		outputs := make([]any, len(c.Outputs))
		for i, output := range c.Outputs {
			var err error
			if outputs[i], err = output.tree(); err != nil {
				return nil, fmt.Errorf("output %d: %w", i+1, err)
			}
		}
		tree["outputs"] = outputs
		tree["execution_count"] = countOrNull(c.ExecutionCount)
	case Markdown, Raw:
		if len(c.Outputs) > 0 {
			return nil, fmt.Errorf("a %s cell cannot have outputs", c.Kind)
		}
		if len(c.Attachments) > 0 {
			attachments, err := attachmentTree(c.Attachments)
			if err != nil {
				return nil, err
			}
			tree["attachments"] = attachments
		}
	default:
		return nil, fmt.Errorf("cell kind %q is none of code, markdown, raw", c.Kind)
	}
	return tree, nil
}

func (o *Output) tree() (map[string]any, error) {
	tree := map[string]any{"output_type": string(o.Kind)}
	switch o.Kind {
	case Stream:
		tree["name"] = o.Name
		tree["text"] = splitLines(o.Text)
	case DisplayData, ExecuteResult:
		tree["data"] = splitBundle(o.Data)
		tree["metadata"] = without(o.Metadata)
		if o.Kind == ExecuteResult {
			tree["execution_count"] = countOrNull(o.ExecutionCount)
		}
	case Error:
		traceback := make([]any, len(o.Traceback))
		for i, line := range o.Traceback {
			traceback[i] = line
		}
		tree["ename"] = o.ErrorName
		tree["evalue"] = o.ErrorValue
		tree["traceback"] = traceback
	default:
		return nil, fmt.Errorf("output kind %q is none of stream, display_data, execute_result, error", o.Kind)
	}
	return tree, nil
}

// attachmentTree splits the text of every attachment into lines.
func attachmentTree(raw []byte) (map[string]any, error) {
	value, err := decodeJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("attachments: %w", err)
	}
	attachments, err := asObject(value, "attachments")
	if err != nil {
		return nil, err
	}
	for name, bundle := range attachments {
		data, err := asBundle(bundle, "attachment "+name)
		if err != nil {
			return nil, err
		}
		attachments[name] = splitBundle(data)
	}
	return attachments, nil
}

// splitBundle turns the texts of a MIME bundle into lists of lines, as
// nbformat does for the types people read.
func splitBundle(data map[string]any) map[string]any {
	split := make(map[string]any, len(data))
	for mime, value := range data {
		text, isText := value.(string)
		if isText && (strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml") {
			split[mime] = splitLines(text)
		} else {
			split[mime] = value
		}
	}
	return split
}

// splitLines cuts after every line end Python's splitlines knows, because
// that is what Jupyter calls.
func splitLines(text string) []any {
	lines := []any{}
	start := 0
	for i, r := range text {
		end := i + len(string(r))
		switch r {
		case '\r':
			if strings.HasPrefix(text[end:], "\n") {
				continue
			}
		case '\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\u0085', '\u2028', '\u2029':
		default:
			continue
		}
		lines = append(lines, text[start:end])
		start = end
	}
	if start < len(text) {
		lines = append(lines, text[start:])
	}
	return lines
}

// without copies an object, leaving out keys that do not belong in a file.
func without(object map[string]any, keys ...string) map[string]any {
	kept := maps.Clone(object)
	if kept == nil {
		kept = map[string]any{}
	}
	for _, key := range keys {
		delete(kept, key)
	}
	return kept
}

func countOrNull(count int) any {
	if count <= 0 {
		return nil
	}
	return count
}
