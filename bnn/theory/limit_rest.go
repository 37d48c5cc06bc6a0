package theory

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/numbers"
)

// atRest tells, of a piece that has taken many steps, whether the solution will stay where it
// is to within 1e-10 until the piece ends: no stimulus changes, the state hardly moves, and
// what it moves decays. An explicit method would go on with steps of a few time constants.
func atRest(ctx context.Context, l *equations.Limit, state []float64) bool {
	const near = 1e-10
	if !l.Network.Steady() {
		return false
	}
	p := len(state) / 2
	slopes := make([]float64, 2*p)
	e, _, err := l.Derivatives(l.End, state[:p], state[p:], slopes[:p], slopes[p:])
	if err != nil || linear.Norm(slopes) > near*(1+linear.Norm(state)) {
		return false
	}
	slow, err := l.SlowEigenvalue(ctx, e)
	return err == nil && linear.Norm(slopes) <= -real(slow)*near*(1+linear.Norm(state))
}

// checkLength refuses at once an end of the limit that would take more than a million
// steps: ten in a period of a sine that is heard, or one in two time constants.
func checkLength(network *bnn.Network, end float64) error {
	const most = 1e5
	if network.Steady() {
		return nil // until it rests
	}
	period := math.Inf(1)
	for _, population := range network.Populations {
		period = math.Min(period, 20*population.Tau)
	}
	for _, s := range network.Stimuli() {
		period = math.Min(period, equations.ShortestPeriod(s))
	}
	if end <= most*period {
		return nil
	}
	return &bnn.InputError{Path: "times", Value: numbers.Text(end), Allowed: fmt.Sprintf(
		"at most %g, as the stimuli never rest: 100,000 times %g, the shortest period of a sine or 20 τ", most*period, period)}
}
