package coxprocess

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
)

// The coefficients of a probit have the closed form λ̄ ρᵏ φ(x) h_{k−1}(x)/√k with
// ρ = βσ/√(1+β²K) and x = ρ times the threshold.
func TestModesOfProbit(t *testing.T) {
	for _, steepness := range []float64{0.1, 1, 4} {
		for _, threshold := range []float64{0, -1, 3} {
			p := New(bnn.Probit{Max: 2, Slope: steepness, Threshold: threshold}, 0, 1)
			modes, err := p.Modes()
			if err != nil {
				t.Fatal(err)
			}
			_, scale := p.Moments()
			rho := steepness / math.Hypot(1, steepness)
			x := rho * threshold
			previous, hermite := 0.0, 1.0
			for i, mode := range modes {
				k := float64(i + 1)
				coefficient := 2 * math.Pow(rho, k) * normal.Density(x) * hermite / math.Sqrt(k)
				if math.Abs(mode.Variance-coefficient*coefficient) > 1e-12*scale || mode.Decay != k {
					t.Fatalf("steepness %g, threshold %g, order %g: %g, closed %g", steepness, threshold, k, mode.Variance, coefficient*coefficient)
				}
				previous, hermite = hermite, (x*hermite-math.Sqrt(k-1)*previous)/math.Sqrt(k)
			}
		}
	}
}

// Where the sum of modes is complete it has the correlation time found by itself, and
// for a logistic the variance λ̄(F − F′/β) − F².
func TestModesAddUp(t *testing.T) {
	for _, steepness := range []float64{0.1, 1, 3, 8} {
		for _, threshold := range []float64{0, 1.5, 6} {
			rate := bnn.Logistic{Max: 2, Slope: steepness, Threshold: threshold}
			p := New(rate, 0, 1)
			modes, err := p.Modes()
			if err != nil {
				t.Fatal(err)
			}
			mean, variance := p.Moments()
			e := bnn.Expect(rate, 0, 1)
			if closed := 2*(e.Value-e.First/steepness) - e.Value*e.Value; math.Abs(variance-closed) > 1e-11 { // as good as the Expectation
				t.Errorf("steepness %g, threshold %g: variance %g, closed %g", steepness, threshold, variance, closed)
			}
			integral, err := p.correlationTime(mean, math.Sqrt(variance))
			if err != nil {
				t.Fatal(err)
			}
			for _, mode := range modes {
				integral -= mode.Variance / mode.Decay
			}
			if math.Abs(integral) > 1e-10*variance {
				t.Errorf("steepness %g, threshold %g: the modes miss %g of the correlation time, variance %g", steepness, threshold, integral, variance)
			}
		}
	}
}
