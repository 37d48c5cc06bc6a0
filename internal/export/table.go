package export

import (
	"fmt"
	"io"
	"path/filepath"
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

// Table writes a table of numbers (float64). In NPZ each column is an array.
func Table(path string, t *table.Table, record provenance.Record) error {
	return files.ReplaceBy(path, func(w io.Writer) error {
		if kindOf(path) == npzFile {
			return tableArrays(w, t, record)
		}
		columns := make([]parquet.Column, len(t.Columns))
		for i, name := range t.Columns {
			columns[i] = parquet.Column{Name: name, Kind: parquet.Number}
		}
		out, err := newRows(w, path, columns, record)
		if err != nil {
			return err
		}
		for _, row := range t.Rows {
			if err := out.Write(row); err != nil {
				return err
			}
		}
		return out.Close()
	})
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

func tableArrays(w io.Writer, t *table.Table, record provenance.Record) error {
	out := npz.NewWriter(w)
	for c, name := range t.Columns {
		array, err := out.Floats(name, len(t.Rows))
		if err != nil {
			return err
		}
		for r, row := range t.Rows {
			number, is := row[c].(float64)
			if !is {
				return fmt.Errorf("row %d, column %q: %v is not allowed: must be a number", r, name, row[c])
			}
			if err := array.Floats(number); err != nil {
				return err
			}
		}
	}
	return finish(out, record)
}

// finish writes the record, and the end of the file.
func finish(out *npz.Writer, record provenance.Record) error {
	if err := out.Text(provenance.ArrayName, record.JSON()); err != nil {
		return err
	}
	return out.Close()
}
