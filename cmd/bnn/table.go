package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"balanced/bnn"

	"github.com/spf13/cobra"
)

// A table is what a command prints: rows of numbers (float64) and words (string).
type table struct {
	columns []string
	rows    [][]any
}

// addFormat gives a command the choice of how its table is printed.
func addFormat(command *cobra.Command, format *string) {
	command.Flags().StringVar(format, "format", "csv", "how rows are printed: csv or json")
}

// print writes the table as CSV, or as a JSON array of objects with the same keys.
// Numbers are the shortest that read back exactly. Where there is no number (the
// standard error of a single replica) CSV says NaN and JSON null.
func (t *table) print(w io.Writer, format string) error {
	out := bufio.NewWriter(w)
	var err error
	switch format {
	case "csv":
		err = t.printCSV(out)
	case "json":
		err = t.printJSON(out)
	default:
		return usageError{fmt.Errorf("--format %q: must be csv or json", format)}
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// checkFormat refuses an unknown format before anything is computed.
func checkFormat(format string) error {
	return (&table{}).print(io.Discard, format)
}

func (t *table) printCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.columns); err != nil {
		return err
	}
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = cellText(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (t *table) printJSON(w *bufio.Writer) error {
	w.WriteString("[")
	for i, row := range t.rows {
		if i > 0 {
			w.WriteString(",")
		}
		w.WriteString("\n  {")
		for c, cell := range row {
			if c > 0 {
				w.WriteString(", ")
			}
			key, err := json.Marshal(t.columns[c])
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
					w.WriteString(cellText(value))
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

func cellText(cell any) string {
	if number, ok := cell.(float64); ok {
		return strconv.FormatFloat(number, 'g', -1, 64)
	}
	return fmt.Sprint(cell)
}

// addColumns names one column a population.
func (t *table) addColumns(prefix string, populations []string) {
	for _, name := range populations {
		t.columns = append(t.columns, prefix+name)
	}
}

// appendNumbers appends numbers to the last row.
func (t *table) appendNumbers(numbers ...float64) {
	last := &t.rows[len(t.rows)-1]
	for _, number := range numbers {
		*last = append(*last, number)
	}
}

// outputTimes are the times of --to and --every, which are in range each.
func outputTimes(to, every float64) ([]float64, error) {
	times := bnn.Every(every, to)
	if times == nil {
		return nil, &bnn.InputError{Path: "--every", Value: cellText(every),
			Allowed: fmt.Sprintf("at least %.1e with --to %g, so that there are at most ten million rows", to/1e7*1.05, to)}
	}
	return times, nil
}

// addTimes gives a command its required flags --to and --every.
func addTimes(command *cobra.Command, to, every *float64) {
	const unit = ", in synaptic time constants"
	command.Flags().Var(numberValue{number: to, unit: unit}, "to", "last time, in synaptic time constants (required)")
	command.Flags().Var(numberValue{number: every, positive: true, unit: unit}, "every", "time between rows (required)")
	require(command, "to", "every")
}

func require(command *cobra.Command, flags ...string) {
	for _, flag := range flags {
		if err := command.MarkFlagRequired(flag); err != nil {
			panic(err) // a flag that this program did not define
		}
	}
}
