package simulate

import (
	"context"
	"fmt"
	"sync"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/thinning"
	"balanced/bnn/theory"
)

// A plan is what all replicas of a network at one size share.
type plan struct {
	network     *bnn.Network
	fingerprint string // of the network: to tell it costs a pass over its text
	n           int
	counts      []int // neurons a population
	sources     []int // neurons a feedforward source
	times       []float64
	startMean   []float64

	leapOnce  sync.Once
	leapSized leap.Network // see leapNetwork

	curvesOnce sync.Once
	curves     []thinning.Curve // see thinningNetwork
}

// maxSimulated keeps the numbers of neurons in 32 bits.
const maxSimulated = 1<<31 - 1

func newPlan(ctx context.Context, network *bnn.Network, n int, times []float64) (*plan, error) {
	p, err := sizedPlan(network, n, times)
	if err != nil {
		return nil, err
	}
	return p, p.begin(ctx)
}

// sizedPlan checks what is given, once for all, and counts the neurons: what a cost needs.
func sizedPlan(network *bnn.Network, n int, times []float64) (*plan, error) {
	if err := bnn.CheckTimes(times); err != nil {
		return nil, err
	}
	if err := network.Validate(); err != nil {
		return nil, err
	}
	counts, sources, err := network.Counts(n)
	return &plan{network: network, n: n, counts: counts, sources: sources, times: times, startMean: network.Initial.Mean}, err
}

// begin finds what replicas need besides: the fingerprint that their streams come from, and
// where they start, which takes a time that grows like P³.
func (p *plan) begin(ctx context.Context) (err error) {
	for a, count := range p.counts {
		if count > maxSimulated {
			return &bnn.InputError{Path: "n", Value: fmt.Sprint(p.n), Allowed: fmt.Sprintf("a size at which populations[%d] has at most %d neurons, that a simulation can number", a, maxSimulated)}
		}
	}
	p.fingerprint = p.network.Fingerprint()
	p.startMean, err = theory.Start(ctx, p.network)
	return err
}
