package table

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
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
	err := CheckFormat(format)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if format == "csv" {
		err = t.printCSV(out)
	} else {
		err = t.printJSON(out)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// CheckFormat refuses a format other than csv and json.
func CheckFormat(format string) error {
	if format != "csv" && format != "json" {
		return fmt.Errorf("format %q: must be csv or json", format)
	}
	return nil
}

func (t *Table) printCSV(w io.Writer) error {
	out, err := NewCSV(w, t.Columns)
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

// A CSV writes a table row by row, for what is too much to hold.
type CSV struct {
	out   *csv.Writer
	cells []string
}

// NewCSV begins a table with its columns.
func NewCSV(w io.Writer, columns []string) (*CSV, error) {
	c := &CSV{csv.NewWriter(w), make([]string, len(columns))}
	return c, c.out.Write(columns)
}

// Write writes a row, of a cell a column; it may wait for others.
func (c *CSV) Write(row []any) error {
	for i, cell := range row {
		c.cells[i] = Text(cell)
	}
	return c.out.Write(c.cells)
}

// Close writes the rows that wait.
func (c *CSV) Close() error {
	c.out.Flush()
	return c.out.Error()
}

func (t *Table) printJSON(w *bufio.Writer) error {
	w.WriteString("[")
	for i, row := range t.Rows {
		if i > 0 {
			w.WriteString(",")
		}
		w.WriteString("\n  {")
		for c, cell := range row {
			if c > 0 {
				w.WriteString(", ")
			}
			key, err := json.Marshal(t.Columns[c])
			if err != nil {
				return err
			}
			w.Write(key)
			w.WriteString(": ")
			switch value := cell.(type) {
			case float64:
				if math.IsNaN(value) || math.IsInf(value, 0) {
					w.WriteString("null")
				} else {
					w.WriteString(Text(value))
				}
			default:
				text, err := json.Marshal(value)
				if err != nil {
					return err
				}
				w.Write(text)
			}
		}
		w.WriteString("}")
	}
	_, err := w.WriteString("\n]\n")
	return err
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
