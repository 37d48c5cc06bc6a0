package bnn

// ConstantRate is λ(v) = Value: neurons that do not listen. It is the solvable
// test case, since every cumulant then has a closed form (theory.md §4).
type ConstantRate struct {
	Value float64 // spikes per synaptic time constant, ≥ 0
}

// Bound returns Value.
func (r ConstantRate) Bound() float64 { return r.Value }

// Key is the rate as it stands in network files.
func (r ConstantRate) Key() string { return kindKey[Rate](r, rateKinds) }

// Increasing returns true.
func (r ConstantRate) Increasing() bool { return true }

// At returns Value.
func (r ConstantRate) At(float64) float64 { return r.Value }

// Expectation returns Value and zero derivatives.
func (r ConstantRate) Expectation(float64, float64) Expectation {
	return Expectation{Value: r.Value}
}
