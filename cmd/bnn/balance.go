package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"

	"github.com/spf13/cobra"

	"balanced/bnn/theory"
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
		Args: one("FILE"),
		RunE: stoppable(func(command *cobra.Command, args []string) error {
			if err := checkFormat(format); err != nil {
				return err
			}
			network, err := readNetwork(args[0], settings)
			if err != nil {
				return err
			}
			balance, err := findBalance(command.Context(), network)
			if err != nil {
				return err
			}
			if err := balance.table(network).print(command.OutOrStdout(), format); err != nil {
				return err
			}
			balance.explain(command)
			if balance.initial == nil && !slices.ContainsFunc(balance.stationary, func(s theory.BalancedState) bool { return s.Stability < 0 && s.SlowStability < 0 }) {
				return errors.New("there is no balanced state that the network would keep")
			}
			return nil
		}),
	}
	addSet(command, &settings)
	addFormat(command, &format)
	return command
}

// balance is what is known about the balance of a network.
type balance struct {
	rank int
	// initial is the first row of the limit, nil if the start cannot be balanced
	// because of refused, a *theory.NotBalancedError or *theory.BalanceLostError.
	initial    *bnn.Trajectory
	refused    error
	stationary []theory.BalancedState
}

func findBalance(ctx context.Context, network *bnn.Network) (*balance, error) {
	b := &balance{}
	var err error
	if b.rank, err = theory.Rank(network); err != nil {
		return nil, err
	}
	initial, err := theory.Limit(ctx, network, []float64{0})
	switch {
	case err == nil:
		b.initial = initial
	case !unbalanced(err):
		return nil, err
	default:
		b.refused = err
	}
	b.stationary, err = theory.StationaryStates(ctx, network)
	if unbalanced(err) {
		b.refused = err
		return b, nil
	}
	return b, err
}

// unbalanced tells whether an error says that there is no balance.
func unbalanced(err error) bool {
	var refused *theory.NotBalancedError
	var lost *theory.BalanceLostError
	return errors.As(err, &refused) || errors.As(err, &lost)
}

// reason is why there is no balance at the start, without the time.
func (b *balance) reason() string {
	var refused *theory.NotBalancedError
	if errors.As(b.refused, &refused) {
		return refused.Reason
	}
	return b.refused.Error()
}

func (b *balance) table(network *bnn.Network) *table {
	var names []string
	for _, population := range network.Populations {
		names = append(names, population.Name)
	}
	t := &table{columns: []string{"state", "rank"}}
	for _, prefix := range []string{"mean_", "var_", "rate_", "input_"} {
		t.addColumns(prefix, names)
	}
	t.columns = append(t.columns, "stability", "slow_stability", "verdict")
	add := func(name, verdict string, numbers ...[]float64) {
		t.rows = append(t.rows, []any{name, float64(b.rank)})
		for _, values := range numbers {
			t.appendNumbers(values...)
		}
		t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], verdict)
	}
	if i := b.initial; i != nil {
		add("initial", "balanced", i.Mean[0], i.Variance[0], i.Rate[0], i.Input[0], []float64{i.Stability[0], math.NaN()})
	} else {
		none := make([]float64, 4*len(names)+2)
		for c := range none {
			none[c] = math.NaN()
		}
		add("initial", "none: "+b.reason(), none)
	}
	for i, s := range b.stationary {
		add(fmt.Sprintf("stationary-%d", i+1), stationaryVerdict(s), s.Mean, s.Variance, s.Rate, s.Input, []float64{s.Stability, s.SlowStability})
	}
	return t
}

// stationaryVerdict says in words what the two stabilities mean.
func stationaryVerdict(s theory.BalancedState) string {
	switch {
	case s.Stability > 0 && s.Frequency > 0:
		return fmt.Sprintf("unstable: an oscillation of angular frequency √n · %.9g grows", s.Frequency)
	case s.Stability > 0:
		return "tipping point: the balance itself is unstable"
	case s.SlowStability > 0 && s.SlowFrequency > 0:
		return fmt.Sprintf("balanced but unstable along the manifold: a slow oscillation of angular frequency %.9g grows", s.SlowFrequency)
	case s.SlowStability > 0:
		return "balanced but drifts away along the manifold"
	}
	return "balanced and stable"
}

// explain says in words what the table shows.
func (b *balance) explain(command *cobra.Command) {
	say := func(format string, values ...any) {
		fmt.Fprintf(command.ErrOrStderr(), format+"\n", values...)
	}
	say("The weights have rank %d.", b.rank)
	if b.refused != nil {
		say("From the initial means: %v.", b.refused)
	}
	if len(b.stationary) == 0 {
		say("No stationary state of the limit equations was found.")
	}
	for i, s := range b.stationary {
		say("Stationary state %d: %s.", i+1, stationaryVerdict(s))
	}
}
