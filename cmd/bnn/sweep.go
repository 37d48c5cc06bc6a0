package main

import (
	"errors"
	"fmt"

	"balanced/analysis/figure"
	"balanced/bnn/sweep"
	"balanced/internal/flags"
	"balanced/internal/progress"
	"balanced/internal/provenance"
	"balanced/internal/table"
	"balanced/internal/table/output"

	"github.com/spf13/cobra"
)

// What the flags of sweeps say.
type sweepChoice struct {
	out, format, store, plot string
	shard                    sweep.Shard
	workers                  int
	force, dry               bool
	physical                 flags.Physical
}

func sweepCommand() *cobra.Command {
	var choice sweepChoice
	var cluster slurmChoice
	command := &cobra.Command{
		Use:   "sweep SPEC [--slurm [-- SBATCH OPTIONS]]",
		Short: "Look at a network at many values of its parameters",
		Long: `Computes the points of a sweep, which a JSON file describes (docs/sweeps.md): a grid or a
Latin hypercube over any numbers of a network and its size, and what is measured at each.
Prints a table, a row a point in the order of the grid, the same bytes for any number of
workers: as CSV or JSON on standard output, or into a file, FILE.csv or FILE.parquet, which
is there once it is whole. All points are checked before the first is computed. A point that
ends numerically has its reason in the column that ends with _error.

The store keeps what is found at every point: a sweep that was stopped goes on where it was,
one that is asked again is read, and one with another axis computes what is new. With --shard
i/N one of N parts is computed into a file of its own in the folder shards of the store, and
nothing is printed; bnn sweep merge prints the table once all parts are there.

With --slurm one job array computes the shards on a cluster, and a job after it writes the
table to --out, SPEC.csv if it is not given. The program, the sweep and the store must be
where all nodes see them. Options of sbatch are taken from the file slurm.options beside the
sweep, one a line, and from what follows after --. Asked again it submits what is missing.`,
		Args: cluster.arguments,
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			s, err := choice.read(command, args[0])
			switch {
			case err != nil:
				return err
			case cluster.submit:
				return cluster.slurm(command, s, choice, args)
			case choice.dry:
				return dryRun(command, s, choice.format)
			case s.Shard != sweep.Shard{}:
				return computeShard(command, s)
			}
			return choice.print(command, s, args[0])
		}),
	}
	set := command.Flags()
	set.Var(flags.Shard(&choice.shard), "shard", "the part of the points to compute into the store, i from 1")
	set.BoolVar(&choice.dry, "dry-run", false, "only check all points, compute the first that is not stored, and estimate time and memory")
	set.Var(flags.Count(&choice.workers, 0), "workers", "points computed at once; 0 for one a processor")
	flags.AddForce(command, &choice.force)
	choice.add(command, true)
	cluster.add(command)
	command.AddCommand(sweepStatusCommand(), sweepMergeCommand())
	return command
}

// add gives a command the flags that those of sweeps share.
func (c *sweepChoice) add(command *cobra.Command, writes bool) {
	addStore(command, &c.store)
	flags.AddFormat(command, &c.format)
	if writes {
		command.Flags().StringVar(&c.out, "out", "", "file for the table, FILE.csv or FILE.parquet (default: standard output)")
		flags.AddPlot(command, &c.plot)
		c.physical.Add(command)
	}
}

// read reads a sweep and gives it what the flags say; whatever is wrong with it is the
// caller's.
func (c *sweepChoice) read(command *cobra.Command, path string) (*sweep.Sweep, error) {
	if err := errors.Join(flags.CheckFormat(c.format), flags.CheckPlot(c.plot)); err != nil {
		return nil, err
	}
	if c.out != "" {
		if err := output.Check(c.out); err != nil {
			return nil, flags.Usage(fmt.Errorf("--out: %w", err))
		}
	}
	s, err := sweep.Read(path)
	if err != nil {
		return nil, flags.Usage(err)
	}
	if err := c.physical.Check(s.Network); err != nil {
		return nil, err
	}
	s.Workers, s.Force, s.Shard = c.workers, c.force, c.shard
	if s.Store, err = openStore(c.store, command.ErrOrStderr()); err != nil {
		return nil, err
	}
	if s.Store == nil && c.shard != (sweep.Shard{}) {
		return nil, flags.Usage(errors.New("--store none: must be a folder with --shard, which keeps its part there"))
	}
	return s, nil
}

// print computes the rows of a sweep and writes them as they come.
func (c *sweepChoice) print(command *cobra.Command, s *sweep.Sweep, spec string) error {
	columns, err := s.Columns()
	if err != nil {
		return err
	}
	record, err := provenance.OfSweep(spec, s.Network, s.Seed)
	if err != nil {
		return err
	}
	shown := progress.NewPoints(command.ErrOrStderr())
	defer shown.Finish()
	s.Progress = shown.Show
	if c.plot == "" {
		return output.Write(c.out, command.OutOrStdout(), c.format, record, columns, c.physical.Rows(s.Network, columns, s.Rows(command.Context())))
	}
	if err := figure.CheckSweep(s.Design, columns); err != nil {
		return err
	}
	found, err := s.Table(command.Context()) // a picture needs all rows at once
	if err != nil {
		return err
	}
	if err := output.Write(c.out, command.OutOrStdout(), c.format, record, columns, c.physical.Rows(s.Network, columns, found.All())); err != nil {
		return err
	}
	return flags.Draw(command, c.plot, record, c.physical.Figure(s.Network, func() (*figure.Figure, error) { return figure.Sweep(command.Context(), found) }))
}

// computeShard computes a part into the store, and says in a line what it was, which is all
// that the log of a task on a cluster may have.
func computeShard(command *cobra.Command, s *sweep.Sweep) error {
	shown := progress.NewPoints(command.ErrOrStderr())
	var last sweep.Progress
	s.Progress = func(now sweep.Progress) {
		last = now
		shown.Show(now)
	}
	for _, err := range s.Rows(command.Context()) {
		if err != nil {
			shown.Finish()
			return err
		}
	}
	shown.Finish()
	fmt.Fprintf(command.ErrOrStderr(), "shard %d/%d: %d of %d points, %d of them from the store\n", s.Shard.Number, s.Shard.Of, last.Finished, last.Points, last.Stored)
	return nil
}

func dryRun(command *cobra.Command, s *sweep.Sweep, format string) error {
	e, err := s.Estimate(command.Context())
	if err != nil {
		return err
	}
	t := &table.Table{Columns: []string{"points", "stored", "point_seconds", "seconds", "bytes"},
		Rows: [][]any{{e.Points, e.Stored, e.PointSeconds, e.Seconds, e.Bytes}}}
	if err := t.Print(command.OutOrStdout(), format); err != nil {
		return err
	}
	fmt.Fprintf(command.ErrOrStderr(), "%d points, of which the store has %d", e.Points, e.Stored)
	if e.Points > e.Stored {
		fmt.Fprintf(command.ErrOrStderr(), "; the first of the others took %v: about %v for all, and %.0f MB of memory",
			progress.Seconds(e.PointSeconds), progress.Seconds(e.Seconds), e.Bytes/1e6)
	}
	fmt.Fprintln(command.ErrOrStderr())
	return nil
}
