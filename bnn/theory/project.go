package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn/internal/linear"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
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
// The error is a *NotBalancedError when b lies outside the range of the weights, when
// the means run away or the rates die out on the way, or when the start is a tipping point;
// a *BalanceLostError when the means go on oscillating, on a cycle or from a balanced state
// that a complex pair makes unstable (theory.md §8); and the cause of the context. The cost is
// a few hundred evaluations of F, and some thousands for an oscillation.
func Project(ctx context.Context, network *bnn.Network, t float64, mean, variance []float64) ([]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if len(mean) != len(network.Populations) || len(variance) != len(network.Populations) {
		return nil, &bnn.InputError{Path: "mean, variance", Value: fmt.Sprintf("%d and %d values", len(mean), len(variance)),
			Allowed: fmt.Sprintf("one value a population: %d", len(network.Populations))}
	}
	m, err := newManifold(ctx, network)
	if err != nil {
		return nil, err
	}
	return m.project(ctx, t, mean, variance)
}

func (m *manifold) project(ctx context.Context, t float64, mean, variance []float64) ([]float64, error) {
	p := projection{manifold: m, time: t, drive: m.drive(t), mean: mean, variance: variance}
	if outside := m.unbalanceable(p.drive); outside > 0 {
		return nil, m.outsideRange(t, mean, variance, outside)
	}
	if m.rank == 0 {
		return append([]float64(nil), mean...), nil
	}
	// In the tails of the rates little force is left, where a balance is still far; Newton's
	// method may then come to one that is unstable, to which no flow leads unless it starts there.
	const finest = 1e-12
	flow := m.newFastFlow(p.drive, mean, variance)
	for ; ; flow.settled /= 100 {
		end, err := flow.follow(ctx, make([]float64, m.rank))
		if err != nil {
			return nil, err
		}
		projected, err := p.arrive(ctx, end)
		var refused *NotBalancedError
		if flow.settled <= finest || !errors.As(err, &refused) || refused.Fate != Tipping {
			return projected, err
		}
	}
}

// arrive returns the means that balance where the fast flow came to an end, or says why none do.
func (p projection) arrive(ctx context.Context, end outcome) ([]float64, error) {
	if end.ending == settled {
		projected, ok := p.polish(p.drive, end.mean, p.variance)
		if !ok {
			end.ending = faded
			return nil, p.refuse(end)
		}
		e := p.expectations(projected, p.variance)
		leading, err := patiently(ctx, p.rank, func() complex128 { return p.leading(e) })
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
		pushed := p.newFastFlow(p.drive, projected, p.variance)
		if end, err = pushed.follow(ctx, pushed.push()); err != nil {
			return nil, err
		}
	}
	return nil, p.refuse(end)
}

// A projection is a question of where the means go, from which there may be no way to a balance.
type projection struct {
	*manifold
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
func (m *manifold) outsideRange(t float64, mean, variance []float64, outside float64) error {
	return &NotBalancedError{Time: t, Fate: Unbalanced, Mean: slices.Clone(mean), Variance: slices.Clone(variance), Reason: fmt.Sprintf(
		"a part of the feedforward drive b, of size %.3g, lies outside the range of the weights B, where no recurrent input can cancel it", outside)}
}

// impossibleRate finds a population that cannot fire at the rate that balance demands of
// it, which is known when B is invertible: F = −B⁻¹b (theory.md §3).
func (m *manifold) impossibleRate(b []float64) (population int, rate float64, impossible bool) {
	rates, ok := m.demandedRates(b)
	if !ok {
		return 0, 0, false
	}
	for a, population := range m.network.Populations {
		if rate := rates[a]; rate <= 0 || rate >= population.Rate.Bound() {
			return a, rate + 0, true // −0 + 0 is 0
		}
	}
	return 0, 0, false
}

// demandedRates returns −B⁻¹b, if B is invertible.
func (m *manifold) demandedRates(b []float64) ([]float64, bool) {
	if m.rank < len(b) {
		return nil, false
	}
	rates := mat.NewVecDense(len(b), nil)
	if rates.SolveVec(m.b, mat.NewVecDense(len(b), b)) != nil {
		return nil, false
	}
	rates.ScaleVec(-1, rates)
	return rates.RawVector().Data, true
}

func difference(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

// polish moves means that are nearly balanced onto the manifold, along U, by
// Newton's method. It returns false when the iteration does not converge, as in the
// tail of a sigmoid where each step is as long as the one before.
func (m *manifold) polish(b, mean, variance []float64) ([]float64, bool) {
	x := append([]float64(nil), mean...)
	if m.rank == 0 {
		return x, true
	}
	s := linear.New(m.rank)
	previous := math.Inf(1)
	for range 50 {
		e := m.expectations(x, variance)
		step := m.imbalance(e, b)
		m.fillSensitivity(s.Matrix, e)
		s.Factorise()
		if !s.Solve(step) {
			return x, false
		}
		size := norm(step)
		if size > 1+norm(x) {
			return x, false
		}
		for a, move := range m.along(step) {
			x[a] -= move
		}
		// Quadratic convergence ends in rounding, where a step no longer shrinks.
		if size <= 1e-9*(1+norm(x)) && (size == 0 || size >= previous/4) {
			return x, true
		}
		previous = size
	}
	return x, previous <= 1e-12*(1+norm(x))
}
