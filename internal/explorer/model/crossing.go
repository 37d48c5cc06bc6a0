package model

import (
	"cmp"
	"math"
	"slices"

	"balanced/bnn"
)

// gridPoints is the number of points along each side of a window; a curve has twice as
// many at most.
const gridPoints = 100

// crossing returns the points of the curve in the window, in order. Since both rates
// increase with their means, the curve goes up all the way or down all the way. It is cut
// by a grid of vertical and one of horizontal lines, so that neither a steep nor a flat
// part has gaps and the ends lie on the border of the window.
func (e balance) crossing() [][]float64 {
	points := [][]float64{}
	for along := range 2 {
		across := 1 - along
		if e.weights[across] == 0 {
			continue
		}
		grid, target := e.rates[along], e.rates[across].inverse()
		for i := range gridPoints {
			part := float64(i) / (gridPoints - 1)
			x := grid.low*(1-part) + grid.high*part
			y, ok := target.solve(-(e.drive + e.weights[along]*grid.at(x)) / e.weights[across])
			if !ok {
				continue
			}
			point := []float64{x, y}
			if along == 1 {
				point = []float64{y, x}
			}
			points = append(points, point)
		}
	}
	// Where it is vertical or horizontal one of the means alone would order by rounding.
	turn := 1.0
	if e.weights[0]*e.weights[1] > 0 {
		turn = -1
	}
	length := func(point []float64) float64 {
		return e.rates[0].part(point[0]) + turn*e.rates[1].part(point[1])
	}
	slices.SortFunc(points, func(p, q []float64) int { return cmp.Compare(length(p), length(q)) })
	return slices.CompactFunc(points, func(p, q []float64) bool { return slices.Equal(p, q) })
}

// An expectedRate is F(m) at a fixed variance, for the means of one side of a window.
type expectedRate struct {
	rate      bnn.Rate
	variance  float64
	low, high float64
}

func (r expectedRate) at(mean float64) float64 {
	return bnn.Expect(r.rate, mean, r.variance).Value
}

// part is how far along its side of the window a mean is, from 0 to 1.
func (r expectedRate) part(mean float64) float64 { return (mean - r.low) / (r.high - r.low) }

// An inverseRate finds the mean at which a rate has a given value. It keeps the last one,
// which is near the next.
type inverseRate struct {
	expectedRate
	lowest, highest float64 // rates at the ends of the window
	last            float64
}

func (r expectedRate) inverse() *inverseRate {
	return &inverseRate{r, r.at(r.low), r.at(r.high), (r.low + r.high) / 2}
}

// solve returns the mean in the window with F(mean) = value, to the rounding of F; there may
// be none. It takes Newton's steps, and halves the bounds instead where a step leaves them
// or the one before has not brought F much nearer.
func (r *inverseRate) solve(value float64) (mean float64, ok bool) {
	switch {
	case !(value >= r.lowest && value <= r.highest):
		return 0, false
	case value == r.lowest:
		return r.low, true
	case value == r.highest:
		return r.high, true
	}
	low, high, x := r.low, r.high, r.last
	before := math.Inf(1)
	for low < x && x < high {
		r.last = x
		e := bnn.Expect(r.rate, x, r.variance)
		difference := e.Value - value
		if math.Abs(difference) <= 1e-14*r.rate.Bound() {
			break
		}
		if difference > 0 {
			high = x
		} else {
			low = x
		}
		next := x - difference/e.First
		if !(low < next && next < high) || math.Abs(difference) > before/2 {
			next = low + (high-low)/2
		}
		x, before = next, math.Abs(difference)
	}
	return r.last, true
}
