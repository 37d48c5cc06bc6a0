package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/theory"
)

// DefaultTolerance is the weak error that the leap allows itself unless told otherwise.
const DefaultTolerance = 1e-3

// leapStep returns the step with which the leap keeps its means and variances, at the
// output times, within a tolerance: absolute for values up to 1, relative beyond. It
// depends on the network, its size and the times only.
//
// The error of a step is that of the same scheme applied to the moments (leap.Moments)
// against FiniteSize, which solves the equations they obey to 1e-10. A step is
// taken if its error and twice that of half of it are within the tolerance: at second
// order the latter is half of the former, unless errors cancelled by accident. What
// this does not see is how the step changes fluctuations of the means, of order h/n.
//
// Where FiniteSize gives up, as on a stimulus with very many periods, and for shared sources, whose
// common noise moments do not have, the scheme is its own reference: at second order a step errs by
// 4/3 of what halving it changes. Then fallback tells why.
//
// The context ends the choice between the steps of the scheme.
func leapStep(ctx context.Context, p *plan, tolerance float64) (step float64, fallback string, err error) {
	if !(tolerance > 0) || math.IsInf(tolerance, 0) {
		return 0, "", &bnn.InputError{Path: "tolerance", Value: numbers.Text(tolerance), Allowed: "a finite number > 0"}
	}
	step = math.Inf(1)
	for _, population := range p.network.Populations {
		step = math.Min(step, population.Tau/4)
	}
	longest := p.longestLeap()
	if _, err := p.leapGrid(step); err != nil {
		last := len(p.times) - 1
		return 0, "", &bnn.InputError{Path: bnn.IndexPath("times", last), Value: numbers.Text(p.times[last]),
			Allowed: fmt.Sprintf("so early that steps of %.3g, a quarter of the shortest time constant, are no more than %d; for a later time a step has to be given", step, leap.MostSteps/2)}
	}
	errorOf, fallback, err := p.leapErrors(ctx)
	if err != nil {
		return 0, "", err
	}
	current, err := errorOf(step)
	if err != nil {
		return 0, "", err
	}
	for range mostHalvings {
		half, err := errorOf(step / 2)
		if err != nil {
			return 0, "", err
		}
		if current <= tolerance && 2*half <= tolerance {
			return min(step, longest), fallback, nil
		}
		step, current = step/2, half
	}
	return 0, "", &bnn.InputError{Path: "tolerance", Value: numbers.Text(tolerance),
		Allowed: fmt.Sprintf("larger, or a step has to be given: even the step %.3g is off by %.3g", step, current)}
}

const mostHalvings = 12

// longestLeap is the longest step that follows what moments do not see.
//
// Neurons are kicked by their missing own input (see Leap), and where rates are so steep and n
// so small that averages do not tell: a whole kick changes the distance of two neurons by at most
// ten times itself. The steps in which many neurons are on the steep part, right after a start or
// a jump, are shorter than that by far (leap.Grid).
//
// A shared source moves all neurons at once, and the network undoes that within a time of order
// 1/√n. Steps are not longer than a lower bound of it.
func (p *plan) longestLeap() float64 {
	longest := math.Inf(1)
	network := p.leapNetwork()
	for a := range p.network.Populations {
		self := math.Abs(p.network.Weights[a][a]) / math.Sqrt(float64(p.n))
		longest = min(longest, 10/(self*network.Rates[a].DerivativeBound()))
	}
	if p.shares() {
		longest = min(longest, network.Layer())
	}
	return longest
}

// shares tells whether some source is shared.
func (p *plan) shares() bool {
	return slices.ContainsFunc(p.network.Feedforward, func(source bnn.Source) bool { return source.Shared })
}

// spreads tells whether thresholds differ within a population.
func (p *plan) spreads() bool {
	return slices.ContainsFunc(p.network.Populations, func(population bnn.Population) bool { return population.Spread > 0 })
}

// leapErrors returns a function that tells how far off means and variances are at most with
// a step, +Inf if the scheme fails with it or it makes too many of them. Its error is that of
// the context. Where the scheme is its own reference fallback tells why.
func (p *plan) leapErrors(ctx context.Context) (errorOf func(step float64) (float64, error), fallback string, err error) {
	if p.shares() {
		fallback = "the step was chosen by halving steps: moments leave out what shared sources do to all neurons, and the equations at finite n do not"
	} else if p.spreads() {
		fallback = "the step was chosen by halving steps: moments leave out what potentials and spread thresholds have in common, and the equations at finite n do not"
	} else {
		reference, err := theory.FiniteSize(ctx, p.network, p.n, p.times)
		var input *bnn.InputError
		switch {
		case ctx.Err() != nil:
			return nil, "", context.Cause(ctx)
		case err == nil:
			return func(step float64) (float64, error) {
				moments, err := p.leapTrajectory(ctx, step)
				return p.farthest(moments, reference.Moments), err
			}, "", nil
		case errors.As(err, &input) && input.Path != "times":
			return nil, "", err
		}
		fallback = fmt.Sprintf("the step was chosen by halving steps, since the equations at finite n have no solution to compare with: %v", err)
	}
	// The scheme is asked for each step twice, by itself and as half of one.
	known := map[float64]bnn.Moments{}
	solve := func(step float64) (bnn.Moments, error) {
		if moments, ok := known[step]; ok {
			return moments, nil
		}
		moments, err := p.leapTrajectory(ctx, step)
		known[step] = moments
		return moments, err
	}
	return func(step float64) (float64, error) {
		coarse, err := solve(step)
		if err != nil {
			return 0, err
		}
		fine, err := solve(step / 2)
		return 4. / 3 * p.farthest(coarse, fine), err
	}, fallback, nil
}

// farthest returns the largest distance of means and variances, NaN counting as infinite.
func (p *plan) farthest(moments, reference bnn.Moments) float64 {
	largest := 0.0
	for _, pair := range [2][2][][]float64{{moments.Mean, reference.Mean}, {moments.Variance, reference.Variance}} {
		for row := range p.times {
			for a, want := range pair[1][row] {
				off := math.Abs(pair[0][row][a]-want) / math.Max(1, math.Abs(want))
				if math.IsNaN(off) {
					return math.Inf(1)
				}
				largest = math.Max(largest, off)
			}
		}
	}
	return largest
}

// leapTrajectory applies the scheme to the moments. Where it fails numerically, they are
// NaN from there on. The error is the cause of the context.
func (p *plan) leapTrajectory(ctx context.Context, step float64) (bnn.Moments, error) {
	result := bnn.NewMoments(p.network.PopulationNames(), p.times)
	for _, table := range result.Tables() {
		for _, row := range table {
			for a := range row {
				row[a] = math.NaN()
			}
		}
	}
	grid, err := p.leapGrid(step)
	if err != nil {
		return result, nil
	}
	scheme := leap.NewScheme(p.leapNetwork(), 0)
	moments := leap.NewMoments(p.network, p.startMean)
	scheme.Populations = moments
	// An error is one of the scheme, which NaN tells, or the end of the context.
	look := func(float64) error { return context.Cause(ctx) }
	_ = scheme.Run(grid, p.times[0] == 0, nil, look, func(row int) {
		copy(result.Mean[row], moments.Mean)
		copy(result.Variance[row], moments.Variance)
		copy(result.Third[row], moments.Third)
		copy(result.Rate[row], scheme.After)
	})
	return result, context.Cause(ctx)
}
