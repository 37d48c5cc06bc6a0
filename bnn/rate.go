package bnn

// A Rate is the intensity λ(v) of a neuron as a function of its membrane
// potential v, in spikes per synaptic time constant (theory.md §1). The
// implementations are Logistic, Probit and ConstantRate.
type Rate interface {
	// Bound returns λ̄, the smallest number that λ never exceeds; thinning draws
	// its candidates at this rate.
	Bound() float64

	// At returns λ(v). It is finite and within [0, Bound()] for every v that is
	// not NaN.
	At(v float64) float64

	// Derivatives returns λ(v), λ′(v) and λ″(v).
	Derivatives(v float64) (value, first, second float64)

	// Expectation returns the expectations of λ and its first three derivatives
	// under a normal potential of the given mean and variance (≥ 0). Errors are
	// below 1e-10 of λ̄ βᵏ for the k-th derivative of a rate of slope β.
	Expectation(mean, variance float64) Expectation
}

// Expectation holds F = E λ(V) and the expectations F′, F″ and F‴ of the
// derivatives of λ, for a normal potential V (theory.md §1). They are also the
// derivatives of F by the mean, and half of F″ is its derivative by the variance.
type Expectation struct {
	Value, First, Second, Third float64
}
