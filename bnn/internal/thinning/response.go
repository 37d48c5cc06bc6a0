package thinning

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/pieces"
)

// A response is a solution g of g′ = −g/τ + I: a bnn.ConstantStimulus or bnn.Sine that has always
// been there, or one that is followed from time 0.
type response interface{ At(t float64) float64 }

// A followed response is that from 0 at time 0 to a stimulus of any kind.
type followed struct {
	*pieces.Response
	tau, greatest float64 // greatest is τ times that of the stimulus
}

// greatestWithin bounds a response from above during a window.
func greatestWithin(g response, t, length float64) float64 {
	switch g := g.(type) {
	case bnn.Sine:
		_, greatest := g.Range()
		steepest := math.Abs(g.Amplitude) * 2 * math.Pi / g.Period
		return min(greatest, g.At(t)+steepest*length)
	case *followed:
		now := g.At(t)
		return now + max(0, g.greatest-now)*-math.Expm1(-length/g.tau)
	}
	return g.At(t)
}

// waveOf returns slope times the Taylor coefficients of g about t from t¹ to t⁴.
func waveOf(g response, t, slope float64) wave {
	switch g := g.(type) {
	case bnn.Sine:
		first := slope * g.Derivative(t)
		frequency := 2 * math.Pi / g.Period
		square := frequency * frequency
		second := -slope * square * (g.At(t) - g.Baseline) / 2
		return wave{first, second, -square * first / 6, -square * second / 12}
	case *followed:
		c, _ := g.Cubic(t)
		return wave{slope * c[1], slope * c[2], slope * c[3], 0}
	}
	return wave{}
}

// reachOf returns for how long after t the polynomials of g hold.
func reachOf(g response, t, reachOfTaylor float64) float64 {
	switch g := g.(type) {
	case bnn.Sine:
		return reachOfTaylor * g.Period / (2 * math.Pi)
	case *followed:
		_, end := g.Cubic(t)
		return end - t
	}
	return math.Inf(1)
}
