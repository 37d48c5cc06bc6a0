package main

import (
	"errors"
	"fmt"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/flags"
	"balanced/internal/table/results"

	"github.com/spf13/cobra"
)

func balanceCommand() *cobra.Command {
	var format string
	var settings []bnn.Setting
	command := &cobra.Command{
		Use:   "balance FILE",
		Short: "Find the balanced states of a network, or say why there is none",
		Long: `Prints one row for the state that the network reaches from its initial means, at
its initial variances, and one for each stationary state of the limit equations found
with all stimuli at rest. The column stability is the largest real part of the
eigenvalues of S, slow_stability that of the limit equations along the balanced
manifold; both are negative where a network stays. Exits with 1 if there is no
balanced state that the network would keep.`,
		Args: flags.One("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			if err := flags.CheckFormat(format); err != nil {
				return err
			}
			network, err := readNetwork(args[0], settings)
			if err != nil {
				return err
			}
			balance, err := theory.FindBalance(command.Context(), network)
			if err != nil {
				return err
			}
			if err := results.Balance(balance, network).Print(command.OutOrStdout(), format); err != nil {
				return err
			}
			for _, line := range results.Explain(balance) {
				fmt.Fprintln(command.ErrOrStderr(), line)
			}
			if balance.Initial == nil && !slices.ContainsFunc(balance.Stationary, theory.BalancedState.Stable) {
				return errors.New("there is no balanced state that the network would keep")
			}
			return nil
		}),
	}
	flags.AddSet(command, &settings)
	flags.AddFormat(command, &format)
	return command
}
