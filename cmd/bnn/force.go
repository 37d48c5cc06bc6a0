package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"balanced/bnn"

	"github.com/spf13/cobra"
)

// addForce gives a command the choice to do what this machine probably cannot.
func addForce(command *cobra.Command, force *bool) {
	command.Flags().BoolVar(force, "force", false, "also what needs more memory than this machine has, or more than 100 days")
}

// afford refuses, before anything is allocated, what this machine cannot do, unless it is
// forced. The table that is printed has so many rows and columns.
func afford(cost bnn.Cost, rows, columns int, force bool) error {
	const cell = 16 + 8 // an interface and its number
	cost.Bytes += cell * float64(rows) * float64(columns)
	if err := cost.Check(force); err != nil {
		if force {
			return usageError{fmt.Errorf("this %w", err)}
		}
		return usageError{fmt.Errorf("this %w; --force does it all the same", err)}
	}
	return nil
}

// limitMemory makes the garbage collector keep the program within the memory there is,
// unless the user has said how it should (GOMEMLIMIT): what is estimated is without garbage.
func limitMemory() {
	if memory := bnn.AvailableMemory(); memory > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(0.9 * memory))
	}
}
