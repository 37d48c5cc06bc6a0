package theory

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/ode"
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
// is within 1e-9 of itself, and the cost about a millisecond, growing like √(λ̄τ).
// Input out of range, or a neuron that never fires, is an *InputError.
func IntervalVariation(rate bnn.Rate, mean, variance, tau float64) (float64, error) {
	p, expected, err := checkPotential(rate, mean, variance, tau)
	if err != nil {
		return 0, err
	}
	if !p.varies() {
		return 1, nil
	}
	wait, err := p.expectedWait(tau, expected)
	if err != nil {
		return 0, err
	}
	if !numbers.Finite(wait) {
		return 0, &bnn.InputError{Path: "tau", Value: numbers.Text(tau), Allowed: "such that tau times the rate is neither 0 nor infinite to a computer"}
	}
	// The variation is at least 1; rounding may fall short.
	return math.Sqrt(math.Max(2*expected*wait-1, 1)), nil
}

// expectedWait returns E g, the expected time to the next spike from a moment that
// does not depend on the spikes. On each side of z = 0 it writes
//
//	g′ = r g + s,   r′ = z r + τλ − r²,   s′ = z s − τ − r s
//
// and the part ∫ g φ dz of the expectation up to z as A g(z) + B, so that A′ = φ − A r and
// B′ = −A s. At z = 0 both sides meet in g and, reflected, in −g′.
func (p potential) expectedWait(tau, expected float64) (float64, error) {
	const (
		r = iota
		s
		weight // A
		rest   // B
	)
	start := func(rate float64) []float64 {
		// Far out λ hardly changes, and r and s are where their slopes vanish.
		const z = -potentialReach
		r := 2 * tau * rate / (math.Sqrt(z*z+4*tau*rate) - z)
		return []float64{r, tau / (z - r), normal.Distribution(z), 0}
	}
	// The slope r at the middle is as small as τF when spikes are rare.
	tolerance := ode.Tolerance{Relative: 1e-11, Absolute: 1e-13 * math.Min(1, tau*expected)}
	left, right, err := p.fromFar(start, tolerance, func(z, rate float64, y, slope []float64) {
		slope[r] = z*y[r] + tau*rate - y[r]*y[r]
		slope[s] = z*y[s] - tau - y[r]*y[s]
		slope[weight] = normal.Density(z) - y[weight]*y[r]
		slope[rest] = -y[weight] * y[s]
	})
	if err != nil {
		return 0, err
	}
	middle := -(left[s] + right[s]) / (left[r] + right[r])
	return (left[weight]+right[weight])*middle + left[rest] + right[rest], nil
}
