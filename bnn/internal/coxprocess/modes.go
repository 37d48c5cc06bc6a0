package coxprocess

import (
	"fmt"
	"math"

	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/ode"
)

// A Mode is one term of the correlation of the rate over time: Variance·e^{−Decay·s/τ}.
type Mode struct{ Variance, Decay float64 }

// mostModes is the highest order of Hermite functions that the quadrature resolves.
const mostModes = 2000

// Modes returns the terms a_k² of Mehler's formula, and one for all the rest.
func (p Potential) Modes() ([]Mode, error) {
	if !p.Varies() {
		return nil, nil
	}
	mean, variance := p.Moments()
	nodes, weights := p.quadrature()
	// The functions h_k √φ stay bounded where polynomials h_k would overflow.
	current, previous := make([]float64, len(nodes)), make([]float64, len(nodes))
	for i, z := range nodes {
		current[i] = math.Sqrt(normal.Density(z))
		weights[i] *= current[i] * (p.at(z) - mean)
	}
	left, integral := variance, 0.0
	enough := math.Max(1e-13*variance, 1e-15*mean*mean)
	var modes []Mode
	for k := 1; k <= mostModes; k++ {
		up, down := 1/math.Sqrt(float64(k)), math.Sqrt(float64(k-1)/float64(k))
		coefficient := 0.0
		for i, z := range nodes {
			current[i], previous[i] = up*z*current[i]-down*previous[i], current[i]
			coefficient += weights[i] * current[i]
		}
		square := coefficient * coefficient
		modes = append(modes, Mode{square, float64(k)})
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
		modes = append(modes, Mode{left, left / rest})
	}
	return modes, nil
}

// Coefficients returns a_1, a_2, … up to an order, with their signs.
func (p Potential) Coefficients(order int) []float64 {
	coefficients := make([]float64, order)
	if !p.Varies() {
		return coefficients
	}
	nodes, weights := p.quadrature()
	for i, z := range nodes {
		current, previous := math.Sqrt(normal.Density(z)), 0.0
		weight := weights[i] * current * p.at(z)
		for k := range coefficients {
			current, previous = (z*current-math.Sqrt(float64(k))*previous)/math.Sqrt(float64(k+1)), current
			coefficients[k] += weight * current
		}
	}
	return coefficients
}

// correlationTime returns τ⁻¹∫_0^∞ C(s) ds = Σ a_k²/k = ∫ H² φ dz, where φH is the
// integral of (λ − F)φ up to z and therefore H′ = λ − F + zH.
func (p Potential) correlationTime(mean, scale float64) (float64, error) {
	start := func(rate float64) []float64 { return []float64{(rate - mean) / scale / reach, 0} }
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

// Windowed is what a window sees of the integral of a mode, in units of the time constant tau; both
// are > 0.
func (m Mode) Windowed(window, tau float64) float64 {
	return m.Variance / m.Decay * windowed(m.Decay*window/tau)
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
