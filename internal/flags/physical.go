package flags

import (
	"iter"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/sweep"
	"balanced/internal/table"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

// Physical is the choice to print and to draw in milliseconds, hertz and millivolts.
type Physical bool

// Add gives it to a command.
func (p *Physical) Add(command *cobra.Command) {
	command.Flags().BoolVar((*bool)(p), "physical", false, "print and draw times in ms, rates in Hz and potentials in mV, by the unit of the network file")
}

// Check refuses it for a network that does not say what its units are.
func (p Physical) Check(network *bnn.Network) error {
	const allowed = "a finite number > 0 for --physical"
	switch {
	case bool(p) && network.Unit.TimeMS == 0:
		return &bnn.InputError{Path: "unit.time_ms", Value: "a missing value", Allowed: allowed}
	case bool(p) && network.Unit.PotentialMV == 0:
		return &bnn.InputError{Path: "unit.potential_mV", Value: "a missing value", Allowed: allowed}
	}
	return nil
}

// Figure draws a figure of results in the units that were chosen.
func (p Physical) Figure(network *bnn.Network, draw func() (*figure.Figure, error)) func() (*figure.Figure, error) {
	return func() (*figure.Figure, error) {
		drawn, err := draw()
		if err != nil || !bool(p) {
			return drawn, err
		}
		return drawn.In(network.Unit), nil
	}
}

// Table is a table of results in the units that were chosen.
func (p Physical) Table(t *table.Table, network *bnn.Network) *table.Table {
	if p {
		results.ToUnit(t, network.Unit)
	}
	return t
}

// Rows are those of a sweep in the units that were chosen.
func (p Physical) Rows(network *bnn.Network, columns []sweep.Column, rows iter.Seq2[[]any, error]) iter.Seq2[[]any, error] {
	if p {
		return results.SweepToUnit(columns, rows, network.Unit)
	}
	return rows
}
