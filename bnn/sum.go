package bnn

import (
	"math"
	"slices"
	"strings"
)

// Sum is the sum of 1 to 64 stimuli, of any kind; sums of sums go 4 deep.
type Sum struct{ Of []Stimulus }

// MaxSummands and MaxSumDepth bound sums.
const (
	MaxSummands = 64
	MaxSumDepth = 4
)

func (s Sum) total(f func(Stimulus) float64) float64 {
	sum := 0.0
	for _, summand := range s.Of {
		sum += f(summand)
	}
	return sum
}

// At returns I(t).
func (s Sum) At(t float64) float64 {
	return s.total(func(summand Stimulus) float64 { return summand.At(t) })
}

// Derivative returns I'(t); at a jump, the derivative from the right.
func (s Sum) Derivative(t float64) float64 {
	return s.total(func(summand Stimulus) float64 { return Slope(summand, t) })
}

// Response adds the responses.
func (s Sum) Response(t, tau float64) float64 {
	return s.total(func(summand Stimulus) float64 { return Response(summand, t, tau) })
}

// Jumps returns the times at which one of them jumps.
func (s Sum) Jumps() []float64 {
	var jumps []float64
	for _, summand := range s.Of {
		jumps = append(jumps, summand.Jumps()...)
	}
	slices.Sort(jumps)
	return slices.Compact(jumps)
}

// Range returns the range over the times t ≥ 0 if all but one of the summands are piecewise
// linear; what other ones add is bounded by the sum of their ranges. It looks at every jump.
func (s Sum) Range() (least, greatest float64) {
	linear, others := s.split()
	times := []float64{0}
	for _, t := range linear.Jumps() {
		times = append(times, math.Nextafter(t, 0), t)
	}
	least, greatest = math.Inf(1), math.Inf(-1)
	for _, t := range times {
		value := linear.At(t)
		least, greatest = min(least, value), max(greatest, value)
	}
	// After the last jump all of these are constant.
	for _, summand := range others {
		low, high := summand.Range()
		least, greatest = least+low, greatest+high
	}
	return least, greatest
}

// split parts the summands, those of sums too, into piecewise linear ones and the others.
func (s Sum) split() (linear Sum, others []Stimulus) {
	for _, summand := range s.Of {
		switch summand := summand.(type) {
		case ConstantStimulus, Pulse, Steps, Samples, Ramp:
			linear.Of = append(linear.Of, summand)
		case Sum:
			more, rest := summand.split()
			linear.Of, others = append(linear.Of, more.Of...), append(others, rest...)
		default:
			others = append(others, summand)
		}
	}
	return linear, others
}

// Rest adds the values at rest.
func (s Sum) Rest() float64 { return s.total(Stimulus.Rest) }

// Stepped tells whether all of them change by jumps only.
func (s Sum) Stepped() bool {
	return !slices.ContainsFunc(s.Of, func(summand Stimulus) bool { return !Stepped(summand) })
}

// Key names the sum by the keys of its parts.
func (s Sum) Key() string {
	keys := make([]string, len(s.Of))
	for i, summand := range s.Of {
		keys[i] = summand.Key()
	}
	return `{"kind":"sum","of":[` + strings.Join(keys, ",") + "]}"
}
