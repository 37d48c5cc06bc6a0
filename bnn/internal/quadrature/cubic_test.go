package quadrature

import (
	"math"
	"testing"
)

// Between the kinks of a piecewise cubic a fixed rule has what the adaptive one finds, for narrow
// and for wide laws.
func TestCubicPieces(t *testing.T) {
	kinks := []float64{-2, -1.5, -0.2, 0, 0.1, 2, 7}
	at := func(v float64) float64 {
		v = math.Min(math.Max(v, -2), 7)
		sum := 0.5
		for i, kink := range kinks {
			if d := v - kink; d > 0 {
				sum += 1e-3 * d * d * d * float64(i%3-1)
			}
		}
		return sum
	}
	for _, deviation := range []float64{0.005, 0.02, 0.3, 1, 5} {
		for _, mean := range []float64{-3, -0.1, 0, 1.2} {
			fixed := Function{At: at, Bound: 1, Kinks: kinks, Cubic: true}.Derivatives(mean, deviation)
			adaptive := Function{At: at, Bound: 1, Kinks: kinks}.Derivatives(mean, deviation)
			scale := 1.0
			for k := range fixed {
				if off := math.Abs(fixed[k]-adaptive[k]) * scale; off > 1e-10 {
					t.Errorf("mean %g, deviation %g, derivative %d: %.12g and %.12g", mean, deviation, k, fixed[k], adaptive[k])
				}
				scale *= math.Max(deviation, smoothing[3])
			}
		}
	}
}
