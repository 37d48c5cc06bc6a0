package theory

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
)

// A NotBalancedError tells that a network has no balanced state to go to: its
// inputs diverge like √n (theory.md §2 and §7).
type NotBalancedError struct {
	Time   float64 // when, in synaptic time constants
	Fate   Fate    // what becomes of the network
	Reason string  // why, in words
	// Mean and Variance are the state in which the network is left, one entry a population:
	// where its fast motion was followed to, or where its rates died out.
	Mean, Variance []float64
}

// A Fate is what becomes of a network that has no balanced state to go to.
type Fate string

const (
	Runaway    Fate = "runaway"    // excitation wins, and the means rise like √n
	Silent     Fate = "silent"     // inhibition wins, and the rates die out
	Tipping    Fate = "tipping"    // it stands on an unstable balance, which the slightest push ends
	Unbalanced Fate = "unbalanced" // no rates balance its inputs, or the means find no rest
)

func (e *NotBalancedError) Error() string {
	return fmt.Sprintf("no balanced state at time %g: %s", e.Time, e.Reason)
}

// Project returns the means to which a large network relaxes from the given means
// within a time of order n^{-1/2}, at fixed variances and with the feedforward rates
// of time t: a zero of W F(m, K) + β on m = mean + U s, reached by following
// ds/dθ = W F + β (theory.md §2). Where several zeros exist this is the one that
// the network goes to. Means and variances have one entry a population.
//
// Potentials are Gaussian here, with any rates and spread thresholds, whatever the initial law of
// the network; Start projects a mixture, whose components move together.
//
// The error is a *NotBalancedError when b lies outside the range of the weights, when
// the means run away or the rates die out on the way, or when the start is a tipping point;
// a *BalanceLostError when the means go on oscillating, on a cycle or from a balanced state
// that a complex pair makes unstable (theory.md §8); and the cause of the context. The cost is
// a few hundred evaluations of F, and some thousands for an oscillation; with weights of rank 1,
// where the next zero on a line is looked for, mostly ten.
func Project(ctx context.Context, network *bnn.Network, t float64, mean, variance []float64) ([]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if len(mean) != len(network.Populations) || len(variance) != len(network.Populations) {
		return nil, &bnn.InputError{Path: "mean, variance", Value: fmt.Sprintf("%d and %d values", len(mean), len(variance)),
			Allowed: fmt.Sprintf("one value a population: %d", len(network.Populations))}
	}
	m, err := manifold.New(ctx, network)
	if err != nil {
		return nil, err
	}
	return project(ctx, m, t, mean, variance)
}

// project is Project on a manifold, for valid input.
func project(ctx context.Context, m *manifold.Manifold, t float64, mean, variance []float64) ([]float64, error) {
	p := projection{Manifold: m, time: t, drive: m.Drive(t), mean: mean, variance: variance}
	if outside := m.Unbalanceable(p.drive); outside > 0 {
		return nil, outsideRange(t, mean, variance, outside)
	}
	if m.Rank == 0 {
		return append([]float64(nil), mean...), nil
	}
	// In the tails of the rates little force is left, where a balance is still far; Newton's
	// method may then come to one that is unstable, to which no flow leads unless it starts there.
	const finest = 1e-12
	flow := m.NewFastFlow(p.drive, mean, variance)
	for ; ; flow.Settled /= 100 {
		end, err := flow.Follow(ctx, make([]float64, m.Rank))
		if err != nil {
			return nil, err
		}
		projected, err := p.arrive(ctx, end)
		var refused *NotBalancedError
		if flow.Settled <= finest || !errors.As(err, &refused) || refused.Fate != Tipping {
			return projected, err
		}
	}
}

// arrive returns the means that balance where the fast flow came to an end, or says why none do.
func (p projection) arrive(ctx context.Context, end manifold.Outcome) ([]float64, error) {
	if end.Ending == manifold.Settled {
		projected, ok := p.Polish(p.drive, end.Mean, p.variance)
		if !ok {
			end.Ending = manifold.Faded
			return nil, p.refuse(end)
		}
		e := p.Expectations(projected, p.variance)
		leading, err := linear.Patiently(ctx, p.Rank, func() complex128 { return p.Leading(e) })
		switch {
		case err != nil:
			return nil, err
		case real(leading) < 0:
			return projected, nil
		case imag(leading) == 0:
			return nil, p.notBalanced(Tipping, projected, fmt.Sprintf(
				"%s is a balanced state but an unstable one (stability %.3g): the slightest push leaves it", p.start(), real(leading)))
		}
		// The slightest push away from it tells what becomes of the network.
		p.mean = projected
		pushed := p.NewFastFlow(p.drive, projected, p.variance)
		if end, err = pushed.Follow(ctx, pushed.Push()); err != nil {
			return nil, err
		}
	}
	return nil, p.refuse(end)
}

// A projection is a question of where the means go, from which there may be no way to a balance.
type projection struct {
	*manifold.Manifold
	time                  float64
	drive, mean, variance []float64
}

// start says which state is spoken of.
func (p projection) start() string {
	if p.time == 0 {
		return "the start"
	}
	return fmt.Sprintf("the state at time %.9g", p.time)
}

func (p projection) notBalanced(fate Fate, at []float64, reason string) error {
	return &NotBalancedError{Time: p.time, Fate: fate, Reason: reason, Mean: at, Variance: slices.Clone(p.variance)}
}

// outsideRange is the error for a drive that no recurrent input can cancel.
func outsideRange(t float64, mean, variance []float64, outside float64) error {
	return &NotBalancedError{Time: t, Fate: Unbalanced, Mean: slices.Clone(mean), Variance: slices.Clone(variance), Reason: fmt.Sprintf(
		"a part of the feedforward drive b, of size %.3g, lies outside the range of the weights B, where no recurrent input can cancel it", outside)}
}
