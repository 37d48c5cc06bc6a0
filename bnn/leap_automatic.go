package bnn

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// DefaultTolerance is the weak error that the leap allows itself unless told otherwise.
const DefaultTolerance = 1e-3

// leapStep returns the step with which the leap keeps its means and variances, at the
// output times, within a tolerance: absolute for values up to 1, relative beyond. It
// depends on the network, its size and the times only.
//
// The error of a step is that of the same scheme applied to the moments (leapMoments)
// against FiniteSize, which solves the equations they obey to 1e-10. A step is
// taken if its error and twice that of half of it are within the tolerance: at second
// order the latter is half of the former, unless errors cancelled by accident. What
// this does not see is how the step changes fluctuations of the means, of order h/n.
func leapStep(p *plan, tolerance float64) (float64, error) {
	if !(tolerance > 0) || math.IsInf(tolerance, 0) {
		return 0, &InputError{Path: "tolerance", Value: formatNumber(tolerance), Allowed: "a finite number > 0"}
	}
	step := math.Inf(1)
	for _, population := range p.network.Populations {
		step = math.Min(step, population.Tau)
	}
	reference, err := FiniteSize(p.rounded(), p.n, p.times)
	if err != nil {
		return 0, fmt.Errorf("no step of the leap can be chosen: %w", err)
	}
	step /= 4
	current := p.leapError(step, reference)
	for range mostHalvings {
		half := p.leapError(step/2, reference)
		if current <= tolerance && 2*half <= tolerance {
			return step, nil
		}
		step, current = step/2, half
	}
	return 0, &InputError{Path: "tolerance", Value: formatNumber(tolerance),
		Allowed: fmt.Sprintf("larger, or a step has to be given: even the step %.3g is off by %.3g", step, current)}
}

const mostHalvings = 12

// rounded is the network with the sizes that whole numbers of neurons give it, and its
// start after projection.
func (p *plan) rounded() *Network {
	network := *p.network
	network.Populations = slices.Clone(network.Populations)
	for a, count := range p.counts {
		network.Populations[a].Size = float64(count) / float64(p.n)
	}
	network.Feedforward = slices.Clone(network.Feedforward)
	for x, count := range p.sources {
		network.Feedforward[x].Size = float64(count) / float64(p.n)
	}
	network.Initial = Initial{Mean: p.startMean, Variance: network.Initial.Variance}
	return &network
}

// leapError returns the largest error of the means and variances that a step gives,
// +Inf if the scheme fails with it.
func (p *plan) leapError(step float64, reference *Trajectory) float64 {
	moments, err := p.leapTrajectory(step)
	if err != nil {
		return math.Inf(1)
	}
	largest := 0.0
	for _, pair := range [2][2][][]float64{{moments.Mean, reference.Mean}, {moments.Variance, reference.Variance}} {
		for row := range p.times {
			for a, want := range pair[1][row] {
				off := math.Abs(pair[0][row][a]-want) / math.Max(1, math.Abs(want))
				// A NaN counts as the worst error.
				if !(off <= largest) {
					largest = off
				}
			}
		}
	}
	if math.IsNaN(largest) {
		return math.Inf(1)
	}
	return largest
}

// leapTrajectory applies the scheme to the moments.
func (p *plan) leapTrajectory(step float64) (Moments, error) {
	result := newMoments(p.network.populationNames(), p.times)
	grid, err := p.leapGrid(step)
	if err != nil {
		return result, err
	}
	scheme, err := newLeapScheme(p, 0)
	if err != nil {
		return result, err
	}
	moments := newLeapMoments(p)
	scheme.populations = moments
	err = scheme.run(context.Background(), grid, func(row int) {
		copy(result.Mean[row], moments.mean)
		copy(result.Variance[row], moments.variance)
		copy(result.Third[row], moments.third)
		copy(result.Rate[row], scheme.after)
	})
	return result, err
}
