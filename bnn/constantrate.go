package bnn

// ConstantRate is λ(v) = Value: neurons that do not listen. It is the solvable
// test case, since every cumulant then has a closed form (theory.md §4).
type ConstantRate struct {
	Value float64 // spikes per synaptic time constant, ≥ 0
}

// Bound returns Value.
func (r ConstantRate) Bound() float64 { return r.Value }

// At returns Value.
func (r ConstantRate) At(float64) float64 { return r.Value }

// Derivatives returns Value, 0 and 0.
func (r ConstantRate) Derivatives(float64) (value, first, second float64) {
	return r.Value, 0, 0
}

// Expectation returns Value and zero derivatives.
func (r ConstantRate) Expectation(float64, float64) Expectation {
	return Expectation{Value: r.Value}
}
