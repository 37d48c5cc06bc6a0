package nbformat

import (
	"encoding/json"
	"slices"
	"strings"
)

// A Notebook is the content of one .ipynb file.
type Notebook struct {
	Metadata map[string]any
	Cells    []Cell
}

// CellKind tells how a cell's source is to be read.
type CellKind string

// The cell kinds of nbformat 4.5.
const (
	Code     CellKind = "code"
	Markdown CellKind = "markdown"
	Raw      CellKind = "raw"
)

// A Cell is one cell. ExecutionCount (zero: not executed) and Outputs are of
// code cells only.
type Cell struct {
	ID             string
	Kind           CellKind
	Source         string
	Metadata       map[string]any
	Attachments    json.RawMessage
	ExecutionCount int
	Outputs        []Output
}

// lineEnds writes the line ends of all systems as \n.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Text is the source with lines that end in \n, whatever ends them in the file: GoNB and
// Markdown's formulas know no other line ends.
func (c *Cell) Text() string { return lineEnds.Replace(c.Source) }

// HasTag tells whether a cell carries a tag, as Jupyter keeps them in its metadata.
func (c *Cell) HasTag(tag string) bool {
	tags, _ := c.Metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// OutputKind tells which fields of an Output are in use.
type OutputKind string

// The output kinds of nbformat 4.5.
const (
	Stream        OutputKind = "stream"
	DisplayData   OutputKind = "display_data"
	ExecuteResult OutputKind = "execute_result"
	Error         OutputKind = "error"
)

// An Output is one output of a code cell.
type Output struct {
	Kind OutputKind

	// Stream: "stdout" or "stderr", and what was written.
	Name string
	Text string

	// DisplayData and ExecuteResult: a MIME bundle. Values are strings, except
	// for application/json and +json types, which hold any JSON value.
	Data           map[string]any
	Metadata       map[string]any
	ExecutionCount int

	// Error.
	ErrorName  string
	ErrorValue string
	Traceback  []string
}

// Title is the text, in Markdown, of the first line of a Markdown cell that is a heading
// of level 1, if there is one.
func (n *Notebook) Title() (text string, found bool) {
	for _, cell := range n.Cells {
		if cell.Kind != Markdown {
			continue
		}
		for line := range strings.Lines(cell.Text()) {
			if text, found := strings.CutPrefix(line, "# "); found {
				return strings.TrimSpace(text), true
			}
		}
	}
	return "", false
}

// CodeCells counts the code cells.
func (n *Notebook) CodeCells() int {
	count := 0
	for _, cell := range n.Cells {
		if cell.Kind == Code {
			count++
		}
	}
	return count
}
