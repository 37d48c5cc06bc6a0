package bnn

import (
	"math"
	"slices"

	"balanced/bnn/internal/quadrature"
)

// Response returns ∫ e^{−(t−s)/τ} I(s) ds over 0 ≤ s ≤ t: the solution at t ≥ 0 of
// x' = −x/τ + I(t) from x(0) = 0. It is the stimulus's own if it is a FilteredStimulus, and
// otherwise integrated between its jumps, to 1e-12 of τ times the greatest value; what lies
// more than 40τ back has decayed to less than that and is left out.
func Response(s Stimulus, t, tau float64) float64 {
	if filtered, is := s.(FilteredStimulus); is {
		return filtered.Response(t, tau)
	}
	return integrateResponse(s, math.Max(0, t-forgotten*tau), t, tau)
}

// forgotten is after how many time constants a leak has forgotten: e^{−40} is 4e-18.
const forgotten = 40

// ResponseSince returns ∫ e^{−(t−s)/τ} I(s) ds over the times s from one before t on: a response
// that is known at that time decays, and this is added to it. Simulators go on with it from time
// to time, which costs less than Response from the start.
func ResponseSince(s Stimulus, from, t, tau float64) float64 {
	if filtered, is := s.(FilteredStimulus); is {
		return filtered.Response(t, tau) - math.Exp((from-t)/tau)*filtered.Response(from, tau)
	}
	return integrateResponse(s, math.Max(from, t-forgotten*tau), t, tau)
}

func integrateResponse(s Stimulus, from, t, tau float64) float64 {
	if !(from < t) {
		return 0
	}
	least, greatest := s.Range()
	size := math.Max(math.Abs(least), math.Abs(greatest))
	if size == 0 {
		return 0
	}
	// A stage at a jump is of the piece before: nodes of the rule are inside of the pieces.
	cuts := quadrature.Pieces(from, t, s.Jumps())
	sum := []float64{0}
	quadrature.Integrate(func(at float64, values []float64) {
		values[0] = math.Exp((at-t)/tau) * s.At(at)
	}, cuts, 1e-12*size*math.Min(tau, t-from), sum)
	return sum[0]
}

// Slope returns I'(t), from the right at a jump: its own of a SmoothStimulus, else a quotient of
// differences that crosses no jump, to some 1e-11 for changes over times of order 1.
func Slope(s Stimulus, t float64) float64 {
	if smooth, is := s.(SmoothStimulus); is {
		return smooth.Derivative(t)
	}
	cuts := slices.Concat([]float64{0}, s.Jumps(), []float64{math.Inf(1)})
	next, _ := slices.BinarySearch(cuts[1:], math.Nextafter(t, math.Inf(1)))
	return SlopeWithin(s, t, cuts[next], cuts[next+1])
}

// SlopeWithin is Slope where no jump is between start and end, as solvers know that stop at them.
func SlopeWithin(s Stimulus, t, start, end float64) float64 {
	switch s := s.(type) {
	case Sum:
		return s.total(func(summand Stimulus) float64 { return SlopeWithin(summand, t, start, end) })
	case SmoothStimulus:
		return s.Derivative(t)
	}
	h := math.Min(1e-3, (end-start)/10)
	if !(t+4*h < end) {
		h = -h // the time before has more room
	}
	return (-25*s.At(t) + 48*s.At(t+h) - 36*s.At(t+2*h) + 16*s.At(t+3*h) - 3*s.At(t+4*h)) / (12 * h)
}
