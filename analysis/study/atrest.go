package study

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// AtRest is a copy of a network that starts where its limit rests: Gaussian, with the means and variances of
// the first state of theory.StationaryStates, rounded to 1e-6, since the last digits of a solver
// are no part of an experiment. What is simulated then is how the law of the limit is kept. The
// errors are those of StationaryStates; without a state there it is a *bnn.InputError.
func AtRest(ctx context.Context, network *bnn.Network) (*bnn.Network, error) {
	states, err := theory.StationaryStates(ctx, network)
	if err != nil {
		return nil, err
	}
	if len(states) == 0 {
		return nil, &bnn.InputError{Path: "network", Value: "no state at rest", Allowed: "one or more"}
	}
	return StartingAt(network, states[0].Mean, states[0].Variance), nil
}
