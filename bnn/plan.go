package bnn

import (
	"context"
	"fmt"
)

// A plan is what all replicas of a network at one size share.
type plan struct {
	network   *Network
	n         int
	counts    []int // neurons a population
	sources   []int // neurons a feedforward source
	times     []float64
	startMean []float64
}

// maxSimulated keeps the numbers of neurons in 32 bits.
const maxSimulated = 1<<31 - 1

func newPlan(ctx context.Context, network *Network, n int, times []float64) (*plan, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := checkTimes(times); err != nil {
		return nil, err
	}
	p := &plan{network: network, n: n, times: times}
	var err error
	if p.counts, p.sources, err = network.counts(n); err != nil {
		return nil, err
	}
	for a, count := range p.counts {
		if count > maxSimulated {
			return nil, &InputError{Path: "n", Value: fmt.Sprint(n), Allowed: fmt.Sprintf("a size at which populations[%d] has at most %d neurons, that a simulation can number", a, maxSimulated)}
		}
	}
	p.startMean, err = network.startMean(ctx)
	return p, err
}

// startMean returns the means from which a network starts, at any size: its initial law does
// not depend on n, and if it asks to be projected it is so onto the balanced manifold of the
// limit. The error is a *NotBalancedError when that cannot be, or the cause of the context.
func (network *Network) startMean(ctx context.Context) ([]float64, error) {
	initial := network.Initial
	if !initial.Project {
		return initial.Mean, nil
	}
	return abandonable(ctx, func() ([]float64, error) {
		m, err := newManifold(network)
		if err != nil {
			return nil, err
		}
		return m.project(ctx, 0, initial.Mean, initial.Variance)
	})
}
