package simulate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/numbers"
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
// Where FiniteSize gives up, as on a stimulus with very many periods, would take longer than the choice
// may (choiceSeconds), and for shared sources, whose common noise moments do not have, the scheme is its
// own reference: at second order a step errs by 4/3 of what halving it changes. Where even that
// would take longer the step is extrapolated by second order from the shortest that was tried. Then
// fallback tells why.
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
	choice, fallback, err := p.leapChoice(ctx)
	if err != nil {
		return 0, "", err
	}
	current, err := choice.errorOf(ctx, step)
	if err != nil {
		return 0, "", err
	}
	for range mostHalvings {
		if !choice.affords(step / 2) {
			if !(current < math.Inf(1)) {
				return 0, "", &bnn.InputError{Path: "step", Value: "0",
					Allowed: fmt.Sprintf("given: the scheme fails with %.3g, and to try shorter ones would take longer than a replica", step)}
			}
			return min(step*min(1, math.Sqrt(tolerance/(2*current))), longest),
				fmt.Sprintf("the step was extrapolated from the error of %.3g that one of %.3g makes: to try shorter ones would take longer than a replica",
					current, step), nil
		}
		half, err := choice.errorOf(ctx, step/2)
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
