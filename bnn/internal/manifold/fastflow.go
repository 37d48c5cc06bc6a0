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
// of an explicit method; one in which a population runs away while another is held, or that
// goes round long, is taken over by an implicit one, whose steps no stiffness shortens.
func (f *FastFlow) integrate(ctx context.Context, s []float64) (Outcome, error) {
	const (
		explicitSteps = 400
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
	if err != nil || result.Ending != Restless {
		return result, err
	}
	implicit := ode.NewRadau(evaluate, jacobian, explicit.Time(), explicit.State(), tolerance)
	result, err = f.run(implicit, func(end float64) error { return implicit.Step(ctx, end) }, implicitSteps, &rounds)
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

// A cycleWatch tells when a motion has closed: it looks at the moments at which one
// combination of the coordinates has a maximum, and compares the states there.
type cycleWatch struct {
	time         float64
	state, slope []float64 // after the last step
	low, high    []float64 // the range of each coordinate since the last maximum
	maxima       []maximum // the last few
}

type maximum struct {
	time  float64
	state []float64
	size  float64 // of the motion since the maximum before
}

// closed takes the state after a step, and returns the period if the motion came back to one
// of the last maxima, to 1e-5 of its own size. Between steps the motion is a cubic.
func (w *cycleWatch) closed(t float64, state, slope []float64) (period float64, closed bool) {
	const remembered, same = 4, 1e-5
	d := len(state)
	if w.state != nil && t > w.time {
		h := t - w.time
		before, after, rise := 0.0, 0.0, 0.0
		for i := range d {
			weight := 1 / math.Sqrt(float64(i+1))
			before += weight * w.slope[i]
			after += weight * slope[i]
			rise += weight * (state[i] - w.state[i]) / h
		}
		if before > 0 && after <= 0 {
			u := quadraticRoot(before, 6*rise-4*before-2*after, 3*(before+after-2*rise))
			top := maximum{time: w.time + u*h, state: make([]float64, d)}
			for i := range d {
				bend := state[i] - w.state[i]
				top.state[i] = w.state[i] + u*(h*w.slope[i]+u*(3*bend-h*(2*w.slope[i]+slope[i])+u*(h*(w.slope[i]+slope[i])-2*bend)))
				top.size = math.Hypot(top.size, w.high[i]-w.low[i])
			}
			size := top.size
			for k := len(w.maxima) - 1; k >= 0; k-- {
				earlier := w.maxima[k]
				if linear.Norm(linear.Difference(top.state, earlier.state)) <= same*size {
					return top.time - earlier.time, true
				}
				size = math.Max(size, earlier.size)
			}
			if w.maxima = append(w.maxima, top); len(w.maxima) > remembered {
				w.maxima = w.maxima[1:]
			}
			w.low, w.high = nil, nil
		}
	}
	if w.low == nil {
		w.low, w.high = append([]float64(nil), state...), append([]float64(nil), state...)
	}
	for i, x := range state {
		w.low[i], w.high[i] = math.Min(w.low[i], x), math.Max(w.high[i], x)
	}
	w.time, w.state, w.slope = t, append(w.state[:0], state...), append(w.slope[:0], slope...)
	return 0, false
}

// trend tells whether the last rounds become narrower, and how long one takes, if there are
// enough of them.
func (w *cycleWatch) trend() (period float64, narrowing, round bool) {
	last := len(w.maxima) - 1
	if last < 2 {
		return 0, false, false
	}
	return w.maxima[last].time - w.maxima[last-1].time, w.maxima[last].size < w.maxima[0].size, true
}

// quadraticRoot returns where c + b u + a u², positive at 0 and not at 1, falls through 0.
func quadraticRoot(c, b, a float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if u := (low + high) / 2; c+u*(b+u*a) > 0 {
			low = u
		} else {
			high = u
		}
	}
	return high
}
