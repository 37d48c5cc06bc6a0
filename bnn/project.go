package bnn

import (
	"errors"
	"fmt"
	"math"

	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/ode"

	"gonum.org/v1/gonum/mat"
)

// A NotBalancedError tells that a network has no balanced state to go to: its
// inputs diverge like √n (theory.md §2 and §7).
type NotBalancedError struct {
	Time   float64 // when, in synaptic time constants
	Fate   Fate    // what becomes of the network
	Reason string  // why, in words
	Mean   []float64
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
// the means run away or the rates die out on the way, or when the start is balanced
// but unstable. The cost is a few hundred evaluations of F.
func Project(network *Network, t float64, mean, variance []float64) ([]float64, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	if len(mean) != len(network.Populations) || len(variance) != len(network.Populations) {
		return nil, &InputError{Path: "mean, variance", Value: fmt.Sprintf("%d and %d values", len(mean), len(variance)),
			Allowed: fmt.Sprintf("one value a population: %d", len(network.Populations))}
	}
	m, err := newManifold(network)
	if err != nil {
		return nil, err
	}
	return m.project(t, mean, variance)
}

func (m *manifold) project(t float64, mean, variance []float64) ([]float64, error) {
	b := m.drive(t)
	refuse := func(fate Fate, at []float64, format string, values ...any) ([]float64, error) {
		return nil, &NotBalancedError{Time: t, Fate: fate, Reason: fmt.Sprintf(format, values...), Mean: at}
	}
	if outside := m.unbalanceable(b); outside > 0 {
		return nil, m.outsideRange(t, mean, outside)
	}
	if m.rank == 0 {
		return append([]float64(nil), mean...), nil
	}
	flow, ending, err := m.follow(b, mean, variance)
	if err != nil {
		return nil, err
	}
	if ending == settled {
		projected, ok := m.polish(b, flow, variance)
		if ok {
			if kappa := m.stability(m.expectations(projected, variance)); kappa >= 0 {
				return refuse(Tipping, projected, "the start is a balanced state but an unstable one (stability %.3g): the slightest push leaves it", kappa)
			}
			return projected, nil
		}
		ending = faded
	}
	switch {
	case ending == faded && norm(difference(flow, mean)) == 0:
		return refuse(Unbalanced, flow, "S = W diag(F′) U is singular: the rates do not respond to the potentials, so that nothing keeps a balance")
	case ending == wandering:
		if population, rate, impossible := m.impossibleRate(b); impossible {
			return refuse(Unbalanced, flow, "with these weights balance needs %s to fire at rate %.4g, and it can only do so between 0 and %g",
				m.network.Populations[population].Name, rate, m.network.Populations[population].Rate.Bound())
		}
		return refuse(Unbalanced, flow, "the fast dynamics along the weights do not come to rest: they oscillate, or part of the means runs away while others settle")
	case rises(mean, flow):
		return refuse(Runaway, flow, "excitation wins: from the start the means run away upward along the weights and reach no zero of W F + β")
	default:
		return refuse(Silent, flow, "inhibition wins: from the start the means fall along the weights, the rates die out and no zero of W F + β is reached")
	}
}

// outsideRange is the error for a drive that no recurrent input can cancel.
func (m *manifold) outsideRange(t float64, mean []float64, outside float64) error {
	return &NotBalancedError{Time: t, Fate: Unbalanced, Mean: append([]float64(nil), mean...), Reason: fmt.Sprintf(
		"a part of the feedforward drive b, of size %.3g, lies outside the range of the weights B, where no recurrent input can cancel it", outside)}
}

// impossibleRate finds a population that cannot fire at the rate that balance demands of
// it, which is known when B is invertible: F = −B⁻¹b (theory.md §3).
func (m *manifold) impossibleRate(b []float64) (population int, rate float64, impossible bool) {
	if m.rank < len(b) {
		return 0, 0, false
	}
	rates := mat.NewVecDense(len(b), nil)
	if rates.SolveVec(m.b, mat.NewVecDense(len(b), b)) != nil {
		return 0, 0, false
	}
	for a, population := range m.network.Populations {
		if rate := -rates.AtVec(a); rate <= 0 || rate >= population.Rate.Bound() {
			return a, rate + 0, true // −0 + 0 is 0
		}
	}
	return 0, 0, false
}

// rises tells whether the largest move between two vectors of means is upward.
func rises(from, to []float64) bool {
	largest := 0.0
	for _, move := range difference(to, from) {
		if math.Abs(move) > math.Abs(largest) {
			largest = move
		}
	}
	return largest > 0
}

func difference(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

// How the fast dynamics end.
type ending int

const (
	settled   ending = iota // W F + β became small
	faded                   // it became small only because the rates saturate
	escaped                 // the means left every bound
	wandering               // neither
)

// follow integrates ds/dθ = W F(mean + U s, K) + β until the imbalance is a
// hundred-thousandth of what the network can exert, and returns the means reached. An
// explicit method hovers around an equilibrium at the size of its tolerance, which is
// therefore far smaller than that.
func (m *manifold) follow(b, mean, variance []float64) ([]float64, ending, error) {
	const (
		settledFraction = 1e-5
		farAway         = 1e7
		manySteps       = 20_000
		longTime        = 1e15
	)
	scale := norm(b)
	for a, population := range m.network.Populations {
		for c := range m.rank {
			scale += math.Abs(m.w.At(c, a)) * population.Rate.Bound()
		}
	}
	at := func(s []float64) []float64 {
		x := m.along(s)
		for a := range x {
			x[a] += mean[a]
		}
		return x
	}
	flow := func(_ float64, s, slope []float64) error {
		copy(slope, m.imbalance(m.expectations(at(s), variance), b))
		return nil
	}
	solver := ode.NewDormandPrince(flow, 0, make([]float64, m.rank), ode.Tolerance{Relative: 1e-8, Absolute: 1e-8})
	slope := make([]float64, m.rank)
	for range manySteps {
		if err := flow(0, solver.State(), slope); err != nil {
			return nil, wandering, err
		}
		switch {
		case norm(slope) <= settledFraction*scale:
			return at(solver.State()), settled, nil
		case norm(solver.State()) > farAway*(1+norm(mean)) || solver.Time()*scale > longTime:
			return at(solver.State()), escaped, nil
		}
		if err := solver.Step(math.Inf(1)); err != nil {
			var short *ode.StepSizeError
			if errors.As(err, &short) || errors.Is(err, ode.ErrTooManySteps) {
				return at(solver.State()), wandering, nil
			}
			return nil, wandering, err
		}
	}
	return at(solver.State()), wandering, nil
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
