package bnn

import (
	"math"

	"balanced/bnn/internal/normal"
)

// Logistic is λ(v) = Max/(1 + exp(−Slope·(v − Threshold))) (theory.md §1).
type Logistic struct {
	Max       float64 // λ̄, spikes per synaptic time constant, > 0
	Slope     float64 // β, per unit of potential, ≥ 0
	Threshold float64 // θ, a potential
}

// Bound returns Max.
func (r Logistic) Bound() float64 { return r.Max }

// Key is the rate as it stands in network files.
func (r Logistic) Key() string { return kindKey[Rate](r, rateKinds) }

// Increasing returns true.
func (r Logistic) Increasing() bool { return true }

// At returns λ(v).
func (r Logistic) At(v float64) float64 {
	return r.Max / (1 + math.Exp(-r.Slope*(v-r.Threshold)))
}

// Expectation integrates by the trapezoid rule, which converges like
// exp(−2πd/h) for step h when the integrand is analytic within distance d of the
// real line (Trefethen and Weideman, SIAM Review 56, 2014). The logistic has poles at
// distance π/(βσ): the step is at most 1/(2βσ). For βσ > 16 the
// roles are exchanged: with L a standard logistic variate independent of the potential V,
// λ(v) = Max·P(L/β ≤ v−θ), so that F = Max·E Φ((m−θ−L/β)/σ) where the pole of the
// logistic density stays at distance π whatever the slope. No rule has more than 561 nodes.
func (r Logistic) Expectation(mean, variance float64) Expectation {
	deviation := math.Sqrt(variance)
	var e Expectation
	switch steepness := r.Slope * deviation; {
	case steepness == 0:
		e = standardLogistic(r.Slope * (mean - r.Threshold))
		e.scale(r.Max, r.Slope)
	case steepness <= 16:
		rule := 0
		for steepness*gaussianRules[rule].step > 0.5 {
			rule++
		}
		e = gaussianRules[rule].logistic(r.Slope*(mean-r.Threshold), steepness)
		e.scale(r.Max, r.Slope)
	default:
		center := (mean - r.Threshold) / deviation
		for i, weight := range logisticWeights {
			node := float64(i-logisticNodes) * logisticStep
			x := center + node/steepness
			density, first, second := normal.DensityDerivatives(x)
			e.add(weight, Expectation{normal.Distribution(x), density, first, second})
		}
		e.scale(r.Max, 1/deviation)
	}
	return e
}

// add accumulates weight times the terms of one node.
func (e *Expectation) add(weight float64, term Expectation) {
	e.Value += weight * term.Value
	e.First += weight * term.First
	e.Second += weight * term.Second
	e.Third += weight * term.Third
}

// scale turns expectations of a standardised function f ≤ 1 into those of
// height·f(factor·v). Summing the nodes may round F to just above 1, which no
// intensity ever is.
func (e *Expectation) scale(height, factor float64) {
	e.Value = height * math.Min(e.Value, 1)
	e.First *= height * factor
	e.Second *= height * factor * factor
	e.Third *= height * factor * factor * factor
}

// standardLogistic returns 1/(1+exp(−x)) and its derivatives. Written in
// p(1−p) with both factors computed from exp(−|x|), nothing overflows and the
// tails keep their relative accuracy.
func standardLogistic(x float64) Expectation {
	small := math.Exp(-math.Abs(x))
	p, q := 1/(1+small), small/(1+small)
	if x < 0 {
		p, q = q, p
	}
	pq := p * q
	return Expectation{p, pq, pq * (q - p), pq * (1 - 6*pq)}
}

// The trapezoid rule for a standard logistic variate: step, nodes on each side, weights.
const (
	logisticStep  = 0.6
	logisticNodes = 62 // to ±37.2, where the density is 7e-17
)

var logisticWeights = trapezoidWeights(logisticNodes, logisticStep, func(x float64) float64 {
	return standardLogistic(x).First
})

// trapezoidWeights returns step·density at the nodes, normalised so that constants are
// integrated exactly.
func trapezoidWeights(nodes int, step float64, density func(float64) float64) []float64 {
	weights := make([]float64, 2*nodes+1)
	sum := 0.0
	for i := range weights {
		weights[i] = density(float64(i-nodes) * step)
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}
