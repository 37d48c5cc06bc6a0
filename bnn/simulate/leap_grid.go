package simulate

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/pieces"
)

// A leapInterval is one step of the leap.
type leapInterval struct {
	start, end float64
	smooth     pieces.Interval // the piece of time without jumps of a stimulus that it belongs to
	first      bool            // of its piece
	row        int             // of the output time at its end, or −1
	stops      bool            // at an output time or at the end of its piece
}

func (s leapInterval) length() float64 { return s.end - s.start }

// mostLeapSteps keeps the list of steps in memory; a run of so many steps is better
// done with a larger one.
const mostLeapSteps = 20_000_000

// leapGrid cuts the time from 0 to the last output time into steps of at most step,
// which end at the output times and at the jumps of the stimuli. Within each stretch
// between such stops the steps are equal, but for two rules. After time 0 and after a
// jump, where the means may move fast along U for a time of order layer, steps grow
// from step·layer/graded in proportion to layer plus the time since, until after about
// the time graded they have full length; halving step halves them all, so that the
// order of the scheme is kept within a layer too. And no step is more than twice
// as long as the one before in its piece, as the two-step formula requires (it is stable up
// to the ratio 1 + √2).
func (p *plan) leapGrid(step float64) ([]leapInterval, error) {
	shortest := math.Inf(1)
	for _, population := range p.network.Populations {
		shortest = math.Min(shortest, population.Tau)
	}
	graded := shortest / 8
	layer := math.Min(p.leapLayer(), graded)
	end := p.times[len(p.times)-1]
	if !(end/step < mostLeapSteps/2) {
		return nil, &bnn.InputError{Path: "step", Value: numbers.Text(step), Allowed: fmt.Sprintf("such that there are fewer than %d steps", mostLeapSteps/2)}
	}
	var grid []leapInterval
	row := 0
	if p.times[0] == 0 {
		row++
	}
	for _, piece := range pieces.Smooth(p.network, end) {
		t, previous := piece.Start, math.Inf(1)
		for t < piece.End {
			next := leapInterval{start: t, smooth: piece, first: t == piece.Start, row: -1}
			stop := math.Min(piece.End, p.times[row])
			length := math.Min(step*math.Min(1, (t-piece.Start+layer)/graded), 2*previous)
			if pieces := math.Ceil((stop-t)/length - 1e-9); pieces > 1 {
				next.end = t + (stop-t)/pieces
			} else {
				next.end, next.stops = stop, true
				if stop == p.times[row] {
					next.row = row
					row++
				}
			}
			if next.end <= t || len(grid) == mostLeapSteps {
				return nil, &bnn.InputError{Path: "step", Value: numbers.Text(step), Allowed: fmt.Sprintf("such that fewer than %d steps lead to time %g", mostLeapSteps, end)}
			}
			grid = append(grid, next)
			previous, t = next.length(), next.end
		}
	}
	return grid, nil
}

// leapLayer is a lower bound of the time in which the means relax along U: one over
// √n times the largest sum of weights times the slopes of the rates.
func (p *plan) leapLayer() float64 {
	stiffest := 0.0
	for a := range p.network.Populations {
		sum := 0.0
		for b, population := range p.network.Populations {
			rate, err := tabulate(population.Rate)
			if err == nil {
				sum += math.Abs(p.network.Weights[a][b]) * float64(p.counts[b]) / math.Sqrt(float64(p.n)) * rate.derivativeBound()
			}
		}
		stiffest = math.Max(stiffest, sum)
	}
	return 1 / stiffest
}
