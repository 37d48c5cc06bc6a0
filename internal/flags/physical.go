package flags

import (
	"balanced/bnn"
	"balanced/internal/table"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

// Physical is the choice to print in milliseconds, hertz and millivolts.
type Physical bool

// Add gives it to a command.
func (p *Physical) Add(command *cobra.Command) {
	command.Flags().BoolVar((*bool)(p), "physical", false, "print times in ms, rates in Hz and potentials in mV, by the unit of the network file")
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

// Table is a table of results in the units that were chosen.
func (p Physical) Table(t *table.Table, network *bnn.Network) *table.Table {
	if p {
		results.ToUnit(t, network.Unit)
	}
	return t
}
