package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/ode"
)

// recordLimit fills one row of the result from a state, moved onto the manifold first.
func recordLimit(l *equations.Limit, t float64, state []float64, result *bnn.Trajectory, row int) error {
	p := len(state) / 2
	b := l.Drive(l.Clamp(t))
	mean, variance := state[:p], state[p:]
	if polished, ok := l.Polish(b, mean, variance); ok {
		mean = polished
	}
	slopes := make([]float64, 2*p)
	e, input, err := l.Derivatives(t, mean, variance, slopes[:p], slopes[p:])
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
func stepped(ctx context.Context, l *equations.Limit, solver *ode.DormandPrince, from float64) (until float64, ended error) {
	t, state := solver.Time(), solver.State()
	p := len(state) / 2
	b := l.Drive(l.Clamp(t))
	if outside := l.Unbalanceable(b); outside > 0 {
		return t, outsideRange(t, state[:p], state[p:], outside)
	}
	if polished, ok := l.Polish(b, state[:p], state[p:]); ok {
		copy(state, polished)
	}
	if l.Rank == 0 {
		return t, nil
	}
	e := l.Expectations(state[:p], state[p:])
	if diedOut(l.Network, e) {
		return t, &NotBalancedError{Time: t, Fate: Silent, Mean: slices.Clone(state[:p]), Variance: slices.Clone(state[p:]),
			Reason: "inhibition wins: the rates die out along the balanced manifold, until nothing is left to balance"}
	}
	crossing, err := l.Lost(ctx, solver, from, e)
	if err != nil {
		return from, err
	}
	if crossing != nil {
		return math.Nextafter(crossing.Time, from), lostAt(crossing)
	}
	return t, nil
}

// diedOut tells whether all rates are so far below one spike in any time that the
// equations would soon end in the smallest numbers that there are, or within the error of
// rates that are integrated.
func diedOut(network *bnn.Network, e []bnn.Expectation) bool {
	for a, population := range network.Populations {
		least := 1e-100
		if _, own := population.Rate.(bnn.ExpectedRate); !own {
			least = 1e-12 * population.Rate.Bound()
		}
		if e[a].Value > least {
			return false
		}
	}
	return true
}

// limitEnded says why an integration could not go on: where S is nearly singular, a fold.
func limitEnded(l *equations.Limit, solver *ode.DormandPrince, err error) error {
	state := solver.State()
	p := len(state) / 2
	mean, variance := state[:p], state[p:]
	var short *ode.StepSizeError
	if errors.As(err, &short) {
		if l.Rank > 0 && (short.Cause == nil || errors.Is(short.Cause, equations.ErrFold)) {
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

// lostAt tells which balance a crossing of the imaginary axis ends.
func lostAt(c *equations.Crossing) *BalanceLostError {
	loss := &BalanceLostError{Kind: Fold, Time: c.Time, Stability: real(c.Leading), Mean: c.Mean, Variance: c.Variance}
	if imag(c.Leading) != 0 {
		loss.Kind, loss.Frequency = Oscillation, imag(c.Leading)
	}
	return loss
}

// foldAt is the end of the limit equations where S becomes singular.
func foldAt(t float64, mean, variance []float64) *BalanceLostError {
	return &BalanceLostError{Kind: Fold, Time: t, Mean: slices.Clone(mean), Variance: slices.Clone(variance)}
}
