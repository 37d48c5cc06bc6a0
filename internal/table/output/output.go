// Package output writes long tables where the user wants them: on standard output as CSV or
// JSON, or into a file as CSV or Parquet, row by row as they come.
package output

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"

	"balanced/bnn/sweep"
	"balanced/internal/files"
	"balanced/internal/provenance"
	"balanced/internal/table"
	"balanced/internal/table/parquet"
)

// Check tells why no table can be written to a file, before anything is computed for it.
func Check(file string) error {
	if extension := filepath.Ext(file); extension != ".csv" && extension != ".parquet" {
		return fmt.Errorf("%q: must end with .csv or .parquet", file)
	}
	return files.CanReplace(file)
}

// Write writes the rows that come, until an error does. A file has the format of its name, says
// how it was made, and is there once it is whole; without one the bare table goes to out in a
// format of package table, and the rows before an error are in it.
func Write(file string, out io.Writer, format string, record provenance.Record, columns []sweep.Column, rows iter.Seq2[[]any, error]) error {
	if file == "" {
		return write(out, format, record, columns, rows)
	}
	return files.ReplaceBy(file, func(w io.Writer) error { return write(w, filepath.Ext(file), record, columns, rows) })
}

func write(w io.Writer, format string, record provenance.Record, columns []sweep.Column, rows iter.Seq2[[]any, error]) error {
	t, err := newWriter(w, format, record, columns)
	if err != nil {
		return err
	}
	written := 0
	for row, err := range rows {
		if err == nil {
			err = t.Write(row)
		}
		if err != nil {
			if written > 0 {
				err = errors.Join(err, t.Close())
			}
			return err
		}
		written++
	}
	return t.Close()
}

// newWriter begins a table in a format of package table, or that of files of an extension.
func newWriter(w io.Writer, format string, record provenance.Record, columns []sweep.Column) (table.Writer, error) {
	kinds := map[sweep.Kind]parquet.Kind{sweep.Integer: parquet.Integer, sweep.Number: parquet.Number, sweep.Text: parquet.Text}
	var names []string
	var typed []parquet.Column
	for _, column := range columns {
		names = append(names, column.Name)
		typed = append(typed, parquet.Column{Name: column.Name, Kind: kinds[column.Kind]})
	}
	switch format {
	case ".parquet":
		return parquet.NewWriter(w, typed, record.Metadata())
	case ".csv":
		if _, err := io.WriteString(w, record.CSVLine()); err != nil {
			return nil, err
		}
		format = "csv"
	}
	return table.NewWriter(w, format, names)
}
