package ode

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Radau is the collocation method Radau IIA with seven stages: order 13, stage
// order 7, L-stable and stiffly accurate, so that its steps need not resolve
// decaying modes however fast they are, and it keeps its order on the manifold to
// which the solution relaxes: E. Hairer and G. Wanner, Solving Ordinary
// Differential Equations II, sections IV.5 and IV.8 (error estimate: equation
// IV.8.20), and, for any number of stages, Stiff differential equations solved by Radau
// methods, Journal of Computational and Applied Mathematics 111 (1999), 93–111. A step of a
// system of dimension d costs the factorisations of a d×d and three (2d)×(2d) matrices, of
// fewer rows with NewRadauGrouped, and a handful of evaluations at each of the stages.
type Radau struct {
	f         Func
	tolerance Tolerance
	counts    Counts

	t, h  float64
	y     []float64
	slope []float64 // f(t, y)

	first, last int // components that are kept ≥ 0
	most        int // attempts

	next, estimate     []float64
	z, residual, stage []float64 // the stages, one after the other
	newton             *splitting

	// The last accepted step, from which Newton's iteration starts.
	length     float64
	increments []float64
}

// A JacobianFunc writes ∂f/∂y at time t and state y into the matrix. It serves
// Newton's iteration only, so that small terms may be left out.
type JacobianFunc func(t float64, y []float64, jacobian *mat.Dense)

// NewRadau starts a solution of y′ = f(t, y) at time t from the state y, which is
// copied.
func NewRadau(f Func, jacobian JacobianFunc, t float64, y []float64, tolerance Tolerance) *Radau {
	return newRadau(f, newDense(jacobian, len(y)), t, y, tolerance)
}

func newRadau(f Func, n newton, t float64, y []float64, tolerance Tolerance) *Radau {
	d := len(y)
	s := &Radau{
		tolerance: tolerance, t: t, y: append([]float64(nil), y...), most: maxSteps,
		slope: make([]float64, d), next: make([]float64, d), estimate: make([]float64, d),
		z: make([]float64, stages*d), residual: make([]float64, stages*d), stage: make([]float64, stages*d),
		newton: newSplitting(n, d), increments: make([]float64, stages*d),
	}
	s.f = s.counts.count(f)
	return s
}

// KeepNonNegative tells that the components from first to last−1 are never negative in the
// exact solution from a state in which they are not, such as variances. A step that makes
// one so is too long and is tried again with a shorter length, unless it is by no more than
// Newton's iteration leaves undecided, a hundredth of the tolerance: then it is 0.
func (s *Radau) KeepNonNegative(first, last int) { s.first, s.last = first, last }

// AllowMore lets the solver take so many steps more than usual before it gives up.
func (s *Radau) AllowMore(steps int) { s.most += steps }

// Time returns the time reached.
func (s *Radau) Time() float64 { return s.t }

// State returns the state at Time. It is not to be changed.
func (s *Radau) State() []float64 { return s.y }

// Counts returns what was done so far.
func (s *Radau) Counts() Counts { return s.counts }

// Step advances by one accepted step that does not go beyond end. The end of the context,
// which is looked at between iterations and within long factorisations, is an error.
func (s *Radau) Step(ctx context.Context, end float64) error {
	if err := s.f(s.t, s.y, s.slope); err != nil {
		return &StepSizeError{Time: s.t, Cause: err}
	}
	s.newton.linearise(s.t, s.y)
	careful := s.h == 0
	if careful {
		s.h = s.firstStep()
	}
	for {
		if s.counts.Steps+s.counts.Rejected >= s.most {
			return ErrTooManySteps
		}
		// Two equal steps to the end are better than a long one and a sliver.
		h, last := s.h, false
		if rest := end - s.t; h >= rest*(1-1e-12) {
			h, last = rest, true
		} else if h > rest/2 {
			h = rest / 2
		}
		if err := s.newton.prepare(ctx, h); err != nil {
			return err
		}
		s.predictStages(h)
		iterations, cause := s.solveStages(ctx, h)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		size := math.Inf(1)
		if cause == nil && iterations > 0 && !s.negative() {
			size, cause = s.errorNorm(h, careful)
		}
		if size <= 1 {
			safety := 0.9 * float64(2*newtonLimit+1) / float64(2*newtonLimit+iterations)
			factor := safety * math.Pow(math.Max(size, 1e-10), estimateOrder)
			if grown := h * math.Min(8, math.Max(0.2, factor)); !last || grown > s.h {
				s.h = grown
			}
			s.t += h
			if last {
				s.t = end
			}
			s.length = h
			copy(s.increments, s.z)
			copy(s.y, s.next)
			for c := s.first; c < s.last; c++ {
				s.y[c] = math.Max(s.y[c], 0)
			}
			s.counts.Steps++
			return nil
		}
		s.counts.Rejected++
		factor := 0.25
		if !math.IsInf(size, 0) && !math.IsNaN(size) {
			factor = math.Max(factor, 0.9*math.Pow(size, estimateOrder))
		}
		s.h, careful = h*factor, true
		s.length = 0 // what did not lead to a step predicts none
		if tooShort(s.t, s.h) {
			return &StepSizeError{Time: s.t, Cause: cause}
		}
	}
}

// negative tells whether a component that is kept ≥ 0 has become negative.
func (s *Radau) negative() bool {
	return slices.ContainsFunc(s.next[s.first:s.last], func(x float64) bool { return x < -newtonTolerance*s.tolerance.Absolute })
}

// firstStep lets the fastest change reach a thousandth of the solution's size;
// being wrong costs a few rejected or a few short steps.
func (s *Radau) firstStep() float64 {
	size := s.tolerance.norm(s.y, s.y, s.y)
	slope := s.tolerance.norm(s.slope, s.y, s.y)
	if size < 1e-5 || slope < 1e-5 {
		return 1e-6
	}
	return math.Max(1e-3*size/slope, 1e-10)
}

const (
	estimateOrder   = -1. / (stages + 1) // a step is as long as the tolerance to this power allows
	newtonLimit     = 14
	newtonTolerance = 1e-2 // of the tolerance
)

// predictStages continues the collocation polynomial of the last step, which passes
// through 0 and the increments, into a step of length h.
func (s *Radau) predictStages(h float64) {
	if s.length == 0 {
		clear(s.z)
		return
	}
	d := len(s.y)
	clear(s.z)
	for i, node := range radau.nodes {
		to := s.z[i*d : (i+1)*d]
		for j := range stages {
			weight := Lagrange(radau.withStart, j+1, 1+node*h/s.length)
			if j == stages-1 { // from where the step ended
				weight--
			}
			for c, x := range s.increments[j*d : (j+1)*d] {
				to[c] += weight * x
			}
		}
	}
}

// solveStages finds the stage increments z = hA f(y + z) by simplified Newton
// iterations from those predicted, to a hundredth of the tolerance or to rounding. It
// returns the number of iterations, zero if they did not converge, and the error of a
// right-hand side that refused a stage.
func (s *Radau) solveStages(ctx context.Context, h float64) (int, error) {
	d := len(s.y)
	previous := math.Inf(1)
	for iteration := 1; iteration <= newtonLimit; iteration++ {
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		for i, node := range radau.nodes {
			for c := range d {
				s.next[c] = s.y[c] + s.z[i*d+c]
			}
			if err := s.f(s.t+node*h, s.next, s.stage[i*d:(i+1)*d]); err != nil {
				return 0, err
			}
		}
		for i, row := range radau.a {
			for c := range d {
				sum := 0.0
				for j, weight := range row {
					sum += weight * s.stage[j*d+c]
				}
				s.residual[i*d+c] = h*sum - s.z[i*d+c]
			}
		}
		if !s.newton.solve(h, s.residual) {
			return 0, nil
		}
		size := 0.0
		for i := range stages {
			size = math.Max(size, s.tolerance.norm(s.residual[i*d:(i+1)*d], s.y, s.y))
		}
		for c, x := range s.residual {
			s.z[c] += x
		}
		if math.IsNaN(size) || size > 2*previous {
			return 0, nil
		}
		// Below a ten-thousandth of the tolerance, iterations that no longer shrink
		// have reached rounding.
		if size <= newtonTolerance && (size <= 1e-6 || size > 0.1*previous) {
			for c := range d {
				s.next[c] = s.y[c] + s.z[(stages-1)*d+c]
			}
			return iteration, nil
		}
		previous = size
	}
	return 0, nil
}

// errorNorm is the embedded estimate of order 3, filtered so that it stays
// bounded for infinitely stiff modes; after a start or a rejection it is filtered
// once more.
func (s *Radau) errorNorm(h float64, careful bool) (float64, error) {
	d := len(s.y)
	increments := s.residual[:d]
	for c := range d {
		sum := 0.0
		for j, weight := range radau.estimate {
			sum += weight * s.z[j*d+c]
		}
		increments[c] = sum / h
		s.estimate[c] = s.slope[c] + increments[c]
	}
	if !s.newton.solveSingle(s.estimate) {
		return math.Inf(1), nil
	}
	size := s.tolerance.norm(s.estimate, s.y, s.next)
	if size <= 1 || !careful {
		return size, nil
	}
	shifted, slope := s.stage[:d], s.stage[d:2*d]
	for c := range d {
		shifted[c] = s.y[c] + s.estimate[c]
	}
	if err := s.f(s.t, shifted, slope); err != nil {
		return math.Inf(1), err
	}
	for c := range d {
		s.estimate[c] = slope[c] + increments[c]
	}
	if !s.newton.solveSingle(s.estimate) {
		return math.Inf(1), nil
	}
	return s.tolerance.norm(s.estimate, s.y, s.next), nil
}
