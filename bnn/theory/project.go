package theory

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

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
		return nil, m.outsideRange(t, mean, outside)
	}
	if m.rank == 0 {
		return append([]float64(nil), mean...), nil
	}
	flow := m.newFastFlow(p.drive, mean, variance)
	end, err := flow.follow(ctx, make([]float64, m.rank))
	if err != nil {
		return nil, err
	}
	if end.ending == settled {
		projected, ok := m.polish(p.drive, end.mean, variance)
		if !ok {
			end.ending = faded
			return nil, p.refuse(end)
		}
		leading, err := patiently(ctx, m.rank, func() complex128 { return m.leading(m.expectations(projected, variance)) })
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
		pushed := m.newFastFlow(p.drive, projected, variance)
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
	return &NotBalancedError{Time: p.time, Fate: fate, Reason: reason, Mean: at}
}

// refuse says why there is no balance, from how the fast flow ended.
func (p projection) refuse(end outcome) error {
	unstable, found := p.unstablePair()
	if found {
		pair := fmt.Sprintf("the balanced state nearest to %s is unstable by a complex pair of S, with growth √n · %.9g and angular frequency √n · %.9g",
			p.start(), unstable.Stability, unstable.Frequency)
		switch end.ending {
		case cycling:
			unstable.Reason = fmt.Sprintf("%s; the network goes round a cycle of angular frequency √n · %.4g", pair, end.frequency)
			return unstable
		case settled:
			unstable.Reason = pair + "; the slightest push leaves it"
			return unstable
		case restless:
			unstable.Reason = pair + "; the network finds no rest"
			return unstable
		}
		fate, reason := p.escape(end)
		return p.notBalanced(fate, end.mean, pair+"; "+reason)
	}
	if end.ending == cycling {
		return &BalanceLostError{Kind: Oscillation, Time: p.time, Frequency: end.frequency, Mean: end.mean, Variance: slices.Clone(p.variance),
			Reason: fmt.Sprintf("from %s the means go round a cycle and come to no balanced state", p.start())}
	}
	if end.ending == faded && norm(difference(end.mean, p.mean)) == 0 {
		return p.notBalanced(Unbalanced, end.mean, "S = W diag(F′) U is singular: the rates do not respond to the potentials, so that nothing keeps a balance")
	}
	if end.ending == restless {
		return p.notBalanced(Unbalanced, end.mean, strings.TrimPrefix(p.impossible()+"; ", "; ")+
			"the fast dynamics along the weights do not come to rest, nor to a cycle")
	}
	fate, reason := p.escape(end)
	if why := p.impossible(); why != "" {
		reason = why + "; " + reason
		if fate != Runaway && norm(p.drive) > 0 {
			fate = Unbalanced // neither wins: the drive asks for what there is not
		}
	}
	return p.notBalanced(fate, end.mean, reason)
}

// unstablePair finds the balanced state that a complex pair of S makes unstable: of full
// rank there is one only, wherever the start is, and otherwise it is looked for close to that.
func (p projection) unstablePair() (*BalanceLostError, bool) {
	const close = 0.01
	if p.rank < 2 {
		return nil, false
	}
	state, ok := p.soleBalance()
	if !ok {
		state, ok = p.polish(p.drive, p.mean, p.variance)
		ok = ok && norm(difference(state, p.mean)) <= close*(1+norm(p.mean))
	}
	if !ok {
		return nil, false
	}
	leading := p.leading(p.expectations(state, p.variance))
	if real(leading) < 0 || imag(leading) == 0 {
		return nil, false
	}
	return &BalanceLostError{Kind: Oscillation, Time: p.time, Frequency: imag(leading), Stability: real(leading),
		Mean: state, Variance: slices.Clone(p.variance)}, true
}

// soleBalance returns the means at which all populations fire at the rates F = −B⁻¹b that
// balance demands, which are known when B is invertible; rates rise with the mean, so that there
// are no others.
func (p projection) soleBalance() ([]float64, bool) {
	rates, ok := p.demandedRates(p.drive)
	if _, _, impossible := p.impossibleRate(p.drive); !ok || impossible {
		return nil, false
	}
	means := make([]float64, len(rates))
	for a, population := range p.network.Populations {
		rate := func(mean float64) float64 { return population.Rate.Expectation(mean, p.variance[a]).Value }
		low, high := p.mean[a], p.mean[a]
		for width := 1.0; rate(low) > rates[a]; width *= 2 {
			if low -= width; math.IsInf(low, 0) {
				return nil, false
			}
		}
		for width := 1.0; rate(high) < rates[a]; width *= 2 {
			if high += width; math.IsInf(high, 0) {
				return nil, false
			}
		}
		for range 200 { // halves whatever there is down to neighbouring numbers
			middle := low + (high-low)/2
			if rate(middle) < rates[a] {
				low = middle
			} else {
				high = middle
			}
		}
		means[a] = high
	}
	return means, true
}

// escape says where the means go that leave every bound, or whose rates saturate.
func (p projection) escape(end outcome) (Fate, string) {
	up, down := p.ways(end.mean)
	excited := slices.ContainsFunc(up, func(a int) bool { return p.excites(a) })
	from := "from " + p.start()
	switch {
	case len(down) == 0:
		return Runaway, fmt.Sprintf("excitation wins: %s the means run away upward along the weights and reach no zero of W F + β", from)
	case len(up) == 0 && len(down) == len(p.mean):
		return Silent, fmt.Sprintf("inhibition wins: %s the means fall along the weights, the rates die out and no zero of W F + β is reached", from)
	}
	reason := from + " the mean of " + p.names(down) + " falls without bound"
	if len(up) > 0 {
		reason = from + " the mean of " + p.names(up) + " rises without bound and that of " + p.names(down) + " falls"
	}
	if excited {
		return Runaway, "excitation wins: " + reason
	}
	return Unbalanced, reason
}

// ways lists the populations whose means have gone far up and far down: by more than a
// thousandth of the largest move.
func (p projection) ways(reached []float64) (up, down []int) {
	moves := difference(reached, p.mean)
	largest := 0.0
	for _, move := range moves {
		largest = math.Max(largest, math.Abs(move))
	}
	for a, move := range moves {
		switch {
		case move > largest/1000:
			up = append(up, a)
		case move < -largest/1000:
			down = append(down, a)
		}
	}
	return up, down
}

// excites tells whether a population has positive weights.
func (p projection) excites(b int) bool {
	return slices.ContainsFunc(p.network.Weights, func(row []float64) bool { return row[b] > 0 })
}

func (p projection) names(populations []int) string {
	var names []string
	for _, a := range populations {
		names = append(names, p.network.Populations[a].Name)
	}
	return strings.Join(names, ", ")
}

// impossible says which rate cannot be had, if one is demanded that cannot.
func (p projection) impossible() string {
	if p.rank == len(p.mean) && norm(p.drive) == 0 {
		return "with weights of full rank and no drive a network can only be balanced at rates 0"
	}
	population, rate, impossible := p.impossibleRate(p.drive)
	if !impossible {
		return ""
	}
	return fmt.Sprintf("with these weights balance needs %s to fire at rate %.4g, and it can only do so above 0 and below %g",
		p.network.Populations[population].Name, rate, p.network.Populations[population].Rate.Bound())
}

// outsideRange is the error for a drive that no recurrent input can cancel.
func (m *manifold) outsideRange(t float64, mean []float64, outside float64) error {
	return &NotBalancedError{Time: t, Fate: Unbalanced, Mean: append([]float64(nil), mean...), Reason: fmt.Sprintf(
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
