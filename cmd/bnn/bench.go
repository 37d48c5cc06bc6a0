package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"balanced/internal/bench"
	"balanced/internal/flags"
	"balanced/internal/jupyter/kernel"
	"balanced/internal/provenance"

	"github.com/spf13/cobra"
)

func benchCommand() *cobra.Command {
	var options bench.Options
	var output string
	command := &cobra.Command{
		Use:   "bench",
		Short: "Measure the simulators against each other and against other programs",
		Long: `Measures the exact method, the leap and sparse networks against each other, C programs, NumPy,
numba, JAX, Brian2 and NEST, in turn, since the speed of a machine drifts: what counts are
the ratios. Prints tables as CSV, with an empty line between two, and writes them into
data/benchmarks of the project. Programs that are not installed are rows that say absent; .ci/peers installs those in Python.

It needs two cores that have nothing else to do, for half an hour if all are there. With --quick
it takes minutes; its numbers mean little, and are written only if --output is given.`,
		Args: flags.None,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := bench.CheckName(options.Only); err != nil {
				return flags.Usage(fmt.Errorf("--only: %w", err))
			}
			var err error
			if options.Module, err = kernel.FindModule(nil); err != nil {
				return flags.Usage(err)
			}
			if output == "" && !options.Quick {
				output = filepath.Join(options.Module, "data", "benchmarks")
			}
			if err := makeFolder(output); err != nil {
				return flags.Usage(fmt.Errorf("--output: %w", err))
			}
			options.Version = provenance.Program()
			options.Progress = func(message string) { fmt.Fprintln(command.ErrOrStderr(), message) }
			tables := 0
			return bench.Run(command.Context(), options, func(table bench.Table) error {
				if tables++; tables > 1 {
					fmt.Fprintln(command.OutOrStdout())
				}
				if err := table.WriteCSV(command.OutOrStdout()); err != nil {
					return err
				}
				if output == "" {
					return nil
				}
				return table.WriteFile(output)
			})
		},
	}
	command.Flags().BoolVar(&options.Quick, "quick", false, "small sizes, to try it out")
	command.Flags().StringVar(&options.Only, "only", "", "the only benchmark to make: "+strings.Join(bench.Names(), ", "))
	command.Flags().StringVar(&output, "output", "", "folder for the tables (default: data/benchmarks of the project)")
	return command
}

// makeFolder makes the folder for tables, if there is to be one, before minutes are spent
// on what cannot be written.
func makeFolder(folder string) error {
	if folder == "" {
		return nil
	}
	return os.MkdirAll(folder, 0o777)
}
