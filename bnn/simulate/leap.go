package simulate

import (
	"context"
	"math"
	"math/rand/v2"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/random"
)

// Leap holds the parameters of the leap, a simulation in steps whose length the size n does
// not shorten and whose cost is a constant a neuron and step.
//
// # The scheme
//
// The targets of a pathway b → a share one intensity, N_bΛ_b with Λ_b the mean of λ_b over
// the population, but for what a neuron would have heard from itself. So theory.md §1 reads
//
//	dv = ( −v/τ_a + I_a + ψ_a ) dt − n^{-1/2} J_aa λ_a(v) dt + dM,  ψ = √n (B Λ + b)
//
// with a martingale M of its own for each neuron, the compensated Poisson jumps and the
// white noise, whose law all neurons of a population share. A step from t to t+h is
//
//  1. half a kick, v → v − (h/2) n^{-1/2} J_aa λ_a(v), by the missing own input;
//  2. v → e^{−h/τ}v + ∫ e^{−(t+h−u)/τ} I(u) du + ξ + s_a, where the integral is exact
//     (Stimulus.Response), ξ has the law of the noise with rates frozen at Λ(t+h/2), which
//     is extrapolated from Λ(t) and Λ(t−h′), h′ being the step before, and s_a is one
//     shift for all;
//  3. half a kick.
//
// The shift is implicit: s_a = τ_a(1−e^{−h/τ_a}) ψ̄_a, where the mean input ψ̄ of the step,
// extrapolated linearly with that of the step before, is the input at its end,
//
//	ψ̄ + ω(ψ̄ − ψ̄′) = √n (B Λ(t+h) + b(t+h)),  ω = h/(h+h′),
//
// which is the backward differentiation formula of order 2 in the common direction. One
// pass over the neurons applies a predicted shift (ψ̄ = ψ̄′) and sums λ and λ′; a P×P linear
// system then gives the small rest of s, which the next pass adds. Should the rest
// be so large that linearised rates do not do, they are evaluated again (Newton's method).
// The half kicks of adjacent steps are one, so that λ is evaluated once a step.
//
// # Order
//
// The scheme is weakly of second order for the means and variances: a step errs by O(h³).
// Decay and stimulus are exact. Kicks are placed symmetrically (G. Strang, SIAM Journal on
// Numerical Analysis 5, 506–517, 1968) and follow v′ = −cλ(v) to second order; they carry
// the correlation of v with λ(v), hence the terms with F′ and F″ of theory.md §4. The
// variance of ξ is that of jumps shrunk by the root mean square of e^{−(t+h−u)/τ}, with rates
// at the middle, which the extrapolation gives up to O(h²): ∫ e^{−2(t+h−u)/τ} Λ du is right up
// to O(h³). The mean of e^{−(t+h−u)/τ} ψ(u) is τ(1−e^{−h/τ})ψ̄/h up to O(h²).
//
// This holds uniformly in n. Let ε = 1/√n. Off the balanced manifold the means relax at a
// rate κ/ε. The implicit formula is stable for any h/ε and damps that direction to
// nothing as h/ε grows: its shift then is the projection onto W F + β = 0, the constraint
// of theory.md §3, with s_a/h for the multiplier. What is left is W F + β = εψ(t+h), in which
// the extrapolation errs by O(h²): by O(εh²) in the means. (The backward Euler formula would
// err by O(εh), of first order.) No constant has a factor √n. Where the means do
// move at the rate κ/ε, after time 0 and after jumps of a stimulus, the steps start at O(hε) and
// grow geometrically, and the formulas start anew, with one step of the backward Euler
// formula. Corrections to the moments that come from fluctuations of the means are
// of order 1/n, and so is the error h/n in them.
//
// # Noise
//
// A pathway that brings a neuron at most 32 spikes a step sends Poisson counts, drawn
// by a table that all its targets share, so that the leap is right for small networks and
// for silent ones, where a count is mostly 0. The others together, with white noise, are a
// quadratic polynomial of a normal variable with the right second and third cumulants. Where more than
// leap.MostTables pathways bring few spikes, a cubic one with the right fourth cumulant too stands for all of them
// if their excess kurtosis is below 1/5; else a neuron draws how many spikes come in all, and of
// which pathway each is. So P classes take O(P) tables a step, not P². The spikes
// of a pathway are N_a(N_b − δ_ab)∫Λ_b by the trapezoid rule plus an excess that is drawn
// given the noise that the neurons got.
//
// # Shared sources, spread thresholds, other rates and starts
//
// A shared source sends one Poisson count a step to all neurons: its excess over the mean, times
// the root mean square of e^{−(t+h−u)/τ}, is added to the potentials before the implicit shift,
// which undoes it as far as it is in the range of the weights. The two-step formula gives the variance
// V of what is left, of order 1/√n, to a relative error of order (κh√n)²; the rates feel it as
// F″V/2, also of order 1/√n. So steps have to resolve that relaxation: a step that is chosen is no
// longer than a lower bound of 1/(κ√n), from the greatest slopes of the rates, and the cost grows
// like n^{3/2}. The mean drive is that of a private source; the private noise is without it.
//
// With a spread of thresholds a neuron moves v − δ, which is pulled by −δ/τ. A start that is a mixture
// changes the start only. Rates other than the sigmoids are tabulated as cubics on 4096 cells
// between the potentials where they change, with an error below 1e-8 of the bound but in the cells
// that hold a kink or a jump; one that no such table serves is evaluated three times a neuron and step.
// Steps end where stimuli jump or bend, and begin anew, graded, where they jump.
type Leap struct {
	// Step is the longest step in synaptic time constants; 0 to choose it by Tolerance. Steps end
	// at output times, so that times closer together than Step make steps as short as they are:
	// what a recorder sees there is as good as by that step, and costs as much.
	Step      float64
	Tolerance float64 // of means and variances if Step is 0; 0 for DefaultTolerance
}

// step returns the step to take, and why it was chosen otherwise than leapStep is made for.
func (l Leap) step(ctx context.Context, p *plan) (step float64, fallback string, err error) {
	if !(l.Step >= 0) || math.IsInf(l.Step, 0) {
		return 0, "", &bnn.InputError{Path: "step", Value: numbers.Text(l.Step), Allowed: "a finite number > 0, or 0 to choose it"}
	}
	if l.Step > 0 {
		return l.Step, "", nil
	}
	if l.Tolerance == 0 {
		return leapStep(ctx, p, DefaultTolerance)
	}
	return leapStep(ctx, p, l.Tolerance)
}

func (l Leap) prepare(ctx context.Context, p *plan, processors int) (*engine, error) {
	step, fallback, err := l.step(ctx, p)
	if err != nil {
		return nil, err
	}
	grid, err := p.leapGrid(step)
	if err != nil {
		return nil, err
	}
	return &engine{
		identity: "leap/4 step " + numbers.Text(step),
		name:     "leap",
		fallback: fallback,
		step:     step,
		steps:    len(grid),
		run: func(ctx context.Context, source *rand.Rand, recorders []Recorder) error {
			return p.simulateLeap(ctx, source, grid, processors, recorders)
		},
	}, nil
}

// simulateLeap runs one replica by the leap with the steps of a grid, on up to so many
// workers, and shows its state to the recorders. The replica depends on source, the step and
// the times, not on the workers.
func (p *plan) simulateLeap(ctx context.Context, source *rand.Rand, grid []leap.Interval, workers int, recorders []Recorder) error {
	run := newLeapRun(p, source, workers)
	defer run.neurons.Close()
	return run.simulate(ctx, grid, recorders)
}

// A leapRun is one replica.
type leapRun struct {
	scheme  *leap.Scheme
	neurons *leap.Neurons
	times   []float64
	state   State
}

func newLeapRun(p *plan, source *rand.Rand, workers int) *leapRun {
	run := &leapRun{scheme: leap.NewScheme(p.leapNetwork(), 1), times: p.times}
	run.state.Spikes = newCounts(len(p.counts), len(p.counts))
	run.state.SourceSpikes = newCounts(len(p.counts), len(p.sources))
	for a, count := range p.counts {
		potentials := make([]float64, count)
		if p.network.Initial.Components != nil {
			random.Start(source, p.network.Initial, a, p.startMean[a], potentials)
		}
		run.state.Potentials = append(run.state.Potentials, potentials)
	}
	run.neurons = leap.NewNeurons(run.scheme, run.state.Potentials, source, workers)
	run.scheme.Populations = run.neurons
	run.neurons.Start(p.network.Initial, p.startMean)
	run.state.Offsets = random.Offsets(source, p.network.Populations, p.counts)
	run.neurons.Spread(run.state.Offsets)
	return run
}

func (r *leapRun) simulate(ctx context.Context, grid []leap.Interval, recorders []Recorder) error {
	watch := watchOf(ctx)
	return r.scheme.Run(grid, r.times[0] == 0,
		func() (bool, error) { return watch.resume(r) },
		func(t float64) error { return watch.look(ctx, t, r) },
		func(row int) {
			r.state.Time = r.times[row]
			r.neurons.Spikes.Count(r.state.Spikes, r.state.SourceSpikes, r.scheme.ExpectedSpikes)
			for _, recorder := range recorders {
				recorder.Record(row, &r.state)
			}
		})
}

// leapNetwork is what the scheme is told of a plan.
func (p *plan) leapNetwork() leap.Network {
	p.leapOnce.Do(func() { p.leapSized = leap.NewNetwork(p.network, p.n, p.counts, p.sources) })
	return p.leapSized
}

// leapGrid are the steps of a plan.
func (p *plan) leapGrid(step float64) ([]leap.Interval, error) {
	return leap.Grid(p.leapNetwork(), p.times, step)
}
