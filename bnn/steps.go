package bnn

import (
	"math"
	"slices"
	"sort"
)

// Steps is a stimulus that is constant between increasing times: Values[0] before Times[0],
// Values[i] from Times[i-1] on, so that Values has one entry more than Times.
type Steps struct{ Times, Values []float64 }

// index is which value holds at time t.
func (s Steps) index(t float64) int {
	return sort.Search(len(s.Times), func(i int) bool { return s.Times[i] > t })
}

// At returns I(t).
func (s Steps) At(t float64) float64 { return s.Values[s.index(t)] }

// Derivative returns 0, also from the right of the jumps.
func (s Steps) Derivative(float64) float64 { return 0 }

// Response adds up the responses to what each step lasts, decayed since.
func (s Steps) Response(t, tau float64) float64 {
	sum := 0.0
	end := t
	for i := s.index(t); i >= 0 && end > 0 && t-end < forgotten*tau; i-- {
		start := 0.0
		if i > 0 {
			start = math.Max(s.Times[i-1], 0)
		}
		sum += s.Values[i] * math.Exp((end-t)/tau) * stepResponse(end-start, tau)
		end = start
	}
	return sum
}

// Jumps returns the times after 0 at which the value changes.
func (s Steps) Jumps() []float64 {
	var jumps []float64
	for i, t := range s.Times {
		if t > 0 && s.Values[i] != s.Values[i+1] {
			jumps = append(jumps, t)
		}
	}
	return jumps
}

// Range returns the least and the greatest of the values.
func (s Steps) Range() (least, greatest float64) { return slices.Min(s.Values), slices.Max(s.Values) }

// Rest returns the last value.
func (s Steps) Rest() float64 { return s.Values[len(s.Values)-1] }

// Stepped returns true.
func (s Steps) Stepped() bool { return true }

// Key is the stimulus as it stands in network files.
func (s Steps) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
