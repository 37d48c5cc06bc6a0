package theory

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/ode"
)

// FanoFactor returns the variance over the mean of the number of spikes that one neuron
// sends to one target in windows of the given lengths (> 0, in synaptic time
// constants), in a stationary state (theory.md §6):
//
//	1 + (2/(F T)) ∫_0^T (T − s) C(s) ds,   C(s) = Cov( λ(m + √K Z_0), λ(m + √K Z_s) )
//
// where Z is standard normal with correlation e^{−s/τ}: mean, variance (≥ 0) and tau
// (> 0) are those of the potential. Values come in the order of the windows; all are at least 1.
//
// By Mehler's formula C(s) = Σ a_k² e^{−ks/τ}, where a_k is the expectation of λ times
// the normalised Hermite polynomial of order k. Terms are added until they account for
// all but 1e-13 of Var λ; errors are then below 1e-10. That takes about 23 β²K terms for
// a logistic of slope β, and the sum stops at 2000: for β√K above 9. What is left of
// Var λ and of ∫ C(s) ds, both known from separate integrals, is then put into one term
// that has the two; no terms beyond 2000 can make the Fano factor larger. In the worst
// case, a step at up to 5 standard deviations from the mean, this overestimates the
// excess over 1 by 1e-2 of it for T = τ/10⁴, where the excess itself is of order 1e-4,
// by 2e-5 of it for T = τ/100 and by 4e-8 of it for T ≥ τ/2. The cost is 10 milliseconds
// at most. Input out of range, or a neuron that never fires, is an *InputError.
func FanoFactor(rate bnn.Rate, mean, variance, tau float64, windows []float64) ([]float64, error) {
	p, expected, err := checkPotential(rate, mean, variance, tau)
	if err != nil {
		return nil, err
	}
	if len(windows) == 0 {
		return nil, &bnn.InputError{Path: "windows", Value: "none", Allowed: "at least one window"}
	}
	for i, window := range windows {
		if err := bnn.PositiveNumber.Check(bnn.IndexPath("windows", i), window); err != nil {
			return nil, err
		}
	}
	modes, err := p.modes()
	if err != nil {
		return nil, err
	}
	result := make([]float64, len(windows))
	for i, window := range windows {
		sum := 0.0
		for _, mode := range modes {
			sum += mode.variance / mode.decay * windowed(mode.decay*window/tau)
		}
		result[i] = 1 + 2*tau/expected*sum
		if !numbers.Finite(result[i]) {
			return nil, &bnn.InputError{Path: bnn.IndexPath("windows", i), Value: numbers.Text(window), Allowed: "one whose Fano factor is finite"}
		}
	}
	return result, nil
}

// A mode is one term of the correlation of the rate over time: variance·e^{−decay·s/τ}.
type mode struct{ variance, decay float64 }

// mostModes is the highest order of Hermite functions that the quadrature resolves.
const mostModes = 2000

// modes returns the terms a_k² of Mehler's formula, and one for all the rest.
func (p potential) modes() ([]mode, error) {
	if !p.varies() {
		return nil, nil
	}
	mean, variance := p.moments()
	nodes, weights := p.quadrature()
	// The functions h_k √φ stay bounded where polynomials h_k would overflow.
	current, previous := make([]float64, len(nodes)), make([]float64, len(nodes))
	for i, z := range nodes {
		current[i] = math.Sqrt(normal.Density(z))
		weights[i] *= current[i] * (p.at(z) - mean)
	}
	left, integral := variance, 0.0
	enough := math.Max(1e-13*variance, 1e-15*mean*mean)
	var modes []mode
	for k := 1; k <= mostModes; k++ {
		up, down := 1/math.Sqrt(float64(k)), math.Sqrt(float64(k-1)/float64(k))
		coefficient := 0.0
		for i, z := range nodes {
			current[i], previous[i] = up*z*current[i]-down*previous[i], current[i]
			coefficient += weights[i] * current[i]
		}
		square := coefficient * coefficient
		modes = append(modes, mode{square, float64(k)})
		left -= square
		integral += square / float64(k)
		if left <= enough {
			return modes, nil
		}
	}
	whole, err := p.correlationTime(mean, math.Sqrt(variance))
	if err != nil {
		return nil, err
	}
	// Of terms beyond the last order, the integral is positive and at most this.
	if rest := math.Min(whole-integral, left/(mostModes+1)); rest > 0 {
		modes = append(modes, mode{left, left / rest})
	}
	return modes, nil
}

// correlationTime returns τ⁻¹∫_0^∞ C(s) ds = Σ a_k²/k = ∫ H² φ dz, where φH is the
// integral of (λ − F)φ up to z and therefore H′ = λ − F + zH.
func (p potential) correlationTime(mean, scale float64) (float64, error) {
	start := func(rate float64) []float64 { return []float64{(rate - mean) / scale / potentialReach, 0} }
	left, right, err := p.fromFar(start, ode.Tolerance{Relative: 1e-11, Absolute: 1e-13},
		func(z, rate float64, y, slope []float64) {
			slope[0] = (rate-mean)/scale + z*y[0]
			slope[1] = y[0] * y[0] * normal.Density(z)
		})
	if err != nil {
		return 0, fmt.Errorf("the correlation time of the rate: %w", err)
	}
	return scale * scale * (left[1] + right[1]), nil
}

// windowed returns 1 − (1 − e^{−y})/y, the part of a decaying correlation that a window
// sees, y being the window over the decay time.
func windowed(y float64) float64 {
	if y >= 1 {
		return 1 + math.Expm1(-y)/y
	}
	sum, term := 0.0, y/2
	for k := 3.0; math.Abs(term) > 1e-17*y; k++ {
		sum += term
		term *= -y / k
	}
	return sum
}
