// Package ode integrates the ordinary differential equations of the laboratory:
// DormandPrince for the limit equations, which are not stiff, and Radau for the
// finite-n equations, whose relaxation rates grow like √n.
//
// Both advance one accepted step at a time, so that the caller decides what
// happens between steps: projecting onto a manifold, stopping at a jump of a
// stimulus, giving up at a fold.
//
//	solver := ode.NewDormandPrince(decay, 0, []float64{1}, ode.Tolerance{Relative: 1e-9, Absolute: 1e-12})
//	for solver.Time() < 5 {
//		if err := solver.Step(5); err != nil {
//			return err
//		}
//	}
//
// A right-hand side may refuse a state by returning an error; the step is then
// tried again with a shorter length, and the error is passed on, wrapped in a
// StepSizeError, only when no representable step is short enough.
package ode

import (
	"errors"
	"fmt"
	"math"
)

// Counts tell what a solver did: steps accepted, steps tried again with a shorter length, and
// evaluations of the right-hand side, those for interpolation included.
type Counts struct{ Steps, Rejected, Evaluations int }

// count returns f, whose calls are counted.
func (c *Counts) count(f Func) Func {
	return func(t float64, y, dydt []float64) error {
		c.Evaluations++
		return f(t, y, dydt)
	}
}

// A Func writes the derivative of the state y at time t into dydt.
type Func func(t float64, y, dydt []float64) error

// Tolerance bounds the local error of each component of the state y by
// Absolute + Relative·|y|, in the root mean square over components.
type Tolerance struct {
	Relative, Absolute float64
}

// norm returns the root mean square of the components of e, each divided by its
// tolerance at the larger of the two states.
func (tolerance Tolerance) norm(e, before, after []float64) float64 {
	sum := 0.0
	for i, x := range e {
		x /= tolerance.Absolute + tolerance.Relative*math.Max(math.Abs(before[i]), math.Abs(after[i]))
		sum += x * x
	}
	return math.Sqrt(sum / float64(len(e)))
}

// ErrTooManySteps is returned when a solver has taken its maximal number of
// steps, accepted and rejected together.
var ErrTooManySteps = errors.New("too many steps")

// maxSteps is far above what any network needs that the tolerances suit; it ends
// an integration that has stopped making progress.
const maxSteps = 1_000_000

// StepSizeError tells that the solution cannot be continued beyond Time: no step,
// however short, meets the tolerance. Cause, if not nil, is the error with which
// the right-hand side refused the last attempt.
type StepSizeError struct {
	Time  float64
	Cause error
}

func (e *StepSizeError) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("no step is short enough at time %g: %v", e.Time, e.Cause)
	}
	return fmt.Sprintf("no step is short enough at time %g", e.Time)
}

// Unwrap returns the cause.
func (e *StepSizeError) Unwrap() error { return e.Cause }

// tooShort tells whether a step of length h can no longer be told from none.
func tooShort(t, h float64) bool {
	return h < 1e-13*math.Max(1, math.Abs(t))
}
