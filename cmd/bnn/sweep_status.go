package main

import (
	"errors"
	"fmt"

	"balanced/bnn/sweep"
	"balanced/internal/flags"
	"balanced/internal/table"

	"github.com/spf13/cobra"
)

func sweepStatusCommand() *cobra.Command {
	var choice sweepChoice
	command := &cobra.Command{
		Use:   "status SPEC",
		Short: "Tell what the store has of a sweep",
		Long: `Prints for each measure of a sweep, and for all of them together, how many points the store
has and how many are missing, those in the files of its shards included, which are copied
into it. Nothing is computed.`,
		Args: flags.One("SPEC"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			s, status, err := choice.status(command, args[0])
			if err != nil {
				return err
			}
			t := &table.Table{Columns: []string{"measure", "points", "stored", "missing"}}
			for i, kind := range s.Kinds() {
				t.Rows = append(t.Rows, []any{kind, status.Points, status.Stored[i], status.Points - status.Stored[i]})
			}
			t.Rows = append(t.Rows, []any{"all", status.Points, status.Complete, status.Points - status.Complete})
			if err := t.Print(command.OutOrStdout(), choice.format); err != nil {
				return err
			}
			fmt.Fprintf(command.ErrOrStderr(), "%d of %d points are complete; %d files of shards in %s\n", status.Complete, status.Points, status.Shards, s.Store.Path())
			return nil
		}),
	}
	choice.add(command, false)
	return command
}

func sweepMergeCommand() *cobra.Command {
	var choice sweepChoice
	command := &cobra.Command{
		Use:   "merge SPEC",
		Short: "Print the table of a sweep from the store",
		Long: `Prints the table of a sweep whose points are all in the store or in the files of its shards,
which are copied into it: the bytes that bnn sweep prints. Nothing is computed. Exits with 1
and tells how many points are missing if there are some.`,
		Args: flags.One("SPEC"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			s, status, err := choice.status(command, args[0])
			if err != nil {
				return err
			}
			if missing := status.Points - status.Complete; missing > 0 {
				return fmt.Errorf("%d of %d points are missing: bnn sweep %s computes them, or those of its shards that have not ended", missing, status.Points, args[0])
			}
			// Points are looked up once more, in the store alone: whether one is missing has to be known
			// before the first row is printed, and rows are not held.
			return choice.print(command, s, args[0])
		}),
	}
	choice.add(command, true)
	return command
}

// status reads a sweep and looks up what the store has of it.
func (c *sweepChoice) status(command *cobra.Command, path string) (*sweep.Sweep, sweep.Status, error) {
	s, err := c.read(command, path)
	if err != nil {
		return nil, sweep.Status{}, err
	}
	if s.Store == nil {
		return nil, sweep.Status{}, flags.Usage(errors.New("--store none: must be the folder of a store"))
	}
	status, err := s.Status(command.Context())
	return s, status, err
}
