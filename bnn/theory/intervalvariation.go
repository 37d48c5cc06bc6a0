package theory

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/coxprocess"
	"balanced/bnn/internal/numbers"
)

// IntervalVariation returns the coefficient of variation (CV) of the interspike intervals,
// those between the spikes that one neuron sends to one target in a stationary state: the standard
// deviation of an interval over its mean (theory.md §6). The spikes are a Cox process:
// Poisson of intensity λ(v(t)), where v is an Ornstein–Uhlenbeck process of the given
// mean, variance (≥ 0) and time constant tau (> 0, in synaptic time constants).
//
// From a typical spike the interval T has E T = 1/F, and E T² is 2/F times the integral
// over t of the probability that a window [0, t] is empty. Hence
//
//	CV² = 2F E g(v) − 1,   τ⁻¹(g″ − z g′) − λ(m + √K z) g = −1
//
// where g is the expected time to the next spike from v = m + √K z. It is 1 for a
// constant rate and larger for any other.
//
// The equation is linear and of second order. It is integrated from both ends towards
// the middle, as g′ = r g + s with a Riccati equation for r that is stable in that
// direction, so that a rate that vanishes over wide regions does no harm. The result
// is within 1e-9 of itself (1e-8 for a rate that jumps where it does not tell, see
// bnn.KinkedRate), and the cost about a millisecond, growing like √(λ̄τ). Input out of range,
// or a neuron that never fires, is an *InputError. Spread thresholds enter as in FanoFactor.
func IntervalVariation(rate bnn.Rate, mean, variance, tau float64) (float64, error) {
	p, expected, err := coxprocess.Check(rate, mean, variance, tau)
	if err != nil {
		return 0, err
	}
	if !p.Varies() {
		return 1, nil
	}
	wait, err := p.ExpectedWait(tau, expected)
	if err != nil {
		return 0, err
	}
	if !numbers.Finite(wait) {
		return 0, &bnn.InputError{Path: "tau", Value: numbers.Text(tau), Allowed: "such that tau times the rate is neither 0 nor infinite to a computer"}
	}
	// The variation is at least 1; rounding may fall short.
	return math.Sqrt(math.Max(2*expected*wait-1, 1)), nil
}
