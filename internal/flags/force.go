package flags

import (
	"fmt"

	"balanced/bnn"

	"github.com/spf13/cobra"
)

// AddForce gives a command the choice to do what this machine probably cannot.
func AddForce(command *cobra.Command, force *bool) {
	command.Flags().BoolVar(force, "force", false, "also what needs more memory than this machine has, or more than 100 days")
}

// Afford refuses, before anything is allocated, what this machine cannot do, unless it is
// forced. The table that is printed has so many rows and columns.
func Afford(cost bnn.Cost, rows, columns int, force bool) error {
	const cell = 16 + 8 // an interface and its number
	cost.Bytes += cell * float64(rows) * float64(columns)
	if err := cost.Check(force); err != nil {
		return Refused(err, force)
	}
	return nil
}

// Refused is the error for what this machine cannot do, whether it was forced or not.
func Refused(err error, force bool) error {
	if force {
		return UsageError{fmt.Errorf("this %w", err)}
	}
	return UsageError{fmt.Errorf("this %w; --force does it all the same", err)}
}
