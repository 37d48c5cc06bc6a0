package equations

import (
	"context"
	"errors"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
)

// A Limit is the limit equations between two jumps of the stimuli. Its states
// are the P means followed by the P variances.
type Limit struct {
	*manifold.Manifold
	pieces.Interval
	s *linear.Factors // of the last S
	// determinant is the sign of det S where the last step ended. A step that would
	// change it has crossed a fold.
	determinant float64
	current     bool // s has that sign
	watch       balanceWatch
	certificate *stabilityCertificate

	// What Derivatives finds, and returns until it is called again.
	e                           []bnn.Expectation
	rates, bSlope, drift, input []float64 // F, b′, ψ and Uψ
}

// NewLimit prepares for an interval that begins in a state on the manifold, or is only asked for
// Derivatives there.
func NewLimit(m *manifold.Manifold, interval pieces.Interval, state []float64) *Limit {
	p := len(state) / 2
	piece := &Limit{Manifold: m, Interval: interval, e: make([]bnn.Expectation, p), rates: make([]float64, p),
		bSlope: make([]float64, p), drift: make([]float64, m.Rank), input: make([]float64, p)}
	if m.Rank > 0 {
		e := m.Expectations(state[:p], state[p:])
		piece.s = linear.New(m.Rank)
		piece.determinant = piece.factorise(e)
		piece.current = piece.determinant != 0
		piece.watch.value = m.Stability(e)
	}
	return piece
}

// factorise prepares for solving with S, and returns the sign of its determinant.
func (l *Limit) factorise(e []bnn.Expectation) float64 {
	l.FillSensitivity(l.s.Matrix, e)
	l.s.Factorise()
	return l.s.Sign()
}

// solve replaces x by S⁻¹x, and tells whether S is on the same side of a fold as where the
// piece began.
func (l *Limit) solve(e []bnn.Expectation, x []float64) bool {
	if l.Rank >= manyRanks && l.current && l.solveNearby(e, x) {
		return true
	}
	l.current = l.determinant*l.factorise(e) > 0
	return l.current && l.s.Solve(x)
}

// ErrFold refuses a state on the other side of a fold from where the interval began.
var ErrFold = errors.New("det S changes sign")

// Slope is the right-hand side of theory.md §3, which refuses to go on once the context
// has ended.
func (l *Limit) Slope(ctx context.Context) ode.Func {
	return func(t float64, state, slope []float64) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		p := len(state) / 2
		_, _, err := l.Derivatives(t, state[:p], state[p:], slope[:p], slope[p:])
		return err
	}
}

// Derivatives writes the derivatives of means and variances, and returns the
// expectations and the remaining input Uψ, which it overwrites when it is called again. The error is ErrFold.
func (l *Limit) Derivatives(t float64, mean, variance, meanSlope, varianceSlope []float64) ([]bnn.Expectation, []float64, error) {
	t = l.Clamp(t)
	e := l.e
	l.FillExpectations(e, mean, variance)
	for a, population := range l.Network.Populations {
		l.rates[a] = e[a].Value
		meanSlope[a] = -mean[a]/population.Tau + population.External().At(t)
		varianceSlope[a] = -2 * variance[a] / population.Tau
	}
	l.AddNoiseOf(varianceSlope, t, l.rates)
	if l.Rank == 0 {
		return e, l.input, nil
	}
	// ψ solves S ψ = −[ W diag(F′)(−m/τ + I) + ½ W diag(F″) K′ + β′ ].
	clear(l.bSlope)
	l.AddFeedforward(l.bSlope, func(s bnn.Stimulus) float64 {
		if l.End > l.Start {
			return bnn.SlopeWithin(s, t, l.Start, l.End)
		}
		return bnn.Slope(s, t)
	})
	drift := l.drift
	l.FillCoordinates(drift, l.bSlope)
	for i := range drift {
		for a, entry := range l.W.RawRowView(i) {
			drift[i] += entry * (e[a].First*meanSlope[a] + e[a].Second*varianceSlope[a]/2)
		}
		drift[i] = -drift[i]
	}
	if !l.solve(e, drift) {
		return nil, nil, ErrFold
	}
	l.FillAlong(l.input, drift)
	for a := range meanSlope {
		meanSlope[a] += l.input[a]
	}
	return e, l.input, nil
}
