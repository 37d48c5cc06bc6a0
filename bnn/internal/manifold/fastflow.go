package manifold

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/ode"
)

// Ending is how the fast dynamics end.
type Ending int

const (
	Settled  Ending = iota // W F + β became small
	Faded                  // it became small only because the rates saturate
	escaped                // the means left every bound
	Cycling                // the means go round, and come back to where they were
	Restless               // none of these
)

// A FastFlow is the motion of the means off the manifold, ds/dθ = W F(mean + U s, K) + β, in
// the stretched time θ = √n t (theory.md §2).
type FastFlow struct {
	*Manifold
	drive, mean, variance []float64
	scale                 float64 // of what the network can exert
	Settled               float64 // the part of it that counts as none

	means []float64 // where slope was last asked for, and what there is
	there []bnn.Expectation
}

// An Outcome is where the fast dynamics lead.
type Outcome struct {
	Ending    Ending
	Mean      []float64 // reached
	Frequency float64   // of a cycle, in θ
}

// NewFastFlow is the flow from a state under a drive b.
func (m *Manifold) NewFastFlow(drive, mean, variance []float64) *FastFlow {
	f := &FastFlow{Manifold: m, drive: drive, mean: mean, variance: variance, scale: linear.Norm(drive), Settled: settledFraction,
		means: make([]float64, len(mean)), there: make([]bnn.Expectation, len(mean))}
	for a, population := range m.Network.Populations {
		for c := range m.Rank {
			f.scale += math.Abs(m.W.At(c, a)) * population.Rate.Bound()
		}
	}
	return f
}

// at returns the means mean + U s.
func (f *FastFlow) at(s []float64) []float64 {
	x := f.Along(s)
	for a := range x {
		x[a] += f.mean[a]
	}
	return x
}

// slope writes W F + β, the right-hand side.
func (f *FastFlow) slope(s, slope []float64) {
	f.FillAlong(f.means, s)
	for a := range f.means {
		f.means[a] += f.mean[a]
	}
	f.FillExpectations(f.there, f.means, f.variance)
	f.fillImbalance(slope, f.there, f.drive)
}

// settledFraction is how small the imbalance becomes before it counts as none, of what the
// network can exert. An explicit method hovers around an equilibrium at the size of its
// tolerance, which is therefore far smaller than that.
const settledFraction = 1e-5

// Follow tells where the flow from s ends: on a line at the next zero, where that can be told.
func (f *FastFlow) Follow(ctx context.Context, s []float64) (Outcome, error) {
	if f.Rank == 1 {
		if zero, found := f.nextZero(s[0]); found {
			return Outcome{Ending: Settled, Mean: f.at([]float64{zero})}, nil
		}
	}
	return f.integrate(ctx, s)
}

// integrate follows the flow from s until it ends. Most flows end within a few hundred steps
// of an explicit method, or go round, which it follows for longer; one in which a population runs away
// while another is held is taken over by an implicit one, whose steps no stiffness shortens.
func (f *FastFlow) integrate(ctx context.Context, s []float64) (Outcome, error) {
	const (
		explicitSteps = 400 // in which what is not stiff goes round once at least
		mostRounds    = 12  // of so many steps
		implicitSteps = 5_000
	)
	evaluate := func(_ float64, s, slope []float64) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		f.slope(s, slope)
		return nil
	}
	jacobian := func(_ float64, s []float64, jacobian *mat.Dense) {
		f.FillSensitivity(jacobian, f.Expectations(f.at(s), f.variance))
	}
	tolerance := ode.Tolerance{Relative: 1e-8, Absolute: 1e-8}
	var rounds cycleWatch
	explicit := ode.NewDormandPrince(evaluate, 0, s, tolerance)
	result, err := f.run(explicit, explicit.Step, explicitSteps, &rounds)
	seen := 1
	for ; err == nil && result.Ending == Restless && seen < mostRounds && rounds.turning(seen); seen++ {
		result, err = f.run(explicit, explicit.Step, explicitSteps, &rounds)
	}
	if err == nil && result.Ending == Restless && seen < mostRounds {
		implicit := ode.NewRadau(evaluate, jacobian, explicit.Time(), explicit.State(), tolerance)
		result, err = f.run(implicit, func(end float64) error { return implicit.Step(ctx, end) }, implicitSteps, &rounds)
	}
	if err != nil || result.Ending != Restless {
		return result, err
	}
	// Near a balance that hardly holds or hardly does not the rounds narrow or widen slowly.
	if period, narrowing, round := rounds.trend(); round && narrowing {
		result.Ending = Settled
	} else if round {
		result.Ending, result.Frequency = Cycling, 2*math.Pi/period
	}
	return result, nil
}

// run takes at most so many steps; a flow that did not end in them is restless.
func (f *FastFlow) run(solver interface {
	Time() float64
	State() []float64
}, step func(end float64) error, steps int, rounds *cycleWatch) (Outcome, error) {
	const (
		farAway  = 1e7
		longTime = 1e15
	)
	slope := make([]float64, f.Rank)
	for range steps {
		s := solver.State()
		f.slope(s, slope)
		switch {
		case linear.Norm(slope) <= f.Settled*f.scale:
			return Outcome{Ending: Settled, Mean: f.at(s)}, nil
		case linear.Norm(s) > farAway*(1+linear.Norm(f.mean)) || solver.Time()*f.scale > longTime:
			return Outcome{Ending: escaped, Mean: f.at(s)}, nil
		}
		if period, closed := rounds.closed(solver.Time(), s, slope); closed {
			return Outcome{Ending: Cycling, Mean: f.at(s), Frequency: 2 * math.Pi / period}, nil
		}
		if err := step(math.Inf(1)); err != nil {
			var short *ode.StepSizeError
			switch {
			case errors.As(err, &short) && short.Cause != nil:
				return Outcome{}, short.Cause
			case short != nil || errors.Is(err, ode.ErrTooManySteps):
				return Outcome{Ending: Restless, Mean: f.at(solver.State())}, nil
			}
			return Outcome{}, err
		}
	}
	return Outcome{Ending: Restless, Mean: f.at(solver.State())}, nil
}

// Push returns a start that is off the manifold just so far that it does not count as settled.
func (f *FastFlow) Push() []float64 {
	s, slope := make([]float64, f.Rank), make([]float64, f.Rank)
	for size := 1e-6 * (1 + linear.Norm(f.mean)); ; size *= 2 {
		for i := range s {
			s[i] = size / float64(i+1)
		}
		f.slope(s, slope)
		if linear.Norm(slope) > 2*settledFraction*f.scale || size > 1+linear.Norm(f.mean) {
			return s
		}
	}
}
