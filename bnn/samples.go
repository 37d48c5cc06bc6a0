package bnn

import (
	"math"
	"slices"
)

// Samples is a stimulus by its values at the times Start, Start + Step, Start + 2 Step, …:
// linear between them, and constant before the first and after the last.
type Samples struct {
	Start, Step float64 // Step > 0
	Values      []float64
}

// time is that of a value.
func (s Samples) time(i int) float64 { return s.Start + float64(i)*s.Step }

// piece is the index of the value at or before time t: −1 before the first.
func (s Samples) piece(t float64) int {
	at := math.Floor((t - s.Start) / s.Step)
	i := int(math.Max(-1, math.Min(at, float64(len(s.Values)-1))))
	// The quotient may round across a time.
	if i >= 0 && t < s.time(i) {
		i--
	} else if i < len(s.Values)-1 && t >= s.time(i+1) {
		i++
	}
	return i
}

// line returns the value at the start of a piece and the slope in it.
func (s Samples) line(i int) (value, slope float64) {
	if i < 0 {
		return s.Values[0], 0
	}
	if i >= len(s.Values)-1 {
		return s.Values[len(s.Values)-1], 0
	}
	return s.Values[i], (s.Values[i+1] - s.Values[i]) / s.Step
}

// At returns I(t).
func (s Samples) At(t float64) float64 {
	i := s.piece(t)
	value, slope := s.line(i)
	if slope == 0 {
		return value
	}
	least, greatest := min(value, s.Values[i+1]), max(value, s.Values[i+1])
	return math.Min(math.Max(value+slope*(t-s.time(i)), least), greatest)
}

// Derivative returns the slope of the line that begins at t or holds there.
func (s Samples) Derivative(t float64) float64 {
	_, slope := s.line(s.piece(t))
	return slope
}

// Response adds up the responses to the lines, decayed since.
func (s Samples) Response(t, tau float64) float64 {
	sum := 0.0
	end := t
	for i := s.piece(t); end > 0 && t-end < forgotten*tau; i-- {
		start := 0.0
		if i >= 0 {
			start = math.Max(s.time(i), 0)
		}
		value, slope := s.line(i)
		if slope != 0 {
			value += slope * (start - s.time(i))
		}
		sum += math.Exp((end-t)/tau) * lineResponse(value, slope, end-start, tau)
		end = start
	}
	return sum
}

// lineResponse is the response over a time to a value that changes with a slope.
func lineResponse(value, slope, t, tau float64) float64 {
	if slope == 0 {
		return value * stepResponse(t, tau)
	}
	// ∫ e^{−(t−s)/τ} s ds = τt − τ²(1 − e^{−t/τ}), which cancels for small t/τ: then it is
	// t² ∫ (1−u) e^{−(t/τ)(1−u)…}, by its power series t² Σ (−t/τ)ᵏ/(k+2)!.
	x := t / tau
	ramp := tau * (t - stepResponse(t, tau))
	if x < 0.5 {
		series := 0.0
		for k := 16; k >= 0; k-- {
			series = (1 - x*series) / float64(k+2)
		}
		ramp = t * t * series
	}
	return value*stepResponse(t, tau) + slope*ramp
}

// Jumps returns the times after 0 at which the slope changes.
func (s Samples) Jumps() []float64 {
	var jumps []float64
	_, before := s.line(-1)
	for i := range s.Values {
		_, slope := s.line(i)
		if t := s.time(i); slope != before && t > 0 {
			jumps = append(jumps, t)
		}
		before = slope
	}
	return jumps
}

// Range returns the least and the greatest of the values.
func (s Samples) Range() (least, greatest float64) { return slices.Min(s.Values), slices.Max(s.Values) }

// Rest returns the last value.
func (s Samples) Rest() float64 { return s.Values[len(s.Values)-1] }

// Key is the stimulus as it stands in network files.
func (s Samples) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
