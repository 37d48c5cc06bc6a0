package theory

import (
	"math"
	"slices"

	"balanced/bnn/internal/coxprocess"
)

// correlate takes the covariances of the potentials from those of the rates, and returns by how
// much they changed, relative to the variances.
func (s *sparseIteration) correlate() (change float64) {
	input := make([][]float64, len(s.mean)) // of the noise that a population hears, by lag and at last
	white := make([]float64, len(s.mean))
	s.manifold.AddNoiseOf(white, 0, s.rate)
	for a := range input {
		input[a] = make([]float64, len(s.lags)+1)
	}
	for b, source := range s.network.Populations {
		rates := s.rateCovariance(b)
		s.rateVariance[b] = rates[len(s.lags)]
		for a := range input {
			weight := s.network.Weights[a][b]
			for i, r := range rates {
				input[a][i] += source.Size * weight * weight * r
			}
		}
	}
	for a, population := range s.network.Populations {
		last := input[a][len(s.lags)]
		s.quenched[a] = population.Tau * population.Tau * last
		for i := range s.lags {
			input[a][i] -= last
		}
		heard := filtered(s.lags, input[a][:len(s.lags)], population.Tau)
		s.colored[a] = heard[0] + s.quenched[a]
		for i, t := range s.lags {
			next := s.quenched[a] + heard[i] + white[a]*population.Tau/2*math.Exp(-t/population.Tau)
			change = math.Max(change, math.Abs(next-s.covariance[a][i])/s.variance[a])
			s.covariance[a][i] = next
		}
	}
	return change
}

// rateCovariance returns the covariance of λ_b at two times, by lag and at last, by Mehler's
// formula: Σ_k a_k² ρ^k, in which ρ is the correlation of potentials less thresholds. What the
// terms of higher order have at lag 0 is given to the first of them.
func (s *sparseIteration) rateCovariance(b int) []float64 {
	const orders = 60
	population := s.network.Populations[b]
	square := population.Spread * population.Spread
	all := s.variance[b] + square
	covariance := make([]float64, len(s.lags)+1)
	potential := coxprocess.New(population.Rate, s.mean[b], all)
	if !potential.Varies() {
		return covariance
	}
	terms := potential.Coefficients(orders)
	_, rest := potential.Moments()
	for k, coefficient := range terms {
		terms[k] = coefficient * coefficient
		rest -= terms[k]
	}
	terms = append(terms, math.Max(0, rest))
	at := func(c float64) float64 {
		correlation, sum := math.Min(1, (c+square)/all), 0.0
		for _, term := range slices.Backward(terms) {
			sum = (sum + term) * correlation
		}
		return sum
	}
	for i := range s.lags {
		covariance[i] = at(s.covariance[b][i])
	}
	covariance[len(s.lags)] = at(s.quenched[b])
	return covariance
}

// filtered returns the covariance of a potential that leaks at 1/τ and hears a noise of a given
// covariance by lag, (τ/2) ∫ e^{−|t−u|/τ} r(|u|) du: exactly for straight lines between the lags.
func filtered(lags, r []float64, tau float64) []float64 {
	last := len(lags) - 1
	before, after := make([]float64, len(lags)), make([]float64, len(lags))
	weights := func(i int) (decay, near, far float64) { // of the interval after lag i
		x := (lags[i+1] - lags[i]) / tau
		fall := -math.Expm1(-x)
		near = tau * (1 - fall/x)
		return 1 - fall, near, tau*fall - near
	}
	for i := last - 1; i >= 0; i-- {
		decay, near, far := weights(i)
		after[i] = decay*after[i+1] + near*r[i] + far*r[i+1]
	}
	for i := range last {
		decay, near, far := weights(i)
		before[i+1] = decay*before[i] + near*r[i+1] + far*r[i]
	}
	covariance := make([]float64, len(lags))
	for i, t := range lags {
		covariance[i] = tau / 2 * (before[i] + after[i] + math.Exp(-t/tau)*after[0])
	}
	return covariance
}
