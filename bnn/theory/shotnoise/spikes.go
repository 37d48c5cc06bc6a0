package shotnoise

import (
	"math"

	"balanced/bnn"
)

// pieces are those of an integral over time, of 12 nodes each.
const pieces = 16

// Spikes is the expected number of spikes from population b to population a, over all
// N_a (N_b − δ_ab) pairs, from time `from` to time `to`, 0 ≤ from ≤ to. Where neither of them listens to
// anybody it is a Poisson number. The rate of a class that listens is integrated by 192 nodes: let
// the interval be where it varies. Errors are those of Rate.
func (s *Network) Spikes(a, b int, from, to float64) (float64, error) {
	if err := s.check(from, a, b); err != nil {
		return 0, err
	}
	if err := s.check(to-from, a); err != nil {
		return 0, err
	}
	each, err := s.weighted(b, from, to, func(float64) float64 { return 1 })
	return float64(s.counts[a]) * s.heard(a, b) * each, err
}

// Mean is the mean potential of population a at time t ≥ 0, also where it hears a class that listens:
// spikes add, whatever their law. Errors are those of Rate.
func (s *Network) Mean(a int, t float64) (float64, error) {
	if err := s.check(t, a); err != nil {
		return 0, err
	}
	population := s.network.Populations[a]
	sum := s.network.Initial.Mean[a]*math.Exp(-t/population.Tau) + bnn.Response(population.External(), t, population.Tau)
	for x, source := range s.network.Feedforward {
		sum += float64(s.sources[x]) * s.jump(source.Weights[a]) * bnn.Response(source.Rate, t, population.Tau)
	}
	for b, weight := range s.network.Weights[a] {
		if weight == 0 {
			continue
		}
		each, err := s.weighted(b, 0, t, func(at float64) float64 { return math.Exp(-(t - at) / population.Tau) })
		if err != nil {
			return 0, err
		}
		sum += s.heard(a, b) * s.jump(weight) * each
	}
	return sum, nil
}

// weighted is the integral of the expected rate of population b times a weight.
func (s *Network) weighted(b int, from, to float64, weight func(at float64) float64) (float64, error) {
	var failed error
	sum := integral(func(at float64) float64 {
		rate, err := s.Rate(b, at)
		if err != nil {
			failed = err
		}
		return rate * weight(at)
	}, from, to, pieces)
	return sum, failed
}
