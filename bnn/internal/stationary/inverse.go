package stationary

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// A response is what the search has to know of a rate.
type response struct {
	rate            bnn.Rate
	sigmoid         bool    // symmetric about its center, and with known expectations
	invertible      bool    // it rises from least to greatest, so that a value tells the mean
	least, greatest float64 // between which its values are, if it is invertible
	center          float64 // where it is half of the way from least to greatest
	low, high       float64 // between which a rate that is no sigmoid changes; equal if it does not
}

func newResponse(rate bnn.Rate) response {
	r := response{rate: rate, greatest: rate.Bound(), sigmoid: true, invertible: bnn.Listens(rate)}
	switch rate := rate.(type) {
	case bnn.Logistic:
		r.center = rate.Threshold
		return r
	case bnn.Probit:
		r.center = rate.Threshold
		return r
	}
	r.sigmoid = false
	r.invertible = r.invertible && manifold.Increasing(rate)
	r.look()
	return r
}

// look evaluates a rate at potentials of all sizes, evenly over some units about 0 and then in
// ever greater steps.
func (r *response) look() {
	const many, far = 1024, 1e6
	at := func(i int) float64 { return math.Sinh(math.Asinh(far) * float64(i) / many) }
	r.least, r.greatest = r.rate.At(at(-many)), r.rate.At(at(many))
	r.invertible = r.invertible && r.least < r.greatest
	const little = 1e-3 // of the bound, for a change that counts
	for i := -many; i < many; i++ {
		before, after := r.rate.At(at(i)), r.rate.At(at(i+1))
		if math.Abs(after-before) > little*r.rate.Bound() {
			if r.low == r.high {
				r.low = at(i)
			}
			r.high = at(i + 1)
		}
	}
	if !r.invertible {
		return
	}
	low, high := at(-many), at(many)
	for range 200 {
		r.center = low + (high-low)/2
		if r.rate.At(r.center) < r.least+(r.greatest-r.least)/2 {
			low = r.center
		} else {
			high = r.center
		}
	}
}

// meanOf returns the mean at which F is a value, and below the greatest one by a rest, at a
// variance, as a start for Newton's method. A guess is a mean nearby.
func (r response) meanOf(value, rest, variance, guess float64) float64 {
	if r.sigmoid {
		return meanOfRate(r.rate, r.center, value, rest, variance, guess)
	}
	return r.meanBetween(value, variance, guess)
}

// meanBetween is meanOf for a rate that rises, from a bracket about the guess, to 1e-9 of what it
// can change by.
func (r response) meanBetween(value, variance, guess float64) float64 {
	const most, enough, farthest = 200, 1e-9, 1e6
	miss := func(mean float64) (miss, slope float64) {
		e := bnn.Expect(r.rate, mean, variance)
		return value - e.Value, e.First
	}
	low, high := guess, guess
	for width := 0.5; ; width *= 2 {
		if short, _ := miss(low); short >= 0 || low < -farthest {
			break
		}
		low -= width
	}
	for width := 0.5; ; width *= 2 {
		if short, _ := miss(high); short <= 0 || high > farthest {
			break
		}
		high += width
	}
	x := guess
	for range most {
		short, slope := miss(x)
		if math.Abs(short) <= enough*(r.greatest-r.least) {
			break
		}
		if short > 0 {
			low = x
		} else {
			high = x
		}
		next := x + short/slope
		if !(next > low && next < high) {
			next = low + (high-low)/2
		}
		if next == x {
			break
		}
		x = next
	}
	return x
}

// meanOfRate returns the mean at which F is a value, and below its bound by a rest, at a
// variance: the inverse of a sigmoid that is symmetric about a center, to 1e-6. In the
// tail, where F is small, it is log F that a mean changes evenly; of the upper half the mirror
// image is taken. A guess is a mean nearby.
func meanOfRate(rate bnn.Rate, center, value, rest, variance, guess float64) float64 {
	const most, enough = 80, 1e-6
	side := 1.0
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
