package stationary

import (
	"math"

	"balanced/bnn"
)

// listens tells whether a rate depends on the potential.
func listens(rate bnn.Rate) bool {
	switch r := rate.(type) {
	case bnn.Logistic:
		return r.Slope > 0
	case bnn.Probit:
		return r.Slope > 0
	}
	return false
}

// threshold returns where a rate that listens is half of its bound, and about which it is
// symmetric.
func threshold(rate bnn.Rate) float64 {
	switch r := rate.(type) {
	case bnn.Logistic:
		return r.Threshold
	case bnn.Probit:
		return r.Threshold
	}
	return 0
}

// meanOfRate returns the mean at which F is a value, and below its bound by a rest, at a
// variance: the inverse of a Rate that listens, as a start for Newton's method, to 1e-6. In the
// tail, where F is small, it is log F that a mean changes evenly; of the upper half the mirror
// image is taken. A guess is a mean nearby.
func meanOfRate(rate bnn.Rate, value, rest, variance, guess float64) float64 {
	const most, enough = 80, 1e-6
	center, side := threshold(rate), 1.0
	if rest < value {
		value, side = rest, -1
	}
	target := math.Log(value)
	x := math.Min(side*(guess-center), 0)
	low, high := math.Inf(-1), math.Inf(1)
	for range most {
		e := bnn.Expect(rate, center+x, variance)
		miss := target - math.Log(e.Value)
		if math.Abs(miss) <= enough {
			x += miss * e.Value / e.First
			break
		}
		if miss > 0 {
			low = x
		} else {
			high = x
		}
		next := x + miss*e.Value/e.First
		if !(next > low && next < high) || math.IsInf(next, 0) { // log F is nowhere convex, but rates underflow
			switch {
			case math.IsInf(high, 0):
				next = low + 1 + math.Abs(low)
			case math.IsInf(low, 0):
				next = high - 1 - math.Abs(high)
			default:
				next = low + (high-low)/2
			}
		}
		if next == x {
			break
		}
		x = next
	}
	return center + side*x
}
