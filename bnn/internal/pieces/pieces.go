// Package pieces cuts time where stimuli jump: solvers and leaps stop there.
package pieces

import (
	"math"
	"slices"

	"balanced/bnn"
)

// An Interval of time in which no stimulus jumps, except at its start.
type Interval struct{ Start, End float64 }

// Smooth cuts the time from 0 to end at the jumps of all stimuli. A last,
// empty interval starts at end, so that a row there shows the state after a jump.
func Smooth(network *bnn.Network, end float64) []Interval {
	cuts := []float64{0, end}
	for _, stimulus := range network.Stimuli() {
		for _, t := range stimulus.Jumps() {
			if t > 0 && t < end {
				cuts = append(cuts, t)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []Interval
	for i, start := range cuts[:len(cuts)-1] {
		pieces = append(pieces, Interval{start, cuts[i+1]})
	}
	return append(pieces, Interval{end, end})
}

// Clamp returns t, or the last moment before the end of the interval: the stages of
// a step that ends at a jump need the stimulus before it.
func (i Interval) Clamp(t float64) float64 {
	if i.End > i.Start {
		return math.Min(t, math.Nextafter(i.End, math.Inf(-1)))
	}
	return t
}
