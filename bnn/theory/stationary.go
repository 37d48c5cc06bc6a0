package theory

import (
	"cmp"
	"context"
	"iter"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/pieces"
	"balanced/bnn/internal/stationary"
)

// A BalancedState is a stationary state of the limit equations. Slices have one
// entry a population.
type BalancedState struct {
	Mean, Variance, Rate, Input []float64

	// Stability is the largest real part of the eigenvalues of S = W diag(F′) U: if
	// it is not negative, the balance of excitation and inhibition itself is unstable
	// and a finite network leaves the state at rate √n (theory.md §7 and §8).
	Stability float64
	// Frequency is the imaginary part of that eigenvalue: if it is positive, a pair leads,
	// and what is unstable oscillates at the angular frequency √n · Frequency (theory.md §8).
	Frequency float64
	// SlowStability is that of the limit equations linearised at the state, along the
	// balanced manifold: the rate, per synaptic time constant, at which a balanced
	// network returns (negative) or drifts away.
	SlowStability float64
	// SlowFrequency is the imaginary part of that eigenvalue, an angular frequency per
	// synaptic time constant.
	SlowFrequency float64
}

// StationaryStates looks for all stationary states of the limit equations, with
// every stimulus at rest: pulses off, sines at their baseline (theory.md §3). They solve
//
//	m = τ(I + Uψ),  K = (τ/2)(Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x + D²),  W F + b = 0
//
// by Newton's method. Where the rank of the weights is the number of populations or one less,
// as for two populations that have weights, and all rates rise with the potential (a rate of the
// caller's own says so as a bnn.IncreasingRate), the rates
// that balance lie on a line, and all states are found along it. Otherwise the method starts
// from several hundred points spread over the potentials and variances that the network can
// have, and over the potentials at which rates of the caller's own change, so that a state with a
// very small basin may be missed. How the network starts does not matter. The
// states come by decreasing mean of the first population; there may be none. A
// feedforward drive outside the range of the weights is a *NotBalancedError, a shared source
// outside of it an *InputError, and the end of the context its cause.
//
// Along a line the cost is some hundred rates and means of each population: a millisecond for
// two. From several hundred points it is a few thousand solutions of a linear system of P + r
// unknowns for P populations and rank r: 35 milliseconds for four populations of rank 1, and
// about in proportion to P from there.
func StationaryStates(ctx context.Context, network *bnn.Network) ([]BalancedState, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	m, err := manifold.New(ctx, network.AtRest())
	if err != nil {
		return nil, err
	}
	if err := m.CheckShared(); err != nil {
		return nil, err
	}
	if outside := m.Unbalanceable(m.Drive(0)); outside > 0 {
		return nil, outsideRange(0, m.Network.Initial.Mean, m.Network.Initial.Variances(), outside)
	}
	search := stationary.NewSearch(m)
	return statesFrom(ctx, search, search.Starts())
}

// statesFrom are those to which Newton's method leads from the starts.
func statesFrom(ctx context.Context, s *stationary.Search, starts iter.Seq[[]float64]) ([]BalancedState, error) {
	var states []BalancedState
	for start := range starts {
		mean, variance, ok, err := s.Solve(ctx, start)
		if err != nil {
			return nil, err
		}
		if !ok || slices.ContainsFunc(states, func(s BalancedState) bool { return s.near(mean, variance) }) {
			continue
		}
		state, ok, err := describe(ctx, s.Manifold, mean, variance)
		if err != nil {
			return nil, err
		}
		if ok {
			states = append(states, state)
		}
	}
	slices.SortFunc(states, func(a, b BalancedState) int { return -cmp.Compare(a.Mean[0], b.Mean[0]) })
	return states, nil
}

func (s BalancedState) near(mean, variance []float64) bool {
	const same = 1e-6
	for a := range mean {
		if math.Abs(mean[a]-s.Mean[a]) > same*(1+math.Abs(mean[a])) || math.Abs(variance[a]-s.Variance[a]) > same*(1+variance[a]) {
			return false
		}
	}
	return true
}

// describe completes a stationary state; it fails where S is singular, and where all
// rates are so near their bounds that they balance by rounding only.
func describe(ctx context.Context, m *manifold.Manifold, mean, variance []float64) (BalancedState, bool, error) {
	state := slices.Concat(mean, variance)
	piece := equations.NewLimit(m, pieces.Interval{Start: 0, End: 0}, state)
	slopes := make([]float64, len(state))
	p := len(mean)
	e, input, err := piece.Derivatives(0, mean, variance, slopes[:p], slopes[p:])
	if err != nil || m.Saturated(e) {
		return BalancedState{}, false, nil
	}
	fast, err := linear.Patiently(ctx, m.Rank, func() complex128 { return m.Leading(e) })
	if err != nil {
		return BalancedState{}, false, err
	}
	slow, err := piece.SlowEigenvalue(ctx, e)
	if ctx.Err() != nil {
		return BalancedState{}, false, context.Cause(ctx)
	}
	if err != nil {
		return BalancedState{}, false, nil
	}
	rates := make([]float64, p)
	for a := range rates {
		rates[a] = e[a].Value
	}
	return BalancedState{Mean: mean, Variance: variance, Rate: rates, Input: input,
		Stability: real(fast), Frequency: imag(fast), SlowStability: real(slow), SlowFrequency: imag(slow)}, true, nil
}
