package export

import (
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"balanced/bnn"
	"balanced/internal/files"
	"balanced/internal/provenance"
	"balanced/internal/table"
	"balanced/internal/table/npz"
	"balanced/internal/table/parquet"
)

// The kinds of files, by the endings of their names.
const (
	csvFile     = ".csv"
	parquetFile = ".parquet"
	npzFile     = ".npz"
)

func kindOf(path string) string { return strings.ToLower(filepath.Ext(path)) }

// Check refuses, before anything is computed, a file of a kind that nothing can leave as, by
// an *InputError, or that cannot be written.
func Check(path string) error {
	switch kindOf(path) {
	case csvFile, parquetFile, npzFile:
		return files.CanReplace(path)
	}
	return &bnn.InputError{Path: "out", Value: fmt.Sprintf("%q", path), Allowed: "a file whose name ends in .csv, .parquet or .npz"}
}

// Table writes a table, the columns of which hold integers (int), numbers (float64) or words, and
// nil for nothing. In NPZ each column is an array, in which NaN, 0 or "" stand for nothing.
func Table(path string, t *table.Table, record provenance.Record) error {
	columns, rows := typed(t)
	return files.ReplaceBy(path, func(w io.Writer) error {
		if kindOf(path) == npzFile {
			out := npz.NewWriter(w)
			for c, column := range columns {
				cells := make([]any, len(rows))
				for r, row := range rows {
					cells[r] = row[c]
				}
				if err := writeColumn(out, column, cells); err != nil {
					return err
				}
			}
			return finish(out, record)
		}
		out, err := newRows(w, path, columns, record)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := out.Write(row); err != nil {
				return err
			}
		}
		return out.Close()
	})
}

// typed are the columns of a table with the kind of their first cell that is not nil, and its
// rows with integers as files have them.
func typed(t *table.Table) ([]parquet.Column, [][]any) {
	columns := make([]parquet.Column, len(t.Columns))
	known := make([]bool, len(columns))
	for c, name := range t.Columns {
		columns[c] = parquet.Column{Name: name, Kind: parquet.Number}
	}
	rows := make([][]any, len(t.Rows))
	for r, row := range t.Rows {
		rows[r] = slices.Clone(row)
		for c, cell := range row {
			kind := parquet.Number
			switch cell := cell.(type) {
			case nil:
				continue
			case int:
				kind, rows[r][c] = parquet.Integer, int64(cell)
			case string:
				kind = parquet.Text
			}
			if !known[c] {
				columns[c].Kind, known[c] = kind, true
			}
		}
	}
	return columns, rows
}

// newRows begins a table in a file, which is written row by row.
func newRows(w io.Writer, path string, columns []parquet.Column, record provenance.Record) (table.Writer, error) {
	if kindOf(path) == parquetFile {
		return parquet.NewWriter(w, columns, record.Metadata())
	}
	if _, err := io.WriteString(w, record.CSVLine()); err != nil {
		return nil, err
	}
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	return table.NewWriter(w, "csv", names)
}

// writeColumn writes a column as an array.
func writeColumn(out *npz.Writer, column parquet.Column, cells []any) error {
	if column.Kind == parquet.Text {
		texts := make([]string, len(cells))
		for i, cell := range cells {
			texts[i], _ = cell.(string)
		}
		return out.Texts(column.Name, texts...)
	}
	begin := out.Floats
	if column.Kind == parquet.Integer {
		begin = out.Ints
	}
	array, err := begin(column.Name, len(cells))
	if err != nil {
		return err
	}
	for _, cell := range cells {
		if column.Kind == parquet.Integer {
			number, _ := cell.(int64)
			err = array.Ints(int(number))
		} else if number, is := cell.(float64); is {
			err = array.Floats(number)
		} else {
			err = array.Floats(math.NaN())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// finish writes the record, and the end of the file.
func finish(out *npz.Writer, record provenance.Record) error {
	if err := out.Text(provenance.ArrayName, record.JSON()); err != nil {
		return err
	}
	return out.Close()
}
