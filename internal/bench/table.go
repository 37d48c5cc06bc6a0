package bench

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// A Table is a result of a benchmark; Name is that of its file, without ending.
type Table struct {
	Name    string
	Columns []string
	Rows    [][]string
}

// WriteCSV writes the table with a line of column names.
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.Columns); err != nil {
		return err
	}
	// WriteAll flushes.
	return out.WriteAll(t.Rows)
}

// WriteFile writes the table into the file of its name in a folder.
func (t Table) WriteFile(folder string) error {
	file, err := os.Create(filepath.Join(folder, t.Name+".csv"))
	if err != nil {
		return err
	}
	return errors.Join(t.WriteCSV(file), file.Close())
}

// add appends a row: numbers with 4 digits, which is more than repeats.
func (t *Table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		if number, ok := cell.(float64); ok {
			row[i] = strconv.FormatFloat(number, 'g', 4, 64)
		} else {
			row[i] = fmt.Sprint(cell)
		}
	}
	t.Rows = append(t.Rows, row)
}

// with appends a column that says the same in all rows.
func (t Table) with(column, value string) Table {
	t.Columns = append(t.Columns[:len(t.Columns):len(t.Columns)], column)
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = append(row[:len(row):len(row)], value)
	}
	t.Rows = rows
	return t
}
