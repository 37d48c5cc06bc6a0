package tipping

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// airy is −Ω_0, the first zero of the Airy function Ai with its sign changed (DLMF 9.9.6).
const airy = 2.338107410459767

// Threshold is how far all potentials of a state may be pushed along u before a large network runs
// away: the zero of G between two pushes, at the lower of which G < 0 and at the upper G > 0, to 1e-12,
// and the motion there. Errors are those of At, and a *bnn.InputError where G has not these signs.
func Threshold(network *bnn.Network, mean, variance []float64, low, high float64) (push float64, at Motion, err error) {
	below, err := At(network, mean, variance, low)
	if err != nil {
		return 0, Motion{}, err
	}
	above, err := At(network, mean, variance, high)
	if err != nil {
		return 0, Motion{}, err
	}
	if !(low < high && below.Force < 0 && above.Force > 0) {
		return 0, Motion{}, &bnn.InputError{Path: "low and high", Value: fmt.Sprintf("%g and %g, with the forces %g and %g", low, high, below.Force, above.Force), Allowed: "increasing, with a negative and a positive force"}
	}
	push, err = Bisect(low, high, 1e-12, func(p float64) (bool, error) {
		middle, err := At(network, mean, variance, p)
		return middle.Force > 0, err
	})
	if err != nil {
		return 0, Motion{}, err
	}
	at, err = At(network, mean, variance, push)
	return push, at, err
}

// Bisect returns where a condition changes from false, at low, to true, at high, to a tolerance > 0.
// What the condition says at the ends is not asked. The first error ends it.
func Bisect(low, high, tolerance float64, condition func(x float64) (bool, error)) (float64, error) {
	if !(low < high && tolerance > 0) || math.IsInf(high-low, 0) {
		return 0, &bnn.InputError{Path: "low, high and tolerance", Value: fmt.Sprint(low, ", ", high, " and ", tolerance), Allowed: "finite and increasing, and positive"}
	}
	for high-low > tolerance {
		middle := (low + high) / 2
		if middle == low || middle == high {
			break // numbers do not lie closer
		}
		holds, err := condition(middle)
		if err != nil {
			return 0, err
		}
		if holds {
			high = middle
		} else {
			low = middle
		}
	}
	return (low + high) / 2, nil
}

// Width is that of the probability of a runaway against the push at size n, Φ((p − p_n)/width), at a
// threshold to leading order: σ/(κ√n).
func (m Motion) Width(n float64) float64 { return m.Sigma / (m.Kappa * math.Sqrt(n)) }

// Shift is how far p_n is from the threshold of the limit, to leading order: −R/(κ²√n), with R the
// drift. While the decision is pending G moves.
func (m Motion) Shift(n float64) float64 { return -m.Drift / (m.Kappa * m.Kappa * math.Sqrt(n)) }

// Delay is by how much a network of size n jumps later than the limit ends, at a fold, to leading
// order: the time −Ω_0 (α β)^{-1/3} n^{-1/3} at which the Riccati equation x′ = √n (α t + β x²) ends,
// with α the drift and β the curvature, of one sign; NaN if they are not.
func (m Motion) Delay(n float64) float64 {
	if !(m.Drift*m.Curvature > 0) {
		return math.NaN()
	}
	return airy / math.Cbrt(m.Drift*m.Curvature*n)
}
