// Package fastflow is the motion of a large network off its balanced manifold, where the means
// move along the range of the weights at rates of order √n while all else stands still (theory.md §16).
//
//	flow, err := fastflow.New(ctx, network, mean, variance)   // a state, on the manifold or off it
//	path, err := flow.Path(ctx, bnn.Every(0.1, 6))            // where it goes, in ϑ = √n t
//
// theory.Project tells where the path ends, and theory.Limit what follows then.
package fastflow

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/ode"
)

// A Flow is the fast motion from one state, at time 0:
//
//	ds/dϑ = W F(m + U s, K) + β,   ϑ = √n t,   s(0) = 0,
//
// with m and K the means and variances of that state, B = U W the weights and b = Uβ the
// feedforward drive. It is for one goroutine at a time.
type Flow struct {
	manifold              *manifold.Manifold
	drive, mean, variance []float64
	external              []float64 // stimuli at time 0
}

// New is the flow from given means and variances, one of each for every population, with the
// stimuli and the feedforward rates of time 0 from the right; potentials are Gaussian. The error is a
// *bnn.InputError for a network that is not valid, numbers that are not finite, negative variances and a drive
// that no spikes of the network can cancel, or the cause of the context.
func New(ctx context.Context, network *bnn.Network, mean, variance []float64) (*Flow, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	p := len(network.Populations)
	for name, list := range map[string][]float64{"mean": mean, "variance": variance} {
		if len(list) != p {
			return nil, &bnn.InputError{Path: name, Value: fmt.Sprint(len(list), " values"), Allowed: fmt.Sprintf("one a population: %d", p)}
		}
	}
	for a := range p {
		if math.IsNaN(mean[a]) || math.IsInf(mean[a], 0) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("mean[%d]", a), Value: fmt.Sprint(mean[a]), Allowed: "a finite number"}
		}
		if !(variance[a] >= 0) || math.IsInf(variance[a], 0) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("variance[%d]", a), Value: fmt.Sprint(variance[a]), Allowed: "a finite number ≥ 0"}
		}
	}
	m, err := manifold.New(ctx, network)
	if err != nil {
		return nil, err
	}
	f := &Flow{manifold: m, drive: m.Drive(0), mean: append([]float64(nil), mean...), variance: append([]float64(nil), variance...)}
	if outside := m.Unbalanceable(f.drive); outside > 0 {
		return nil, &bnn.InputError{Path: "feedforward", Value: fmt.Sprintf("a drive with a part of size %.3g outside the range of the weights", outside),
			Allowed: "a drive that the spikes of the network can cancel"}
	}
	for _, population := range network.Populations {
		f.external = append(f.external, population.External().At(0))
	}
	return f, nil
}

// Stability is the largest real part of the eigenvalues of S = W diag(F′) U at the state itself: κ for
// rank 1. A small displacement along U decays like e^{κϑ}. It is 0 without weights.
func (f *Flow) Stability() float64 {
	return f.manifold.Stability(f.manifold.Expectations(f.mean, f.variance))
}

// Imbalance is the length of B F + b at the state itself: 0 on the manifold.
func (f *Flow) Imbalance() float64 {
	return f.manifold.Residual(f.manifold.Expectations(f.mean, f.variance), f.drive)
}

// A Path is what a Flow does over stretched times, by time and population.
type Path struct {
	Theta []float64   // ϑ = √n t
	Mean  [][]float64 // m + U s, to leading order
	Rate  [][]float64 // F there

	// MeanLeft and VarianceLeft are what the flow leaves alone to leading order: √n times the changes, since
	// ϑ = 0, of the means across the range of the weights, (1 − UUᵀ) m, and of the variances, as n → ∞.
	MeanLeft, VarianceLeft [][]float64
}

// Change is how far the rate of a population, counted from 0, is from where it started, by time.
func (p *Path) Change(population int) []float64 {
	change := make([]float64, len(p.Rate))
	for i, row := range p.Rate {
		change[i] = row[population] - p.Rate[0][population]
	}
	return change
}

// Path follows the flow. Stretched times are ≥ 0 and increase; the error is a *bnn.InputError
// if they do not, the cause of the context, or tells that no step is short enough. The solver's
// tolerance is 1e-10; the cost is some hundred evaluations of F for a collapse.
func (f *Flow) Path(ctx context.Context, theta []float64) (*Path, error) {
	m, p := f.manifold, len(f.mean)
	for i, x := range theta {
		if !(x >= 0) || math.IsInf(x, 0) || i > 0 && x <= theta[i-1] {
			return nil, &bnn.InputError{Path: fmt.Sprintf("theta[%d]", i), Value: fmt.Sprint(x), Allowed: "finite numbers ≥ 0 that increase"}
		}
	}
	// The unknowns: s, then (1 − UUᵀ) m and K, in units of n^{-1/2}.
	slope := func(_ float64, y, slope []float64) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		mean := f.at(y[:m.Rank])
		rates := m.Expectations(mean, f.variance)
		copy(slope, m.Imbalance(rates, f.drive))
		copy(slope[m.Rank:], f.across(mean))
		moved := slope[m.Rank+p:]
		for a, population := range m.Network.Populations {
			moved[a] = -2 * f.variance[a] / population.Tau
		}
		m.AddNoise(moved, 0, func(b int) float64 { return rates[b].Value })
		return nil
	}
	solver := ode.NewDormandPrince(slope, 0, make([]float64, m.Rank+2*p), ode.Tolerance{Relative: 1e-10, Absolute: 1e-10})
	path := &Path{}
	for _, x := range theta {
		for solver.Time() < x {
			if err := solver.Step(x); err != nil {
				if ctx.Err() != nil {
					return nil, context.Cause(ctx)
				}
				return nil, fmt.Errorf("fast flow at ϑ = %g: %w", solver.Time(), err)
			}
		}
		y := append([]float64(nil), solver.State()...)
		mean := f.at(y[:m.Rank])
		var rates []float64
		for _, e := range m.Expectations(mean, f.variance) {
			rates = append(rates, e.Value)
		}
		path.Theta, path.Mean, path.Rate = append(path.Theta, x), append(path.Mean, mean), append(path.Rate, rates)
		path.MeanLeft = append(path.MeanLeft, y[m.Rank:m.Rank+p:m.Rank+p])
		path.VarianceLeft = append(path.VarianceLeft, y[m.Rank+p:])
	}
	return path, nil
}

// at returns the means m + U s.
func (f *Flow) at(s []float64) []float64 {
	mean := f.manifold.Along(s)
	for a := range mean {
		mean[a] += f.mean[a]
	}
	return mean
}

// across returns (1 − UUᵀ)(−m/τ + I), how the means drift where the flow does not move them.
func (f *Flow) across(mean []float64) []float64 {
	drift := make([]float64, len(mean))
	for a, population := range f.manifold.Network.Populations {
		drift[a] = -mean[a]/population.Tau + f.external[a]
	}
	for a, x := range f.manifold.Along(f.manifold.Coordinates(drift)) {
		drift[a] -= x
	}
	return drift
}
