package bnn

import (
	"math"

	"balanced/bnn/internal/normal"
)

// Probit is λ(v) = Max·Φ(Slope·(v − Threshold)) with Φ the standard normal
// distribution function (theory.md §1).
type Probit struct {
	Max       float64 // λ̄, spikes per synaptic time constant, > 0
	Slope     float64 // β, per unit of potential, ≥ 0
	Threshold float64 // θ, a potential
}

// Bound returns Max.
func (r Probit) Bound() float64 { return r.Max }

// Key is the rate as it stands in network files.
func (r Probit) Key() string { return kindKey[Rate](r, rateKinds) }

// Increasing returns true.
func (r Probit) Increasing() bool { return true }

// At returns λ(v).
func (r Probit) At(v float64) float64 {
	return r.Max * normal.Distribution(r.Slope*(v-r.Threshold))
}

// Expectation is closed: a normal potential seen through a probit is a probit of
// smaller slope, F = Max·Φ(β(m−θ)/√(1+β²K)), and F′, F″, F‴ are its derivatives
// by m (theory.md §1).
func (r Probit) Expectation(mean, variance float64) Expectation {
	slope := r.Slope / math.Hypot(1, r.Slope*math.Sqrt(variance))
	x := slope * (mean - r.Threshold)
	density, first, second := normal.DensityDerivatives(x)
	return Expectation{
		Value:  r.Max * normal.Distribution(x),
		First:  r.Max * slope * density,
		Second: r.Max * slope * slope * first,
		Third:  r.Max * slope * slope * slope * second,
	}
}
