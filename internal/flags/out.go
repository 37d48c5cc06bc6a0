package flags

import (
	"errors"
	"fmt"

	"balanced/bnn"
	"balanced/internal/export"
	"balanced/internal/provenance"
	"balanced/internal/table"

	"github.com/spf13/cobra"
)

// AddOut gives a command the choice of a file for its table, beside --format.
func AddOut(command *cobra.Command, out *string) {
	command.Flags().StringVar(out, "out", "", "a file for the table instead of standard output, .csv, .parquet or .npz, which says how it was made (bnn show)")
}

// CheckOut refuses a file that cannot be written, before anything is computed; "" is none.
func CheckOut(command *cobra.Command, out string) error {
	if out == "" {
		return nil
	}
	if command.Flags().Changed("format") {
		return Usage(errors.New("--format: must not go with --out, where the name of the file tells the format"))
	}
	err := export.Check(out)
	if err == nil || errors.As(err, new(*bnn.InputError)) {
		return err
	}
	return Usage(fmt.Errorf("--out: %w", err))
}

// Output is where a table goes and how: the flags --format, --out and --plot.
type Output struct{ Format, Out, Plot string }

// Add defines the flags.
func (o *Output) Add(command *cobra.Command) {
	AddFormat(command, &o.Format)
	AddOut(command, &o.Out)
	AddPlot(command, &o.Plot)
}

// Check refuses, before anything is computed, what could not be written.
func (o *Output) Check(command *cobra.Command) error {
	return errors.Join(CheckFormat(o.Format), CheckOut(command, o.Out), CheckPlot(o.Plot))
}

// Deliver prints a table, or writes it into the file of --out with the record of how
// it was made.
func Deliver(command *cobra.Command, t *table.Table, format, out string, record provenance.Record) error {
	if out == "" {
		return t.Print(command.OutOrStdout(), format)
	}
	if err := export.Table(out, t, record); err != nil {
		return err
	}
	Written(command, out)
	return nil
}

// Written says that a file is there.
func Written(command *cobra.Command, out string) {
	fmt.Fprintln(command.ErrOrStderr(), "written:", out)
}
