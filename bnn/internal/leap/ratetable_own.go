package leap

import (
	"math"

	"balanced/bnn"
)

// A rate that is none of the sigmoids gets a table of its own, of as many cells, over the
// potentials between which it changes. Slopes at the nodes are quotients of differences of fourth
// order. If too many cells miss the rate by more than tableError of its bound, because it goes on
// changing over a range too long for them, there is no table, and the rate and its slope are taken
// from its values for each neuron: three evaluations instead of none.
//
// Some cells may miss it: those with kinks, where λ is off by some 1e-3 of the change of slope
// times the width of the cell, and those with jumps, which are taken for steep rises. Such a cell
// is a 4096th of the range wide.
const (
	tableError  = 1e-8
	missedCells = 16 // besides two a kink that the rate tells
	// unresolved is an error of a cell that no kink makes: it is a jump, or cells are too wide.
	unresolved = 1e-3
	// farthest is how far potentials are looked at, and unchanged what of the bound counts as
	// no change.
	farthest  = 1e6
	unchanged = 1e-11
)

// tabulate makes the table of a rate from its values.
func tabulate(rate bnn.Rate) Rate {
	low, high := changes(rate)
	if !(low < high) {
		return standard(logisticTable(), 2*rate.At(0), 0, 0)
	}
	bound := rate.Bound()
	width := (high - low) / rateCells
	table := &rateTable{}
	r := Rate{rateTable: table, max: bound, scale: 1 / width, offset: -low / width}
	slope := func(v float64) float64 { return differences(rate, v, width/4) * width / bound }
	left, leftSlope := rate.At(low)/bound, slope(low)
	missed, slopes := 0, make([]float64, rateCells+1)
	slopes[0] = leftSlope
	for i := range table.cells {
		v := low + float64(i+1)*width
		right, rightSlope := rate.At(v)/bound, slope(v)
		rise := right - left
		table.cells[i] = rateCell{left, leftSlope, 3*rise - (2*leftSlope + rightSlope), leftSlope + rightSlope - 2*rise}
		if middle := rate.At(v-width/2) / bound; math.Abs(table.cells[i].value(0.5)-middle) > tableError {
			missed++
			if math.Abs(table.cells[i].value(0.5)-middle) > unresolved && !jumps(rate, v-width, v) {
				r.direct = rate
			}
			// At a jump or kink a line neither overshoots nor has a slope that is not there.
			if math.Abs(left+rise/2-middle) < math.Abs(table.cells[i].value(0.5)-middle) {
				table.cells[i] = rateCell{left, rise, 0, 0}
			}
			table.steepest = math.Max(table.steepest, math.Abs(rise))
			slopes[i+1] = math.NaN()
		} else {
			slopes[i+1] = math.Abs(rightSlope)
		}
		left, leftSlope = right, rightSlope
	}
	table.steepest = math.Max(table.steepest, highest(slopes))
	// In the units of the sigmoids, whose cells are rateCellsPerUnit to one of x.
	table.steepest *= rateCellsPerUnit
	r.steepness = 4 * r.DerivativeBound() / bound
	allowed := missedCells
	if kinked, is := rate.(bnn.KinkedRate); is {
		allowed += 2 * len(kinked.Kinks())
	}
	if missed > allowed {
		r.direct = rate
	}
	return r
}

// highest is the greatest of values at the nodes, of which the missing ones are NaN, between nodes
// by a parabola through three.
func highest(values []float64) float64 {
	at, top := 0, 0.0
	for i, value := range values {
		if value > top {
			at, top = i, value
		}
	}
	if at == 0 || at == len(values)-1 {
		return top
	}
	before, after := values[at-1], values[at+1]
	if bend := before - 2*top + after; bend < 0 {
		top -= (after - before) * (after - before) / (8 * bend)
	}
	return top
}

// changes returns the potentials between which the rate differs from what it is far below and far
// above, as seen at some hundred potentials of all sizes and then by bisection.
func changes(rate bnn.Rate) (low, high float64) {
	const many = 512
	potential := func(i int) float64 { return math.Sinh(math.Asinh(farthest) * float64(i) / many) }
	tolerance := unchanged * rate.Bound()
	edge := func(step int) float64 {
		i := -many * step
		end := rate.At(potential(i))
		for ; i != many*step; i += step {
			if math.Abs(rate.At(potential(i+step))-end) > tolerance {
				break
			}
		}
		if i == many*step {
			return math.NaN()
		}
		outside, inside := potential(i), potential(i+step)
		for range 40 {
			if middle := (outside + inside) / 2; math.Abs(rate.At(middle)-end) > tolerance {
				inside = middle
			} else {
				outside = middle
			}
		}
		return outside
	}
	return edge(1), edge(-1)
}

// jumps tells whether most of what a rate changes by in an interval it does at one place.
func jumps(rate bnn.Rate, from, to float64) bool {
	low, high := rate.At(from), rate.At(to)
	most := math.Abs(high-low) / 2
	for range 30 {
		middle := from + (to-from)/2
		if value := rate.At(middle); math.Abs(value-low) > math.Abs(high-value) {
			to, high = middle, value
		} else {
			from, low = middle, value
		}
	}
	return math.Abs(high-low) > most
}

// differences returns λ′(v) by differences over a step.
func differences(rate bnn.Rate, v, step float64) float64 {
	return (8*(rate.At(v+step)-rate.At(v-step)) - (rate.At(v+2*step) - rate.At(v-2*step))) / (12 * step)
}

// call returns what the cells of a table give, from the rate itself.
func (r *Rate) call(v float64) (value, slope float64) {
	step := 1e-4 * math.Max(1, math.Abs(v))
	return r.direct.At(v) / r.max, (r.direct.At(v+step) - r.direct.At(v-step)) / (2 * step * r.max * r.scale)
}
