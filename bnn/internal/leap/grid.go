package leap

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/pieces"
)

// An Interval is one step of the leap.
type Interval struct {
	Start, End float64
	Smooth     pieces.Interval // the piece of time in which no stimulus jumps or bends that it belongs to
	First      bool            // at time 0 or after a jump
	Row        int             // of the output time at its end, or −1
	Stops      bool            // at an output time or at the end of its piece
}

// Length is that of the step in time.
func (s Interval) Length() float64 { return s.End - s.Start }

// MostSteps keeps the list of steps in memory; a run of so many steps is better
// done with a larger one.
const MostSteps = 20_000_000

// Grid cuts the time from 0 to the last output time into steps of at most step,
// which end at the output times and where stimuli jump or bend. Within each stretch
// between such stops the steps are equal, but for two rules. After time 0 and after a
// jump, where the means may move fast along U for a time of order layer, steps grow
// from step·layer/graded in proportion to layer plus the time since, until after about
// the time graded they have full length; halving step halves them all, so that the
// order of the scheme is kept within a layer too. And no step is more than twice
// as long as the one before in its piece, as the two-step formula requires (it is stable up
// to the ratio 1 + √2).
//
// The error is an *InputError for a step so short that there are more than MostSteps.
func Grid(network Network, times []float64, step float64) ([]Interval, error) {
	shortest := math.Inf(1)
	for _, population := range network.Populations {
		shortest = math.Min(shortest, population.Tau)
	}
	graded := shortest / 8
	layer := math.Min(network.Layer(), graded)
	end := times[len(times)-1]
	if !(end/step < MostSteps/2) {
		return nil, &bnn.InputError{Path: "step", Value: numbers.Text(step), Allowed: fmt.Sprintf("such that there are fewer than %d steps", MostSteps/2)}
	}
	var grid []Interval
	row := 0
	if times[0] == 0 {
		row++
	}
	jump, previous, jumps := 0.0, math.Inf(1), network.jumping()
	for _, piece := range pieces.Smooth(network.Network, end) {
		t := piece.Start
		if piece.Start < piece.End && jumps(piece.Start) {
			jump, previous = piece.Start, math.Inf(1)
		}
		for t < piece.End {
			next := Interval{Start: t, Smooth: piece, First: t == jump, Row: -1}
			stop := math.Min(piece.End, times[row])
			length := math.Min(step*math.Min(1, (t-jump+layer)/graded), 2*previous)
			if pieces := math.Ceil((stop-t)/length - 1e-9); pieces > 1 {
				next.End = t + (stop-t)/pieces
			} else {
				next.End, next.Stops = stop, true
				if stop == times[row] {
					next.Row = row
					row++
				}
			}
			if next.End <= t || len(grid) == MostSteps {
				return nil, &bnn.InputError{Path: "step", Value: numbers.Text(step), Allowed: fmt.Sprintf("such that fewer than %d steps lead to time %g", MostSteps, end)}
			}
			grid = append(grid, next)
			previous, t = next.Length(), next.End
		}
	}
	return grid, nil
}

// Layer is a lower bound of the time in which the means relax along U: one over
// √n times the largest sum of weights times the slopes of the rates.
func (network Network) Layer() float64 {
	stiffest := 0.0
	for a := range network.Populations {
		sum := 0.0
		for b := range network.Populations {
			sum += math.Abs(network.Weights[a][b]) * float64(network.Counts[b]) / math.Sqrt(float64(network.N)) * network.Rates[b].DerivativeBound()
		}
		stiffest = math.Max(stiffest, sum)
	}
	return 1 / stiffest
}

// jumping returns a function that tells whether some stimulus jumps at a time, rather than only
// bends: then the means may move fast again.
func (network Network) jumping() func(t float64) bool {
	stimuli := network.Stimuli()
	sizes := make([]float64, len(stimuli))
	for i, stimulus := range stimuli {
		least, greatest := stimulus.Range()
		sizes[i] = math.Max(math.Abs(least), math.Abs(greatest))
	}
	return func(t float64) bool {
		before := math.Nextafter(t, math.Inf(-1))
		for i, stimulus := range stimuli {
			if math.Abs(stimulus.At(t)-stimulus.At(before)) > 1e-9*sizes[i] {
				return true
			}
		}
		return t == 0
	}
}
