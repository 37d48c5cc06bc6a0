package main

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/flags"
	"balanced/internal/table"

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
			if err := balanceTable(balance, network).Print(command.OutOrStdout(), format); err != nil {
				return err
			}
			explainBalance(command, balance)
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

func balanceTable(b *theory.Balance, network *bnn.Network) *table.Table {
	var names []string
	for _, population := range network.Populations {
		names = append(names, population.Name)
	}
	t := &table.Table{Columns: []string{"state", "rank"}}
	for _, prefix := range []string{"mean_", "var_", "rate_", "input_"} {
		t.AddColumns(prefix, names)
	}
	t.Columns = append(t.Columns, "stability", "slow_stability", "verdict")
	add := func(name, verdict string, numbers ...[]float64) {
		t.Rows = append(t.Rows, []any{name, float64(b.Rank)})
		for _, values := range numbers {
			t.AppendNumbers(values...)
		}
		t.Rows[len(t.Rows)-1] = append(t.Rows[len(t.Rows)-1], verdict)
	}
	if i := b.Initial; i != nil {
		add("initial", "balanced", i.Mean[0], i.Variance[0], i.Rate[0], i.Input[0], []float64{i.Stability[0], math.NaN()})
	} else {
		none := make([]float64, 4*len(names)+2)
		for c := range none {
			none[c] = math.NaN()
		}
		add("initial", "none: "+b.Reason(), none)
	}
	for i, s := range b.Stationary {
		add(fmt.Sprintf("stationary-%d", i+1), s.Describe(), s.Mean, s.Variance, s.Rate, s.Input, []float64{s.Stability, s.SlowStability})
	}
	return t
}

// explainBalance says in words what the table shows.
func explainBalance(command *cobra.Command, b *theory.Balance) {
	say := func(format string, values ...any) {
		fmt.Fprintf(command.ErrOrStderr(), format+"\n", values...)
	}
	say("The weights have rank %d.", b.Rank)
	if b.Refused != nil {
		say("From the initial means: %v.", b.Refused)
	}
	if len(b.Stationary) == 0 {
		say("No stationary state of the limit equations was found.")
	}
	for i, s := range b.Stationary {
		say("Stationary state %d: %s.", i+1, s.Describe())
	}
}
