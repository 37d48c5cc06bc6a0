package table

import (
	"fmt"
	"io"
	"strconv"
)

// A Table is rows of cells under columns. A cell is a number (float64), a word (string), nil
// for nothing, or what encoding/json can write.
type Table struct {
	Columns []string
	Rows    [][]any
}

// Print writes the table as CSV, or as a JSON array of objects with the same keys.
// Numbers are the shortest that read back exactly. Where there is no number (the
// standard error of a single replica) CSV says NaN and JSON null.
func (t *Table) Print(w io.Writer, format string) error {
	out, err := NewWriter(w, format, t.Columns)
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return out.Close()
}

// CheckFormat refuses a format other than csv and json.
func CheckFormat(format string) error {
	if format != "csv" && format != "json" {
		return fmt.Errorf("format %q: must be csv or json", format)
	}
	return nil
}

// Text is a cell as CSV has it.
func Text(cell any) string {
	switch cell := cell.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(cell, 'g', -1, 64)
	}
	return fmt.Sprint(cell)
}

// AddColumns names one column a population.
func (t *Table) AddColumns(prefix string, populations []string) {
	for _, name := range populations {
		t.Columns = append(t.Columns, prefix+name)
	}
}

// AppendNumbers appends numbers to the last row.
func (t *Table) AppendNumbers(numbers ...float64) {
	last := &t.Rows[len(t.Rows)-1]
	for _, number := range numbers {
		*last = append(*last, number)
	}
}
