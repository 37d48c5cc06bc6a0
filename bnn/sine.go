package bnn

import (
	"math"
	"math/cmplx"

	"balanced/bnn/internal/numbers"
)

// Sine is the stimulus Baseline + Amplitude·sin(2πt/Period + Phase). All are
// finite and Period > 0.
type Sine struct{ Baseline, Amplitude, Period, Phase float64 }

// angle returns 2πt/Period within one turn. The remainder is exact, so that the
// angle keeps its accuracy over any number of turns and never overflows.
func (s Sine) angle(t float64) float64 {
	return 2 * math.Pi * (math.Mod(t, s.Period) / s.Period)
}

// At returns I(t).
func (s Sine) At(t float64) float64 {
	return s.Baseline + s.Amplitude*math.Sin(s.angle(t)+s.Phase)
}

// Derivative returns I'(t).
func (s Sine) Derivative(t float64) float64 {
	return 2 * math.Pi * s.Amplitude * math.Cos(s.angle(t)+s.Phase) / s.Period
}

// Response returns the response to the baseline plus the imaginary part of that
// to Amplitude·e^{i(ωt+φ)}, which is e^{i(ωt+φ)} (1 − e^{−zt})/z with z = 1/τ + iω.
func (s Sine) Response(t, tau float64) float64 {
	frequency := 2 * math.Pi / s.Period
	angle := s.angle(t)
	var factor complex128
	if zt := complex(t/tau, frequency*t); cmplx.Abs(zt) < 1 {
		factor = complex(t, 0) * numbers.MeanExponential(-zt)
	} else {
		// 1 − e^{−zt} with the angle reduced, in terms that do not cancel.
		decay, half := math.Exp(-t/tau), math.Sin(angle/2)
		rise := complex(-math.Expm1(-t/tau)+2*decay*half*half, decay*math.Sin(angle))
		factor = complex(tau, 0) * rise / complex(1, frequency*tau)
	}
	sin, cos := math.Sincos(angle + s.Phase)
	wave := sin*real(factor) + cos*imag(factor)
	return s.Baseline*stepResponse(t, tau) + s.Amplitude*wave
}

// Jumps returns nil.
func (s Sine) Jumps() []float64 { return nil }

// Range returns Baseline − |Amplitude| and Baseline + |Amplitude|.
func (s Sine) Range() (least, greatest float64) {
	amplitude := math.Abs(s.Amplitude)
	return s.Baseline - amplitude, s.Baseline + amplitude
}

// Rest returns the baseline.
func (s Sine) Rest() float64 { return s.Baseline }

// Stepped tells whether the amplitude is 0.
func (s Sine) Stepped() bool { return s.Amplitude == 0 }

// Key is the stimulus as it stands in network files.
func (s Sine) Key() string { return kindKey[Stimulus](s, stimulusKinds) }
