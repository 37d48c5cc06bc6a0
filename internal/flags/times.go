package flags

import (
	"fmt"

	"balanced/bnn"
	"balanced/internal/table"

	"github.com/spf13/cobra"
)

// AddFormat gives a command the choice of how its table is printed.
func AddFormat(command *cobra.Command, format *string) {
	command.Flags().StringVar(format, "format", "csv", "how rows are printed: csv or json")
}

// CheckFormat refuses an unknown format before anything is computed.
func CheckFormat(format string) error {
	if err := table.CheckFormat(format); err != nil {
		return UsageError{fmt.Errorf("--%w", err)}
	}
	return nil
}

// OutputTimes are the times of --to and --every, which are in range each.
func OutputTimes(to, every float64) ([]float64, error) {
	times := bnn.Every(every, to)
	if times == nil {
		return nil, &bnn.InputError{Path: "--every", Value: table.Text(every),
			Allowed: fmt.Sprintf("at least %.1e with --to %g, so that there are at most ten million rows", to/1e7*1.05, to)}
	}
	return times, nil
}

// AddTimes gives a command its required flags --to and --every.
func AddTimes(command *cobra.Command, to, every *float64) {
	const unit = ", in synaptic time constants"
	command.Flags().Var(numberValue{number: to, unit: unit}, "to", "last time, in synaptic time constants (required)")
	command.Flags().Var(numberValue{number: every, positive: true, unit: unit}, "every", "time between rows (required)")
	Require(command, "to", "every")
}

// Require makes flags of a command required.
func Require(command *cobra.Command, flags ...string) {
	for _, flag := range flags {
		if err := command.MarkFlagRequired(flag); err != nil {
			panic(err) // a flag that this program did not define
		}
	}
}
