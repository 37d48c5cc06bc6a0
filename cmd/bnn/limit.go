package main

import (
	"errors"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/flags"
	"balanced/internal/provenance"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

func limitCommand() *cobra.Command {
	var to, every float64
	var n int
	var output flags.Output
	var force bool
	var physical flags.Physical
	var settings []bnn.Setting
	command := &cobra.Command{
		Use:   "limit FILE --to T --every DT [--n N]",
		Short: "Solve the limit equations, or with --n the finite-n equations",
		Long: `Solves the equations for the means and variances of the potentials in the limit of
many neurons, or with --n those of a network of size n, with third cumulants. Prints
a row a time. The limit ends where the network loses its balance, in a fold or to an
oscillation: the rows before that, an error that names the time, exit 1.`,
		Args: flags.One("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			finite := command.Flags().Changed("n")
			if err := output.Check(command); err != nil {
				return err
			}
			times, err := flags.OutputTimes(to, every)
			if err != nil {
				return err
			}
			network, err := readNetwork(args[0], settings)
			if err != nil {
				return err
			}
			if err := physical.Check(network); err != nil {
				return err
			}
			cost, err := equationsCost(network, times, finite)
			if err != nil {
				return err
			}
			if err := flags.Afford(cost, len(times), 3+5*len(network.Populations), force); err != nil {
				return err
			}
			// A numerical end leaves the rows before it, which are worth printing.
			var trajectory *bnn.Trajectory
			var ended error
			if finite {
				trajectory, ended = theory.FiniteSize(command.Context(), network, n, times)
			} else {
				trajectory, ended = theory.Limit(command.Context(), network, times)
			}
			if trajectory == nil || command.Context().Err() != nil {
				return ended
			}
			made := provenance.OfCommand(flags.Canonical(command, args), network)
			made.N = n
			if err := flags.Deliver(command, physical.Table(results.Trajectory(trajectory, finite), network), output.Format, output.Out, made); err != nil {
				return err
			}
			return errors.Join(ended, flags.Draw(command, output.Plot, made, physical.Figure(network, func() (*figure.Figure, error) {
				if finite {
					return figure.Moments(nil, nil, trajectory)
				}
				return figure.Moments(nil, trajectory, nil)
			})))
		}),
	}
	flags.AddTimes(command, &to, &every)
	command.Flags().Var(flags.Count(&n, 1), "n", "size of a finite network, at least 2 neurons in each population")
	flags.AddSet(command, &settings)
	flags.AddForce(command, &force)
	physical.Add(command)
	output.Add(command)
	return command
}

func equationsCost(network *bnn.Network, times []float64, finite bool) (bnn.Cost, error) {
	if finite {
		return theory.FiniteSizeCost(network, times)
	}
	return theory.LimitCost(network, times)
}
