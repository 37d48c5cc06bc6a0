package bnn

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A BalancedState is a stationary state of the limit equations. Slices have one
// entry a population.
type BalancedState struct {
	Mean, Variance, Rate, Input []float64

	// Stability is the largest real part of the eigenvalues of S = W diag(F′) U: if
	// it is not negative, the balance of excitation and inhibition itself is unstable
	// and a finite network leaves the state at rate √n (a tipping point, theory.md §7).
	Stability float64
	// SlowStability is that of the limit equations linearised at the state, along the
	// balanced manifold: the rate, per synaptic time constant, at which a balanced
	// network returns (negative) or drifts away.
	SlowStability float64
}

// StationaryStates looks for all stationary states of the limit equations, with
// every stimulus at rest: pulses off, sines at their baseline (theory.md §3). It
// starts Newton's method for
//
//	m = τ(I + Uψ),  K = (τ/2)(Σ_b q_b J_ab² F_b + Σ_x q_x J_ax² ν_x + D²),  W F + b = 0
//
// from several hundred points spread over the potentials and variances that the
// network can have, so that a state with a very small basin may be missed. The
// states come by decreasing mean of the first population; there may be none. A
// feedforward drive outside the range of the weights is a *NotBalancedError. The cost
// is a few thousand solutions of a linear system of twice as many unknowns as
// populations.
func StationaryStates(network *Network) ([]BalancedState, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	m, err := newManifold(network.atRest())
	if err != nil {
		return nil, err
	}
	if outside := m.unbalanceable(m.drive(0)); outside > 0 {
		return nil, m.outsideRange(0, m.network.Initial.Mean, outside)
	}
	search := newStationarySearch(m)
	var states []BalancedState
	for i := range search.starts() {
		mean, variance, ok := search.solve(search.startingPoint(i))
		if !ok || slices.ContainsFunc(states, func(s BalancedState) bool { return s.near(mean, variance) }) {
			continue
		}
		if state, ok := m.describe(mean, variance); ok {
			states = append(states, state)
		}
	}
	slices.SortFunc(states, func(a, b BalancedState) int { return -cmp.Compare(a.Mean[0], b.Mean[0]) })
	return states, nil
}

// atRest returns the network with every stimulus constant at its rest.
func (n *Network) atRest() *Network {
	rest := *n
	rest.Populations = slices.Clone(n.Populations)
	for a := range rest.Populations {
		rest.Populations[a].Stimulus = ConstantStimulus{Value: n.Populations[a].Input().Rest()}
	}
	rest.Feedforward = slices.Clone(n.Feedforward)
	for x := range rest.Feedforward {
		rest.Feedforward[x].Rate = ConstantStimulus{Value: n.Feedforward[x].Rate.Rest()}
	}
	return &rest
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
func (m *manifold) describe(mean, variance []float64) (BalancedState, bool) {
	state := slices.Concat(mean, variance)
	piece := newLimitPiece(m, interval{0, 0}, state)
	slopes := make([]float64, len(state))
	p := len(mean)
	e, input, err := piece.equations(0, mean, variance, slopes[:p], slopes[p:])
	if err != nil {
		return BalancedState{}, false
	}
	slow, ok := piece.slowStability(state, e)
	if !ok || m.saturated(e) {
		return BalancedState{}, false
	}
	rates := make([]float64, p)
	for a := range rates {
		rates[a] = e[a].Value
	}
	return BalancedState{Mean: mean, Variance: variance, Rate: rates, Input: input,
		Stability: m.stability(e), SlowStability: slow}, true
}

// saturated tells whether no population answers to its mean, where it could.
func (m *manifold) saturated(e []Expectation) bool {
	const leastGain = 1e-12
	for b, population := range m.network.Populations {
		if e[b].First > leastGain*population.Rate.Bound() {
			return false
		}
	}
	return m.rank > 0
}

// slowStability linearises the limit equations by central differences, and keeps the
// directions along the manifold: those are invariant, since W F + β is conserved.
func (l *limitPiece) slowStability(state []float64, e []Expectation) (float64, bool) {
	d, p := len(state), len(state)/2
	jacobian := mat.NewDense(d, d, nil)
	up, down, shifted := make([]float64, d), make([]float64, d), make([]float64, d)
	for c := range d {
		h := 1e-5 * (1 + math.Abs(state[c]))
		if c >= p {
			h = math.Min(h, state[c]/2)
		}
		if h == 0 {
			continue // a variance that nothing feeds stays zero
		}
		copy(shifted, state)
		shifted[c] = state[c] + h
		errUp := l.slope(0, shifted, up)
		shifted[c] = state[c] - h
		errDown := l.slope(0, shifted, down)
		if errUp != nil || errDown != nil {
			return 0, false
		}
		for r := range d {
			jacobian.Set(r, c, (up[r]-down[r])/(2*h))
		}
	}
	if l.rank == 0 {
		return largestRealPart(jacobian), true
	}
	normal := mat.NewDense(l.rank, d, nil)
	for i := range l.rank {
		for a := range p {
			normal.Set(i, a, l.w.At(i, a)*e[a].First)
			normal.Set(i, p+a, l.w.At(i, a)*e[a].Second/2)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(normal, mat.SVDFull) {
		return 0, false
	}
	var right mat.Dense
	svd.VTo(&right)
	tangent := right.Slice(0, d, l.rank, d)
	var moved, reduced mat.Dense
	moved.Mul(jacobian, tangent)
	reduced.Mul(tangent.T(), &moved)
	return largestRealPart(&reduced), true
}
