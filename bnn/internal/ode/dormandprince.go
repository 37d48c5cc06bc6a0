package ode

import (
	"math"
	"slices"
)

// DormandPrince is the explicit Runge–Kutta method of order 5 with an embedded
// method of order 4 for the error estimate and a continuous extension of order 4:
// J. R. Dormand and P. J. Prince, Journal of Computational and Applied
// Mathematics 6, 19–26 (1980); the extension and the step size control are those
// of E. Hairer, S. P. Nørsett and G. Wanner, Solving Ordinary Differential
// Equations I, sections II.4–II.6. A step costs six evaluations.
type DormandPrince struct {
	f         Func
	tolerance Tolerance
	counts    Counts

	t, h          float64
	previousError float64
	y, next       []float64
	stage         []float64
	k             [7][]float64

	// The last accepted step, for Interpolate.
	start, length float64
	polynomial    [5][]float64

	first, last int // components that are kept ≥ 0
}

// NewDormandPrince starts a solution of y′ = f(t, y) at time t from the state y,
// which is copied.
func NewDormandPrince(f Func, t float64, y []float64, tolerance Tolerance) *DormandPrince {
	s := &DormandPrince{tolerance: tolerance, t: t, y: append([]float64(nil), y...)}
	s.f = s.counts.count(f)
	s.next = make([]float64, len(y))
	s.stage = make([]float64, len(y))
	for i := range s.k {
		s.k[i] = make([]float64, len(y))
	}
	for i := range s.polynomial {
		s.polynomial[i] = make([]float64, len(y))
	}
	return s
}

// KeepNonNegative tells that the components from first to last−1 are never negative in the
// exact solution from a state in which they are not, such as variances: a step that would
// make one so is too long and is tried again with a shorter length, and where the continuous
// extension falls below 0, within its error, Interpolate takes steps of its own.
func (s *DormandPrince) KeepNonNegative(first, last int) { s.first, s.last = first, last }

// negative tells whether a component that is kept ≥ 0 is negative.
func (s *DormandPrince) negative(y []float64) bool {
	return slices.ContainsFunc(y[s.first:s.last], func(x float64) bool { return x < 0 })
}

// Time returns the time reached.
func (s *DormandPrince) Time() float64 { return s.t }

// Counts returns what was done so far.
func (s *DormandPrince) Counts() Counts { return s.counts }

// State returns the state at Time. The caller may change it in place, for example
// to project it; Interpolate then still describes the step as it was taken.
func (s *DormandPrince) State() []float64 { return s.y }

// The tableau; the last row is both the seventh stage and the solution of order 5.
var dormandPrinceNodes = [7]float64{0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1}

var dormandPrinceStages = [7][]float64{
	{},
	{1. / 5},
	{3. / 40, 9. / 40},
	{44. / 45, -56. / 15, 32. / 9},
	{19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
	{9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
	{35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
}

// The difference between the solutions of order 5 and 4.
var dormandPrinceError = [7]float64{71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40}

// The last coefficient of the continuous extension.
var dormandPrinceDense = [7]float64{-12715105075. / 11282082432, 0, 87487479700. / 32700410799,
	-10690763975. / 1880347072, 701980252875. / 199316789632, -1453857185. / 822651844, 69997945. / 29380423}

// Step advances by one accepted step that does not go beyond end.
func (s *DormandPrince) Step(end float64) error {
	// The state may have been changed in place since the last step, so the first
	// stage is evaluated anew.
	if err := s.f(s.t, s.y, s.k[0]); err != nil {
		return &StepSizeError{Time: s.t, Cause: err}
	}
	if s.h == 0 {
		s.h = s.firstStep(end - s.t)
	}
	for {
		if s.counts.Steps+s.counts.Rejected >= maxSteps {
			return ErrTooManySteps
		}
		h, last := s.h, false
		if s.t+1.0000001*h >= end {
			h, last = end-s.t, true
		}
		cause := s.attempt(h)
		size := math.Inf(1)
		if cause == nil && !s.negative(s.next) {
			size = s.errorNorm(h)
		}
		if size <= 1 {
			s.counts.Steps++
			s.remember(h)
			// Proportional-integral control with the constants of Hairer's DOPRI5.
			factor := 0.9 * math.Pow(math.Max(s.previousError, 1e-4), 0.04) * math.Pow(math.Max(size, 1e-10), -0.17)
			s.previousError = size
			if grown := h * math.Min(10, math.Max(0.2, factor)); !last || grown > s.h {
				s.h = grown
			}
			s.t += h
			if last {
				s.t = end
			}
			copy(s.y, s.next)
			return nil
		}
		s.counts.Rejected++
		factor := 0.2
		if !math.IsInf(size, 0) && !math.IsNaN(size) {
			factor = math.Max(factor, 0.9*math.Pow(size, -0.2))
		}
		s.h = h * factor
		if tooShort(s.t, s.h) {
			return &StepSizeError{Time: s.t, Cause: cause}
		}
	}
}

// firstStep is the cautious guess of section II.4: one hundredth of the time in
// which the solution would change by its own size.
func (s *DormandPrince) firstStep(longest float64) float64 {
	size := s.tolerance.norm(s.y, s.y, s.y)
	slope := s.tolerance.norm(s.k[0], s.y, s.y)
	if size < 1e-5 || slope < 1e-5 {
		return math.Min(1e-6, longest)
	}
	return math.Min(0.01*size/slope, longest)
}

// attempt computes all stages and the solution of order 5 after a step h.
func (s *DormandPrince) attempt(h float64) error {
	for i := 1; i < 7; i++ {
		copy(s.stage, s.y)
		for j, a := range dormandPrinceStages[i] {
			for c := range s.stage {
				s.stage[c] += h * a * s.k[j][c]
			}
		}
		if err := s.f(s.t+dormandPrinceNodes[i]*h, s.stage, s.k[i]); err != nil {
			return err
		}
	}
	copy(s.next, s.stage)
	return nil
}

func (s *DormandPrince) errorNorm(h float64) float64 {
	for c := range s.stage {
		s.stage[c] = 0
		for i, e := range dormandPrinceError {
			s.stage[c] += h * e * s.k[i][c]
		}
	}
	return s.tolerance.norm(s.stage, s.y, s.next)
}

// remember keeps the accepted step for Interpolate.
func (s *DormandPrince) remember(h float64) {
	s.start, s.length = s.t, h
	for c := range s.y {
		difference := s.next[c] - s.y[c]
		bend := h*s.k[0][c] - difference
		s.polynomial[0][c] = s.y[c]
		s.polynomial[1][c] = difference
		s.polynomial[2][c] = bend
		s.polynomial[3][c] = difference - h*s.k[6][c] - bend
		s.polynomial[4][c] = 0
		for i, d := range dormandPrinceDense {
			s.polynomial[4][c] += h * d * s.k[i][c]
		}
	}
}

// Interpolate writes the solution at a time within the last accepted step into y,
// with an error of the order of that of the step itself.
func (s *DormandPrince) Interpolate(t float64, y []float64) {
	u := (t - s.start) / s.length
	p := &s.polynomial
	for c := range y {
		y[c] = p[0][c] + u*(p[1][c]+(1-u)*(p[2][c]+u*(p[3][c]+(1-u)*p[4][c])))
	}
	if !s.negative(y) {
		return
	}
	// The extension has an error where the solution is near 0; the method itself, from the
	// start of the step, ends at t with none of its steps below 0. It meets no state that
	// the step has not met, so that nothing can refuse it; should it be refused, y stays.
	within := NewDormandPrince(s.f, s.start, p[0], s.tolerance)
	within.KeepNonNegative(s.first, s.last)
	within.h = t - s.start
	for within.t < t {
		if within.Step(t) != nil {
			return
		}
	}
	copy(y, within.y)
}
