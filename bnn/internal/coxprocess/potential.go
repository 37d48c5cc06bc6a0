package coxprocess

import (
	"fmt"
	"math"

	"balanced/bnn/internal/ode"

	"gonum.org/v1/gonum/integrate/quad"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/pieces"
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
func (p Potential) Varies() bool { return p.steepness() > 0 }

// steepness returns the slope of the rate per unit of z, relative to its bound.
func (p Potential) steepness() float64 {
	switch r := p.rate.(type) {
	case bnn.Logistic:
		return r.Slope * p.deviation
	case bnn.Probit:
		return r.Slope * p.deviation
	}
	return 0
}

// threshold returns the z at which a rate that varies is half of its bound.
func (p Potential) threshold() float64 {
	switch r := p.rate.(type) {
	case bnn.Logistic:
		return (r.Threshold - p.mean) / p.deviation
	case bnn.Probit:
		return (r.Threshold - p.mean) / p.deviation
	}
	return 0
}

// quadrature returns nodes and weights that integrate over z, without the normal
// density: Gauss and Legendre's rule of 20 points on panels of length 1/4, which
// resolve Hermite functions of the first 2000 orders. Towards the threshold of a steep
// rate the panels shrink by halves, so that its singularities, at a distance of
// π/steepness for a logistic, stay further away than a panel is long.
func (p Potential) quadrature() (nodes, weights []float64) {
	const points = 20
	add := func(low, high float64) {
		low, high = math.Max(low, -reach), math.Min(high, reach)
		if !(low < high) {
			return
		}
		x, w := make([]float64, points), make([]float64, points)
		quad.Legendre{}.FixedLocations(x, w, low, high)
		nodes, weights = append(nodes, x...), append(weights, w...)
	}
	for _, panel := range p.panels() {
		add(panel.Start, panel.End)
	}
	return nodes, weights
}

// panels cuts the line: around the threshold [−h, h], then [h, 2h], [2h, 4h] and so on
// until panels have reached their full length, and their mirror images.
func (p Potential) panels() []pieces.Interval {
	const length = 0.25
	center, h := 0.0, length
	if p.Varies() && math.Abs(p.threshold()) < reach {
		center, h = p.threshold(), math.Min(length, 1/p.steepness())
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
		f := func(z float64, y, dydz []float64) error {
			slope(z, p.at(sign*z), y, dydz)
			return nil
		}
		solver := ode.NewDormandPrince(f, -reach, start(p.at(-sign*reach)), tolerance)
		for solver.Time() < 0 {
			if err := solver.Step(0); err != nil {
				return nil, nil, fmt.Errorf("the stationary potential of mean %g and variance %g: %w", p.mean, p.deviation*p.deviation, err)
			}
		}
		ends[i] = solver.State()
	}
	return ends[0], ends[1], nil
}
