package bnn

import "math"

// Pulse is the stimulus Baseline + Amplitude for Start ≤ t < Start + Duration and
// Baseline at all other times. All are finite and Duration ≥ 0; the pulse may
// start before time 0.
type Pulse struct{ Baseline, Amplitude, Start, Duration float64 }

func (s Pulse) end() float64 { return s.Start + s.Duration }

// empty tells whether the pulse is never on: the end can equal the start also by
// rounding.
func (s Pulse) empty() bool { return s.end() <= s.Start }

// At returns I(t).
func (s Pulse) At(t float64) float64 {
	if s.Start <= t && t < s.end() {
		return s.Baseline + s.Amplitude
	}
	return s.Baseline
}

// Derivative returns 0, also from the right of the two jumps.
func (s Pulse) Derivative(float64) float64 { return 0 }

// Response returns the response to the baseline plus that to the part of the
// pulse between 0 and t, decayed since.
func (s Pulse) Response(t, tau float64) float64 {
	response := s.Baseline * stepResponse(t, tau)
	on, off := math.Max(s.Start, 0), math.Min(s.end(), t)
	if on < off {
		response += s.Amplitude * math.Exp(-(t-off)/tau) * stepResponse(off-on, tau)
	}
	return response
}

// Jumps returns the start and the end, as far as they are after time 0; none if
// the pulse has no duration or no amplitude.
func (s Pulse) Jumps() []float64 {
	if s.empty() || s.Amplitude == 0 {
		return nil
	}
	var jumps []float64
	for _, t := range []float64{s.Start, s.end()} {
		if t > 0 && !math.IsInf(t, 1) {
			jumps = append(jumps, t)
		}
	}
	return jumps
}

// Range returns the baseline and, if the pulse is ever on, the value during it.
func (s Pulse) Range() (least, greatest float64) {
	if s.empty() {
		return s.Baseline, s.Baseline
	}
	on := s.Baseline + s.Amplitude
	return math.Min(s.Baseline, on), math.Max(s.Baseline, on)
}

// Rest returns the baseline.
func (s Pulse) Rest() float64 { return s.Baseline }

// Stepped returns true.
func (s Pulse) Stepped() bool { return true }

// Key is the stimulus as it stands in network files.
func (s Pulse) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
