// Package response is how a balanced network answers to stimuli and to a drive: where it rests before, how its rates follow, linearly and
// where they cannot (theory.md §24), and by how much those of a finite network lag behind a drive that moves (§17).
package response

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// AtRest returns a copy of a network that starts where n neurons rest: the first stationary state of
// the limit for n = 0, and else where the finite-n equations are 40 times the longest membrane time constant after it. The stimuli are those that
// the network has, which should be constant. Means and variances are rounded to 1e-6: the last
// digits of a solver are no part of an experiment, and would change the random numbers of a simulation.
// Errors are those of theory.StationaryStates and theory.FiniteSize; a network without any
// balanced state at rest, and a negative n, are a *bnn.InputError.
func AtRest(ctx context.Context, network *bnn.Network, n int) (*bnn.Network, error) {
	if n < 0 {
		return nil, &bnn.InputError{Path: "n", Value: fmt.Sprint(n), Allowed: "a number ≥ 0, 0 for the limit"}
	}
	states, err := theory.StationaryStates(ctx, network)
	if err != nil {
		return nil, err
	}
	if len(states) == 0 {
		return nil, &bnn.InputError{Path: "network", Value: network.Name, Allowed: "one with a balanced state at rest"}
	}
	rested := from(network, states[0].Mean, states[0].Variance)
	if n == 0 {
		return rested, nil
	}
	longest := 0.0
	for _, population := range network.Populations {
		longest = math.Max(longest, population.Tau)
	}
	finite, err := theory.FiniteSize(ctx, rested, n, []float64{40 * longest})
	if err != nil {
		return nil, err
	}
	return from(network, finite.Mean[0], finite.Variance[0]), nil
}

// OnOrbit returns a copy of a network under a drive of some period > 0 that starts where the limit
// is at the phase 0 of its periodic orbit, rounded as AtRest does. It follows the limit period by
// period until the state comes back to 1e-7, 200 times at most. A network that does not come back
// by then is a *bnn.InputError; other errors are those of theory.Limit.
func OnOrbit(ctx context.Context, network *bnn.Network, period float64) (*bnn.Network, error) {
	if !(period > 0) || math.IsInf(period, 0) {
		return nil, &bnn.InputError{Path: "period", Value: fmt.Sprint(period), Allowed: "a finite number > 0"}
	}
	const most, same = 200, 1e-7
	times := make([]float64, most+1)
	for i := range times {
		times[i] = float64(i) * period
	}
	for count := 10; ; count = min(2*count, most) {
		orbit, err := theory.Limit(ctx, network, times[:count+1])
		if err != nil {
			return nil, err
		}
		change := 0.0
		for a := range network.Populations {
			change = math.Max(change, math.Abs(orbit.Mean[count][a]-orbit.Mean[count-1][a]))
			change = math.Max(change, math.Abs(orbit.Variance[count][a]-orbit.Variance[count-1][a]))
		}
		if change <= same {
			return from(network, orbit.Mean[count], orbit.Variance[count]), nil
		}
		if count == most {
			return nil, &bnn.InputError{Path: "period", Value: fmt.Sprint(period), Allowed: "a period with which the network comes back, within 200 of them"}
		}
	}
}

// from is a copy of a network that starts at given moments, rounded.
func from(network *bnn.Network, mean, variance []float64) *bnn.Network {
	round := func(list []float64) (rounded []float64) {
		for _, x := range list {
			rounded = append(rounded, math.Round(1e6*x)/1e6)
		}
		return rounded
	}
	started := network.Clone()
	started.Initial = bnn.Initial{Mean: round(mean), Variance: round(variance)}
	return started
}
