package bnn

// Ramp is a stimulus that goes from one value to another in a straight line, from Start on and
// for Duration ≥ 0, before and after which it is constant. With no duration it is a step.
type Ramp struct{ From, To, Start, Duration float64 }

// samples is the same as samples of its two ends, for a duration > 0.
func (s Ramp) samples() Samples {
	return Samples{Start: s.Start, Step: s.Duration, Values: []float64{s.From, s.To}}
}

// steps is the same without duration.
func (s Ramp) steps() Steps {
	return Steps{Times: []float64{s.Start}, Values: []float64{s.From, s.To}}
}

// kind is whichever of them it is: a duration that is lost in the rounding of the end counts
// as none.
func (s Ramp) kind() interface {
	SmoothStimulus
	FilteredStimulus
} {
	if s.Start+s.Duration > s.Start {
		return s.samples()
	}
	return s.steps()
}

// At returns I(t).
func (s Ramp) At(t float64) float64 { return s.kind().At(t) }

// Derivative returns the slope during the ramp, and otherwise 0.
func (s Ramp) Derivative(t float64) float64 { return s.kind().Derivative(t) }

// Response adds the responses to the three parts.
func (s Ramp) Response(t, tau float64) float64 { return s.kind().Response(t, tau) }

// Jumps returns the start and the end, as far as they are after time 0.
func (s Ramp) Jumps() []float64 { return s.kind().Jumps() }

// Range returns the two values in order.
func (s Ramp) Range() (least, greatest float64) { return min(s.From, s.To), max(s.From, s.To) }

// Rest returns To.
func (s Ramp) Rest() float64 { return s.To }

// Stepped tells whether it has no duration.
func (s Ramp) Stepped() bool { return Stepped(s.kind()) || s.From == s.To }

// Key is the stimulus as it stands in network files.
func (s Ramp) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
