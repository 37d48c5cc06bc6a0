package simulate

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// A plan is what all replicas of a network at one size share.
type plan struct {
	network   *bnn.Network
	n         int
	counts    []int // neurons a population
	sources   []int // neurons a feedforward source
	times     []float64
	startMean []float64
}

// maxSimulated keeps the numbers of neurons in 32 bits.
const maxSimulated = 1<<31 - 1

func newPlan(ctx context.Context, network *bnn.Network, n int, times []float64) (*plan, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if err := bnn.CheckTimes(times); err != nil {
		return nil, err
	}
	p := &plan{network: network, n: n, times: times}
	var err error
	if p.counts, p.sources, err = network.Counts(n); err != nil {
		return nil, err
	}
	for a, count := range p.counts {
		if count > maxSimulated {
			return nil, &bnn.InputError{Path: "n", Value: fmt.Sprint(n), Allowed: fmt.Sprintf("a size at which populations[%d] has at most %d neurons, that a simulation can number", a, maxSimulated)}
		}
	}
	p.startMean, err = theory.Start(ctx, network)
	return p, err
}
