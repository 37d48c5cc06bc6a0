package main

import (
	"errors"
	"fmt"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/export"
	"balanced/internal/flags"
	"balanced/internal/progress"
	"balanced/internal/provenance"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

func simulateCommand() *cobra.Command {
	var to, every float64
	var format, store, plot string
	var method flags.Method
	var settings []bnn.Setting
	var record flags.Recording
	var physical flags.Physical
	var ensemble simulate.Ensemble
	command := &cobra.Command{
		Use:   "simulate FILE --n N --replicas R --seed S --to T --every DT",
		Short: "Simulate replicas of a network and average their moments",
		Long: `Simulates independent replicas of a network of size n, pair by pair and exactly or by
leaps (see --method), and prints for each time the averages over replicas of the
empirical mean, the unbiased variance, the unbiased third cumulant and the empirical rate
of each population, and their standard errors. The same seed gives the same bytes for
any number of workers. What needs more memory than there is, or more than 100 days, is
refused at once, unless --force is given. Each finished replica is kept in the store, and
every half a minute the state of a long one, so that a run that was stopped or killed
goes on where it was and one that is asked again is read.

With --record the file of --out gets what single neurons do, replica by replica: states,
a row for each time and neuron; traces, a column for each neuron; trains, a row for each
spike that a neuron heard, of whom and when. In .npz states and traces are an array v by
replica, time and neuron.`,
		Args: flags.One("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			if err := errors.Join(flags.CheckFormat(format), flags.CheckPlot(plot)); err != nil {
				return err
			}
			times, err := flags.OutputTimes(to, every)
			if err != nil {
				return err
			}
			if ensemble.Method, err = method.Of(command); err != nil {
				return err
			}
			if ensemble.Network, err = readNetwork(args[0], settings); err != nil {
				return err
			}
			if err := physical.Check(ensemble.Network); err != nil {
				return err
			}
			cost, err := ensemble.Cost(times)
			if err != nil {
				return err
			}
			recording, err := record.Of(command, ensemble, times)
			if err != nil {
				return err
			}
			cost.Bytes += recording.Bytes(ensemble)
			if err := flags.Afford(cost, len(times), 1+8*len(ensemble.Network.Populations), ensemble.Force); err != nil {
				return err
			}
			if ensemble.Store, err = openStore(store, command.ErrOrStderr()); err != nil {
				return err
			}
			recording.Record = func() provenance.Record {
				made := provenance.OfCommand(flags.Canonical(command, args), ensemble.Network)
				made.N, made.Seed, made.Store = ensemble.N, &ensemble.Seed, ensemble.Store.Used()
				return made
			}
			shown := progress.NewReplicas(command.ErrOrStderr())
			ensemble.Progress = shown.Show
			if record.Kind != "" {
				return recordNeurons(command, ensemble, recording, shown)
			}
			summary, err := ensemble.Run(command.Context(), times)
			shown.Finish()
			if err != nil {
				return err
			}
			if summary.Step > 0 {
				fmt.Fprintf(command.ErrOrStderr(), "bnn: the leap took steps of at most %g, and none longer than from one row to the next\n", summary.Step)
			}
			if summary.Fallback != "" {
				fmt.Fprintf(command.ErrOrStderr(), "bnn: what ran is %s: %s\n", summary.Engine, summary.Fallback)
			}
			if summary.Replicas == 1 {
				fmt.Fprintln(command.ErrOrStderr(), "bnn: a single replica has no standard errors; their columns say NaN (null in JSON)")
			}
			if err := flags.Deliver(command, physical.Table(results.Summary(summary), ensemble.Network), format, record.Out, recording.Record()); err != nil {
				return err
			}
			return flags.Draw(command, plot, recording.Record(), physical.Figure(ensemble.Network, func() (*figure.Figure, error) { return figure.Moments(summary, nil, nil) }))
		}),
	}
	set := command.Flags()
	set.Var(flags.Count(&ensemble.N, 1), "n", "size of the network: population a has round(q_a·n) neurons (required)")
	set.Var(flags.Count(&ensemble.Replicas, 1), "replicas", "number of independent replicas (required)")
	set.Var(flags.Seed(&ensemble.Seed), "seed", "seed of the random streams (required)")
	set.Var(flags.Count(&ensemble.Workers, 0), "workers", "replicas run at once; 0 for one a processor")
	method.Add(command)
	flags.AddSet(command, &settings)
	flags.AddForce(command, &ensemble.Force)
	addStore(command, &store)
	record.Add(command)
	physical.Add(command)
	flags.AddPlot(command, &plot)
	flags.Require(command, "n", "replicas", "seed")
	flags.AddTimes(command, &to, &every)
	flags.AddFormat(command, &format)
	return command
}

// recordNeurons simulates and writes the file of a recording.
func recordNeurons(command *cobra.Command, ensemble simulate.Ensemble, recording export.Recording, shown *progress.Replicas) error {
	err := recording.Write(command.Context(), ensemble)
	shown.Finish()
	if expensive := (*bnn.CostError)(nil); errors.As(err, &expensive) {
		return flags.Refused(expensive, ensemble.Force)
	}
	if err == nil {
		flags.Written(command, recording.Path)
	}
	return err
}
