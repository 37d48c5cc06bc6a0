package sweep

import (
	"context"
	"math"

	"balanced/bnn"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

// Stationary measures the stationary states of the limit equations with all stimuli at rest,
// as theory.StationaryStates finds them. Its columns are stationary_states, how many there
// are, and stationary_mean_<p>…, _var_<p>…, _rate_<p>…, _fast and _slow (the largest real
// parts of the eigenvalues of S and along the balanced manifold) of one of them: the stable
// one to which the start leads, with the stimuli at rest; if it leads to none, the first, by
// decreasing mean of the first population.
func Stationary() Measure { return stationaryMeasure{} }

type stationaryMeasure struct{}

func (stationaryMeasure) kind() string { return "stationary" }

func (stationaryMeasure) columns(populations []string) []Column {
	columns := append([]Column{{"_states", Integer}}, eachPopulation(populations, "_mean_", "_var_", "_rate_")...)
	return append(columns, Column{"_fast", Number}, Column{"_slow", Number})
}

func (stationaryMeasure) check() error { return nil }

func (stationaryMeasure) size(Point) int { return 0 }

func (stationaryMeasure) cost(point Point, _ int) (bnn.Cost, error) {
	return theory.LimitCost(point.Network, []float64{0})
}

func (stationaryMeasure) recipe(uint64) (store.Recipe, error) {
	code, err := theoryCode()
	return store.Recipe{Code: code, Method: "stationary"}, err
}

func (m stationaryMeasure) find(ctx context.Context, point Point, _ workplace) ([]any, error) {
	states, err := theory.StationaryStates(ctx, point.Network)
	if err != nil {
		return nil, ended(ctx, err)
	}
	if len(states) == 0 {
		none := make([]any, len(m.columns(point.Network.PopulationNames())))
		none[0] = int64(0)
		return none, nil
	}
	at, err := reached(ctx, point.Network, states)
	if err != nil {
		return nil, err
	}
	s := states[at]
	return append([]any{int64(len(states))}, cells(s.Mean, s.Variance, s.Rate, []float64{s.Stability, s.SlowStability})...), nil
}

// reached is the stable state to which the start of the network leads, or else the first.
func reached(ctx context.Context, network *bnn.Network, states []theory.BalancedState) (int, error) {
	stable, slowest := false, math.Inf(1)
	for i, state := range states {
		if state.Stable() {
			stable = stable || i > 0
			slowest = min(slowest, -state.SlowStability)
		}
	}
	if !stable {
		return 0, nil // wherever the start leads
	}
	// So long that what is left of the start is e⁻³⁰ of it, or where that takes for ever, for
	// a thousand time constants.
	const folds, longest = 30, 1000
	tau := 0.0
	for _, population := range network.Populations {
		tau = max(tau, population.Tau)
	}
	trajectory, err := theory.Limit(ctx, network.AtRest(), []float64{min(longest*tau, max(folds*tau, folds/slowest))})
	if ctx.Err() != nil {
		return 0, context.Cause(ctx)
	}
	if err != nil {
		return 0, nil // it leads to no balanced state
	}
	for i, state := range states {
		if state.Stable() && near(state.Mean, trajectory.Mean[0]) && near(state.Variance, trajectory.Variance[0]) {
			return i, nil
		}
	}
	return 0, nil
}

// near tells whether a solution has come to a state.
func near(state, solution []float64) bool {
	const close = 1e-3
	for a, x := range state {
		if math.Abs(solution[a]-x) > close*(1+math.Abs(x)) {
			return false
		}
	}
	return true
}
