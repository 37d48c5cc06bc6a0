package coxprocess

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/ode"
	"balanced/bnn/internal/pieces"
	"balanced/bnn/internal/quadrature"
)

// A Potential is the stationary potential m + √K Z of a neuron together with the rate
// at which it fires. Z is standard normal; over time it is an Ornstein–Uhlenbeck
// process. Functions of Z are integrated over ±reach.
type Potential struct {
	rate            bnn.Rate
	mean, deviation float64
}

// reach is where the normal density is 8e-38.
const reach = 13

// New is the potential of a mean and a variance ≥ 0.
func New(rate bnn.Rate, mean, variance float64) Potential {
	return Potential{rate: rate, mean: mean, deviation: math.Sqrt(variance)}
}

// Check refuses, by an *InputError, what makes no stationary potential of a neuron that fires, and
// returns the potential and its expected rate.
func Check(rate bnn.Rate, mean, variance, tau float64) (Potential, float64, error) {
	if err := bnn.CheckRate("rate", rate); err != nil {
		return Potential{}, 0, err
	}
	if err := bnn.AnyNumber.Check("mean", mean); err != nil {
		return Potential{}, 0, err
	}
	if err := bnn.NonNegativeNumber.Check("variance", variance); err != nil {
		return Potential{}, 0, err
	}
	if err := bnn.PositiveNumber.Check("tau", tau); err != nil {
		return Potential{}, 0, err
	}
	const silent = 1e-30 // beyond that the firing happens outside reach
	p := New(rate, mean, variance)
	expected, _ := p.Moments()
	if bound := rate.Bound(); !(expected > 0 && expected >= silent*bound) {
		return Potential{}, 0, &bnn.InputError{Path: "mean", Value: numbers.Text(mean),
			Allowed: fmt.Sprintf("such that the neuron fires: its rate is %.3g, below %g of the bound %g", expected, silent, bound)}
	}
	return p, expected, nil
}

// at returns λ(m + √K z).
func (p Potential) at(z float64) float64 { return p.rate.At(p.mean + p.deviation*z) }

// Varies tells whether the rate depends on z at all.
func (p Potential) Varies() bool { return p.deviation > 0 && bnn.Listens(p.rate) }

// sigmoid returns the slope of a sigmoid per unit of z, relative to its bound, and the z at which
// it is half of that; other rates are none.
func (p Potential) sigmoid() (steepness, threshold float64, is bool) {
	switch r := p.rate.(type) {
	case bnn.Logistic:
		return r.Slope * p.deviation, (r.Threshold - p.mean) / p.deviation, true
	case bnn.Probit:
		return r.Slope * p.deviation, (r.Threshold - p.mean) / p.deviation, true
	}
	return 0, 0, false
}

// quadrature returns nodes and weights that integrate over z, without the normal
// density: Gauss and Legendre's rule of 20 points on panels of length 1/4, which
// resolve Hermite functions of the first 2000 orders. Towards the threshold of a steep
// sigmoid the panels shrink by halves, so that its singularities, at a distance of
// π/steepness for a logistic, stay further away than a panel is long. Those of other rates are
// halved where the rule does not resolve them.
func (p Potential) quadrature() (nodes, weights []float64) {
	panels := p.panels()
	if _, _, is := p.sigmoid(); p.Varies() && !is {
		panels = p.resolvedPanels()
	}
	for _, panel := range panels {
		low, high := math.Max(panel.Start, -reach), math.Min(panel.End, reach)
		if !(low < high) {
			continue
		}
		x, w := make([]float64, panelPoints), make([]float64, panelPoints)
		quad.Legendre{}.FixedLocations(x, w, low, high)
		nodes, weights = append(nodes, x...), append(weights, w...)
	}
	return nodes, weights
}

const (
	panelPoints = 20
	panelLength = 0.25
)

// panels cuts the line: around the threshold [−h, h], then [h, 2h], [2h, 4h] and so on
// until panels have reached their full length, and their mirror images.
func (p Potential) panels() []pieces.Interval {
	const length = panelLength
	center, h := 0.0, length
	if steepness, threshold, is := p.sigmoid(); is && p.Varies() && math.Abs(threshold) < reach {
		center, h = threshold, math.Min(length, 1/steepness)
	}
	panels := []pieces.Interval{{Start: center - h, End: center + h}}
	for from := h; from < 2*reach; {
		to := from + math.Min(from, length)
		panels = append(panels, pieces.Interval{Start: center + from, End: center + to}, pieces.Interval{Start: center - to, End: center - from})
		from = to
	}
	return panels
}

// Moments returns the mean F and the variance of λ(m + √K Z). Rate.Expectation keeps F
// within a part of the bound of λ; this keeps both within 1e-12 of themselves, which
// matters where neurons seldom fire. Only where the rate hardly varies is rounding larger.
func (p Potential) Moments() (mean, variance float64) {
	if !p.Varies() {
		return p.at(0), 0
	}
	nodes, weights := p.quadrature()
	rates := make([]float64, len(nodes))
	mass := 0.0
	for i, z := range nodes {
		weights[i] *= normal.Density(z)
		rates[i] = p.at(z)
		mass += weights[i]
		mean += weights[i] * rates[i]
	}
	mean /= mass
	for i, rate := range rates {
		variance += weights[i] * (rate - mean) * (rate - mean)
	}
	return mean, variance / mass
}

// fromFar integrates an equation for functions of z from far out on the left to z = 0,
// where a solution that stays bounded on the left attracts all others; and from the
// right, by reflecting z. The slope is given λ as a function of the reflected z.
func (p Potential) fromFar(start func(rate float64) []float64, tolerance ode.Tolerance,
	slope func(z, rate float64, y, slope []float64)) (left, right []float64, err error) {
	var ends [2][]float64
	for i, sign := range [2]float64{1, -1} {
		state := start(p.at(-sign * reach))
		cuts := quadrature.Pieces(-reach, 0, p.kinks(sign))
		for k, from := range cuts[:len(cuts)-1] {
			// Stages at a jump are of the piece that they are in.
			to := cuts[k+1]
			inside := pieces.Interval{Start: from, End: to}
			f := func(z float64, y, dydz []float64) error {
				at := z
				if len(cuts) > 2 {
					at = math.Max(inside.Clamp(z), math.Nextafter(from, to))
				}
				slope(z, p.at(sign*at), y, dydz)
				return nil
			}
			solver := ode.NewDormandPrince(f, from, state, tolerance)
			for solver.Time() < to {
				if err := solver.Step(to); err != nil {
					return nil, nil, fmt.Errorf("the stationary potential of mean %g and variance %g: %w", p.mean, p.deviation*p.deviation, err)
				}
			}
			state = solver.State()
		}
		ends[i] = state
	}
	return ends[0], ends[1], nil
}
