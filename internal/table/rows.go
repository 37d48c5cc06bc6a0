package table

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
)

// A Writer writes a table row by row, for what is too much to hold. A row has a cell a
// column; it may wait for others until Close.
type Writer interface {
	Write(row []any) error
	Close() error
}

// NewWriter begins a table in a format of Print with its columns.
func NewWriter(w io.Writer, format string, columns []string) (Writer, error) {
	if err := CheckFormat(format); err != nil {
		return nil, err
	}
	if format == "csv" {
		c := &csvWriter{csv.NewWriter(w), make([]string, len(columns))}
		return c, c.out.Write(columns)
	}
	j := &jsonWriter{out: bufio.NewWriter(w)}
	for _, column := range columns {
		key, err := json.Marshal(column)
		if err != nil {
			return nil, err
		}
		j.keys = append(j.keys, key)
	}
	_, err := j.out.WriteString("[")
	return j, err
}

type csvWriter struct {
	out   *csv.Writer
	cells []string
}

func (c *csvWriter) Write(row []any) error {
	for i, cell := range row {
		c.cells[i] = Text(cell)
	}
	return c.out.Write(c.cells)
}

func (c *csvWriter) Close() error {
	c.out.Flush()
	return c.out.Error()
}

type jsonWriter struct {
	out  *bufio.Writer
	keys [][]byte
	rows int
}

func (j *jsonWriter) Write(row []any) error {
	if j.rows++; j.rows > 1 {
		j.out.WriteString(",")
	}
	j.out.WriteString("\n  {")
	for c, cell := range row {
		if c > 0 {
			j.out.WriteString(", ")
		}
		j.out.Write(j.keys[c])
		j.out.WriteString(": ")
		switch value := cell.(type) {
		case float64:
			if math.IsNaN(value) || math.IsInf(value, 0) {
				j.out.WriteString("null")
			} else {
				j.out.WriteString(Text(value))
			}
		default:
			text, err := json.Marshal(value)
			if err != nil {
				return err
			}
			j.out.Write(text)
		}
	}
	_, err := j.out.WriteString("}")
	return err
}

func (j *jsonWriter) Close() error {
	j.out.WriteString("\n]\n")
	return j.out.Flush()
}
