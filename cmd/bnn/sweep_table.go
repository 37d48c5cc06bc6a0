package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"balanced/bnn/sweep"
	"balanced/internal/files"
	"balanced/internal/flags"
	"balanced/internal/progress"
	"balanced/internal/table"
	"balanced/internal/table/parquet"

	"github.com/spf13/cobra"
)

// checkOut refuses a file that cannot be written, before anything is computed.
func (c *sweepChoice) checkOut() error {
	switch filepath.Ext(c.out) {
	case ".parquet", ".csv":
		if err := files.CanReplace(c.out); err != nil {
			return flags.Usage(fmt.Errorf("--out: %w", err))
		}
		return nil
	case "":
		if c.out == "" {
			return nil
		}
	}
	return flags.Usage(fmt.Errorf("--out %q: must end with .csv or .parquet", c.out))
}

// writeSweep computes the rows of a sweep and writes them as they come: into a file, which is
// there once it is whole, or to standard output.
func writeSweep(command *cobra.Command, s *sweep.Sweep, out, format string) error {
	shown := progress.NewPoints(command.ErrOrStderr())
	defer shown.Finish()
	s.Progress = shown.Show
	columns, err := s.Columns()
	if err != nil {
		return err
	}
	write := func(w io.Writer) error {
		t, err := tableWriter(w, out, format, columns)
		if err != nil {
			return err
		}
		rows := 0
		for row, err := range s.Rows(command.Context()) {
			if err == nil {
				err = t.Write(row)
			}
			if err != nil {
				if out == "" && rows > 0 {
					err = errors.Join(err, t.Close()) // the rows so far are printed
				}
				return err
			}
			rows++
		}
		return t.Close()
	}
	if out == "" {
		return write(command.OutOrStdout())
	}
	return files.ReplaceBy(out, write)
}

// tableWriter writes the format that a file is named for, or the one given.
func tableWriter(w io.Writer, out, format string, columns []sweep.Column) (table.Writer, error) {
	kinds := map[sweep.Kind]parquet.Kind{sweep.Integer: parquet.Integer, sweep.Number: parquet.Number, sweep.Text: parquet.Text}
	var names []string
	var typed []parquet.Column
	for _, column := range columns {
		names = append(names, column.Name)
		typed = append(typed, parquet.Column{Name: column.Name, Kind: kinds[column.Kind]})
	}
	switch filepath.Ext(out) {
	case ".parquet":
		return parquet.NewWriter(w, typed)
	case ".csv":
		format = "csv"
	}
	return table.NewWriter(w, format, names)
}
