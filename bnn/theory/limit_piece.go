package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
)

// A limitPiece is the limit equations between two jumps of the stimuli. Its states
// are the P means followed by the P variances.
type limitPiece struct {
	*manifold.Manifold
	pieces.Interval
	s *linear.Factors // of the last S
	// determinant is the sign of det S where the last step ended. A step that would
	// change it has crossed a fold.
	determinant float64
	current     bool // s has that sign
	watch       balanceWatch
	certificate *stabilityCertificate
	steps       int // taken in this piece

	// What equations finds, and returns until it is called again.
	e                           []bnn.Expectation
	rates, bSlope, drift, input []float64 // F, b′, ψ and Uψ
}

func newLimitPiece(m *manifold.Manifold, interval pieces.Interval, state []float64) *limitPiece {
	p := len(state) / 2
	piece := &limitPiece{Manifold: m, Interval: interval, e: make([]bnn.Expectation, p), rates: make([]float64, p),
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
func (l *limitPiece) factorise(e []bnn.Expectation) float64 {
	l.FillSensitivity(l.s.Matrix, e)
	l.s.Factorise()
	return l.s.Sign()
}

// solve replaces x by S⁻¹x, and tells whether S is on the same side of a fold as where the
// piece began.
func (l *limitPiece) solve(e []bnn.Expectation, x []float64) bool {
	if l.Rank >= manyRanks && l.current && l.solveNearby(e, x) {
		return true
	}
	l.current = l.determinant*l.factorise(e) > 0
	return l.current && l.s.Solve(x)
}

var errFold = errors.New("det S changes sign")

// slope is the right-hand side of theory.md §3, which refuses to go on once the context
// has ended.
func (l *limitPiece) slope(ctx context.Context) ode.Func {
	return func(t float64, state, slope []float64) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		p := len(state) / 2
		_, _, err := l.equations(t, state[:p], state[p:], slope[:p], slope[p:])
		return err
	}
}

// equations writes the derivatives of means and variances, and returns the
// expectations and the remaining input Uψ, which it overwrites when it is called again.
func (l *limitPiece) equations(t float64, mean, variance, meanSlope, varianceSlope []float64) ([]bnn.Expectation, []float64, error) {
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
	l.AddFeedforward(l.bSlope, func(s bnn.Stimulus) float64 { return bnn.Slope(s, t) })
	drift := l.drift
	l.FillCoordinates(drift, l.bSlope)
	for i := range drift {
		for a, entry := range l.W.RawRowView(i) {
			drift[i] += entry * (e[a].First*meanSlope[a] + e[a].Second*varianceSlope[a]/2)
		}
		drift[i] = -drift[i]
	}
	if !l.solve(e, drift) {
		return nil, nil, errFold
	}
	l.FillAlong(l.input, drift)
	for a := range meanSlope {
		meanSlope[a] += l.input[a]
	}
	return e, l.input, nil
}

// record fills one row of the result from a state, moved onto the manifold first.
func (l *limitPiece) record(t float64, state []float64, result *bnn.Trajectory, row int) error {
	p := len(state) / 2
	b := l.Drive(l.Clamp(t))
	mean, variance := state[:p], state[p:]
	if polished, ok := l.polish(b, mean, variance); ok {
		mean = polished
	}
	slopes := make([]float64, 2*p)
	e, input, err := l.equations(t, mean, variance, slopes[:p], slopes[p:])
	if err != nil {
		return foldAt(t, mean, variance)
	}
	copy(result.Mean[row], mean)
	copy(result.Variance[row], variance)
	copy(result.Input[row], input)
	for a := range e {
		result.Rate[row][a] = e[a].Value
	}
	result.Stability[row] = l.Stability(e)
	result.Residual[row] = l.Residual(e, b)
	return nil
}

// stepped moves the state onto the manifold after a step that began at the given time, and
// checks that there still is one and that balance is kept on it; rows up to the time
// returned are of a balanced network. Projecting is what keeps the drift at rounding
// (E. Hairer, C. Lubich and G. Wanner, Geometric Numerical Integration, section IV.4).
func (l *limitPiece) stepped(ctx context.Context, solver *ode.DormandPrince, from float64) (until float64, ended error) {
	t, state := solver.Time(), solver.State()
	p := len(state) / 2
	l.steps++
	b := l.Drive(l.Clamp(t))
	if outside := l.Unbalanceable(b); outside > 0 {
		return t, outsideRange(t, state[:p], state[p:], outside)
	}
	if polished, ok := l.polish(b, state[:p], state[p:]); ok {
		copy(state, polished)
	}
	if l.Rank == 0 {
		return t, nil
	}
	e := l.Expectations(state[:p], state[p:])
	if diedOut(e) {
		return t, &NotBalancedError{Time: t, Fate: Silent, Mean: slices.Clone(state[:p]), Variance: slices.Clone(state[p:]),
			Reason: "inhibition wins: the rates die out along the balanced manifold, until nothing is left to balance"}
	}
	loss, err := l.lost(ctx, solver, from, e)
	if err != nil {
		return from, err
	}
	if loss != nil {
		return math.Nextafter(loss.Time, from), loss
	}
	return t, nil
}

// diedOut tells whether all rates are so far below one spike in any time that the
// equations would soon end in the smallest numbers that there are.
func diedOut(e []bnn.Expectation) bool {
	const least = 1e-100
	return !slices.ContainsFunc(e, func(rate bnn.Expectation) bool { return rate.Value > least })
}

// ended says why an integration could not go on: where S is nearly singular, a fold.
func (l *limitPiece) ended(solver *ode.DormandPrince, err error) error {
	state := solver.State()
	p := len(state) / 2
	mean, variance := state[:p], state[p:]
	var short *ode.StepSizeError
	if errors.As(err, &short) {
		if l.Rank > 0 && (short.Cause == nil || errors.Is(short.Cause, errFold)) {
			return foldAt(short.Time, mean, variance)
		}
		if short.Cause != nil {
			return short.Cause
		}
	}
	if errors.Is(err, ode.ErrTooManySteps) {
		return fmt.Errorf("the limit equations come to no rest: %w by time %g; ask for times up to there", err, solver.Time())
	}
	return fmt.Errorf("the limit equations at time %g, mean %g, variance %g: %w", solver.Time(), mean, variance, err)
}
