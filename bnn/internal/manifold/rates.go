package manifold

import (
	"math"

	"balanced/bnn"
)

// An expected is what was found for a mean and a variance. Solvers ask for where a step ended
// when it is checked, recorded and left again.
type expected struct {
	mean, variance float64
	bnn.Expectation
}

// nothingExpected remembers nothing of so many populations.
func nothingExpected(populations int) []expected {
	recent := make([]expected, populations)
	for a := range recent {
		recent[a].mean = math.NaN() // like nothing that is asked for
	}
	return recent
}

// Expectations returns F and its derivatives for each population. Variances that
// rounding made slightly negative count as zero. It is for one goroutine at a time.
func (m *Manifold) Expectations(mean, variance []float64) []bnn.Expectation {
	e := make([]bnn.Expectation, len(mean))
	m.FillExpectations(e, mean, variance)
	return e
}

// FillExpectations writes them into a list.
func (m *Manifold) FillExpectations(e []bnn.Expectation, mean, variance []float64) {
	for a, population := range m.Network.Populations {
		recent := &m.recent[a]
		if mean[a] != recent.mean || variance[a] != recent.variance {
			*recent = expected{mean[a], variance[a], population.Expectation(mean[a], math.Max(variance[a], 0))}
		}
		e[a] = recent.Expectation
	}
}

// AddNoise adds to each population the intensity of the white noise that its potentials
// feel at time t, D² + Σ_b q_b J_ab² r_b + Σ_x q_x J_ax² ν_x: that of its own and that of
// the spikes it hears, where population b fires at rate r_b (theory.md §1 and §3). What all
// neurons hear at once, of shared sources, is none of it (§12).
func (m *Manifold) AddNoise(to []float64, t float64, rate func(b int) float64) {
	rates := make([]float64, len(to))
	for b := range rates {
		rates[b] = rate(b)
	}
	m.AddNoiseOf(to, t, rates)
}

// AddNoiseOf is AddNoise for a list of rates.
func (m *Manifold) AddNoiseOf(to []float64, t float64, rates []float64) {
	for a, population := range m.Network.Populations {
		sum := to[a] + population.Noise*population.Noise
		for b, square := range m.Squares.RawRowView(a) {
			sum += square * rates[b]
		}
		for _, source := range m.Network.Feedforward {
			if source.Shared {
				continue
			}
			sum += source.Size * source.Weights[a] * source.Weights[a] * source.Rate.At(t)
		}
		to[a] = sum
	}
}
