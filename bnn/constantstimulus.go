package bnn

import "math"

// ConstantStimulus is the stimulus I(t) = Value, a finite number.
type ConstantStimulus struct{ Value float64 }

// At returns the value.
func (s ConstantStimulus) At(float64) float64 { return s.Value }

// Derivative returns 0.
func (s ConstantStimulus) Derivative(float64) float64 { return 0 }

// Response returns Value·τ·(1 − e^{−t/τ}).
func (s ConstantStimulus) Response(t, tau float64) float64 {
	return s.Value * stepResponse(t, tau)
}

// Jumps returns nil.
func (s ConstantStimulus) Jumps() []float64 { return nil }

// Range returns the value twice.
func (s ConstantStimulus) Range() (least, greatest float64) { return s.Value, s.Value }

// Rest returns the value.
func (s ConstantStimulus) Rest() float64 { return s.Value }

// stepResponse is the response to the constant 1, exact for small t/τ too.
func stepResponse(t, tau float64) float64 {
	return -tau * math.Expm1(-t/tau)
}

// Stepped returns true.
func (s ConstantStimulus) Stepped() bool { return true }

// Key is the stimulus as it stands in network files.
func (s ConstantStimulus) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
