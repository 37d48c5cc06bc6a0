package bnn

import (
	"math"

	"balanced/bnn/internal/quadrature"
)

// A Rate is the intensity λ(v) of a neuron as a function of its membrane potential v, in
// spikes per synaptic time constant (theory.md §1). Network files have the kinds Logistic,
// Probit, PowerRate, TableRate and ConstantRate; from Go any other type will do, such as the
// transfer function of a model of a cell. It must be safe for concurrent use, give the same
// value for the same potential always, and have finitely many kinks and jumps.
//
// What more a rate knows about itself makes computations faster or more accurate, and is asked
// for by the interfaces ExpectedRate, KinkedRate and IncreasingRate.
type Rate interface {
	// At returns λ(v). It is finite and within [0, Bound()] for every v that is not NaN.
	At(v float64) float64
	// Bound returns λ̄, a number > 0 (for a ConstantRate also 0) that λ never exceeds; thinning
	// draws its candidates at this rate, so that time is lost if λ stays far below it.
	Bound() float64
	// Key names the function: it enters the fingerprint of a network, by which results are
	// kept apart. Two rates have the same key only if they are the same function, so that the
	// values of all parameters belong into it.
	Key() string
}

// An ExpectedRate brings its own expectations under normal potentials. Those of other rates
// are integrated by Expect.
type ExpectedRate interface {
	Rate
	// Expectation returns the expectations of λ and its first three derivatives under a
	// normal potential of the given mean and variance (≥ 0).
	Expectation(mean, variance float64) Expectation
}

// A KinkedRate tells, in any order, the potentials at which λ has a kink or jumps: integrals
// are cut there. Without it they still come out right, but take some times longer.
type KinkedRate interface {
	Rate
	Kinks() []float64
}

// An IncreasingRate tells whether λ never falls as the potential rises. Of such rates the exact
// simulation decides most candidates by a table of levels.
type IncreasingRate interface {
	Rate
	Increasing() bool
}

// Expectation holds F = E λ(V) and the expectations F′, F″ and F‴ of the
// derivatives of λ, for a normal potential V (theory.md §1). They are also the
// derivatives of F by the mean, and half of F″ is its derivative by the variance.
type Expectation struct {
	Value, First, Second, Third float64
}

// Expect returns the expectations of a rate under a normal potential of the given mean and
// variance (≥ 0): its own if it is an ExpectedRate, and otherwise by quadrature, in which the
// derivatives act on the normal density,
//
//	F⁽ᵏ⁾ = K^{−k/2} E λ(m + √K Z) He_k(Z) ,
//
// so that kinks and jumps of λ do no harm. The error is below 1e-10 of the bound in F and in
// K^{k/2} F⁽ᵏ⁾. Below deviations of 0.01 the derivatives are those of a λ smoothed by 0.001 to
// 0.01, extrapolated: for a smooth rate of slope β to (0.001β)⁴, (0.003β)⁴ and (0.01β)⁴ of their
// size. A smooth rate takes 71 to 1121 evaluations, others some hundred a piece, or six for tables.
func Expect(rate Rate, mean, variance float64) Expectation {
	if own, is := rate.(ExpectedRate); is {
		return own.Expectation(mean, variance)
	}
	f := quadrature.Function{At: rate.At, Bound: rate.Bound()}
	if kinked, is := rate.(KinkedRate); is {
		f.Kinks = kinked.Kinks()
	}
	_, f.Cubic = rate.(TableRate)
	e := f.Derivatives(mean, math.Sqrt(variance))
	return Expectation{math.Min(math.Max(e[0], 0), f.Bound), e[1], e[2], e[3]}
}

// Listens tells whether a rate depends on the potential, as far as it says so itself: only a
// ConstantRate and a Logistic or Probit of no slope do not.
func Listens(rate Rate) bool {
	switch r := rate.(type) {
	case ConstantRate:
		return false
	case Logistic:
		return r.Slope > 0
	case Probit:
		return r.Slope > 0
	case PowerRate:
		return r.Gain > 0
	}
	return true
}
