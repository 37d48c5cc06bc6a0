package coxprocess

import (
	"math"

	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/ode"
)

// ExpectedWait returns E g, the expected time to the next spike from a moment that
// does not depend on the spikes. On each side of z = 0 it writes
//
//	g′ = r g + s,   r′ = z r + τλ − r²,   s′ = z s − τ − r s
//
// and the part ∫ g φ dz of the expectation up to z as A g(z) + B, so that A′ = φ − A r and
// B′ = −A s. At z = 0 both sides meet in g and, reflected, in −g′.
func (p Potential) ExpectedWait(tau, expected float64) (float64, error) {
	const (
		r = iota
		s
		weight // A
		rest   // B
	)
	start := func(rate float64) []float64 {
		// Far out λ hardly changes, and r and s are where their slopes vanish.
		const z = -reach
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
