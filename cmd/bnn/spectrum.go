package main

import (
	"balanced/bnn"
	"balanced/internal/flags"
	"balanced/internal/provenance"

	"github.com/spf13/cobra"
)

func spectrumCommand() *cobra.Command {
	var asked flags.Fluctuations
	var output flags.Output
	var settings []bnn.Setting
	command := &cobra.Command{
		Use:   "spectrum FILE --n N (--omega LIST | --lags LIST)",
		Short: "Spectra and covariances over time of the fluctuations of a stationary state",
		Long: `Prints the linear noise theory at the stationary state that the finite-n equations, or
with --n inf the limit, reach with all stimuli at rest: with --omega n times the
cross-spectral densities (two-sided, angular frequency) of the means and rates of each pair
of populations, with --lags n times their covariances, of the first one at t + lag and the
second one at t. Without a stable state: the reason, exit 1.`,
		Args: flags.One("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			if err := output.Check(command); err != nil {
				return err
			}
			network, err := readNetwork(args[0], settings)
			if err != nil {
				return err
			}
			table, drawn, err := asked.Of(command.Context(), network)
			if err != nil {
				return err
			}
			made := provenance.OfCommand(flags.Canonical(command, args), network)
			made.N = asked.N()
			if err := flags.Deliver(command, table, output.Format, output.Out, made); err != nil {
				return err
			}
			return flags.Draw(command, output.Plot, made, drawn)
		}),
	}
	asked.Add(command)
	flags.AddSet(command, &settings)
	output.Add(command)
	return command
}
