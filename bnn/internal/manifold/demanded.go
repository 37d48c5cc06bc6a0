package manifold

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// ImpossibleRate finds a population that cannot fire at the rate that balance demands of
// it, which is known when B is invertible: F = −B⁻¹b (theory.md §3).
func (m *Manifold) ImpossibleRate(b []float64) (population int, rate float64, impossible bool) {
	rates, ok := m.demandedRates(b)
	if !ok {
		return 0, 0, false
	}
	for a, population := range m.Network.Populations {
		if rate := rates[a]; rate <= 0 || rate >= population.Rate.Bound() {
			return a, rate + 0, true // −0 + 0 is 0
		}
	}
	return 0, 0, false
}

// demandedRates returns −B⁻¹b, if B is invertible.
func (m *Manifold) demandedRates(b []float64) ([]float64, bool) {
	if m.Rank < len(b) {
		return nil, false
	}
	rates := mat.NewVecDense(len(b), nil)
	if rates.SolveVec(m.B, mat.NewVecDense(len(b), b)) != nil {
		return nil, false
	}
	rates.ScaleVec(-1, rates)
	return rates.RawVector().Data, true
}

// Increasing tells whether a rate is known never to fall as the potential rises.
func Increasing(rate bnn.Rate) bool {
	increasing, is := rate.(bnn.IncreasingRate)
	return is && increasing.Increasing()
}

// SoleBalance returns the means at which all populations fire at the rates F = −B⁻¹b that
// balance demands, which are known when B is invertible. Where all rates rise with the mean there
// are no others; it finds none where a rate is not known to.
func (m *Manifold) SoleBalance(drive, mean, variance []float64) ([]float64, bool) {
	rates, ok := m.demandedRates(drive)
	if _, _, impossible := m.ImpossibleRate(drive); !ok || impossible {
		return nil, false
	}
	for _, population := range m.Network.Populations {
		if !Increasing(population.Rate) {
			return nil, false
		}
	}
	means := make([]float64, len(rates))
	for a, population := range m.Network.Populations {
		rate := func(at float64) float64 { return population.Expectation(at, variance[a]).Value }
		low, high := mean[a], mean[a]
		for width := 1.0; rate(low) > rates[a]; width *= 2 {
			if low -= width; math.IsInf(low, 0) {
				return nil, false
			}
		}
		for width := 1.0; rate(high) < rates[a]; width *= 2 {
			if high += width; math.IsInf(high, 0) {
				return nil, false
			}
		}
		for range 200 { // halves whatever there is down to neighbouring numbers
			middle := low + (high-low)/2
			if rate(middle) < rates[a] {
				low = middle
			} else {
				high = middle
			}
		}
		means[a] = high
	}
	return means, true
}
