package shotnoise

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// A Network is one of finite size with populations that do not listen to each other.
type Network struct {
	network         *bnn.Network
	n               int
	counts, sources []int
}

// New takes a network at a size n. Every population has a constant rate, or a logistic one and hears
// only sources and populations of constant rates, not itself; thresholds do not differ, and the start is
// one Gaussian that is not projected. The error is a *bnn.InputError.
func New(network *bnn.Network, n int) (*Network, error) {
	if err := network.Validate(); err != nil {
		return nil, err
	}
	counts, sources, err := network.Counts(n)
	if err != nil {
		return nil, err
	}
	if network.Initial.OnManifold || network.Initial.Components != nil {
		return nil, &bnn.InputError{Path: "initial", Value: "projected, or a mixture", Allowed: "one Gaussian, where it is"}
	}
	for x, source := range network.Feedforward {
		if source.Shared {
			return nil, &bnn.InputError{Path: fmt.Sprintf("feedforward[%d].shared", x), Value: "true", Allowed: "false"}
		}
	}
	for a, population := range network.Populations {
		path := fmt.Sprintf("populations[%d]", a)
		if population.Spread != 0 {
			return nil, &bnn.InputError{Path: path + ".spread", Value: fmt.Sprint(population.Spread), Allowed: "0"}
		}
		if !bnn.Listens(population.Rate) {
			continue
		}
		if _, logistic := population.Rate.(bnn.Logistic); !logistic {
			return nil, &bnn.InputError{Path: path + ".rate", Value: fmt.Sprintf("a %T", population.Rate), Allowed: "constant or logistic"}
		}
		for b, weight := range network.Weights[a] {
			if weight != 0 && bnn.Listens(network.Populations[b].Rate) {
				return nil, &bnn.InputError{Path: fmt.Sprintf("weights[%d][%d]", a, b), Value: fmt.Sprint(weight), Allowed: "0, for a class that listens hears no such class"}
			}
		}
	}
	return &Network{network.Clone(), n, counts, sources}, nil
}

// heard is how many neurons of population b one of population a hears: all but itself.
func (s *Network) heard(a, b int) float64 {
	if a == b {
		return float64(s.counts[b] - 1)
	}
	return float64(s.counts[b])
}

// jump is J_ab/√n for a weight J_ab.
func (s *Network) jump(weight float64) float64 { return weight / math.Sqrt(float64(s.n)) }

// check refuses a population that is not there, and a time that is not finite and at least 0.
func (s *Network) check(t float64, populations ...int) error {
	for _, a := range populations {
		if a < 0 || a >= len(s.counts) {
			return &bnn.InputError{Path: "population", Value: fmt.Sprint(a), Allowed: fmt.Sprintf("from 0 to %d", len(s.counts)-1)}
		}
	}
	if !(t >= 0) || math.IsInf(t, 1) {
		return &bnn.InputError{Path: "t", Value: fmt.Sprint(t), Allowed: "finite and at least 0"}
	}
	return nil
}

// deaf refuses a population that hears one that listens: its potential is shot noise of a random rate.
func (s *Network) deaf(a int) error {
	for b, weight := range s.network.Weights[a] {
		if weight != 0 && bnn.Listens(s.network.Populations[b].Rate) {
			return &bnn.InputError{Path: fmt.Sprintf("weights[%d][%d]", a, b), Value: fmt.Sprint(weight), Allowed: "0, from a class whose rate is not constant"}
		}
	}
	return nil
}

// Cumulant is the k-th cumulant, k ≥ 1, of the potential of a neuron of population a at time t ≥ 0
// (theory.md §19): 1 is its mean, 2 its variance. The error, if the population hears one that
// listens, is a *bnn.InputError.
func (s *Network) Cumulant(k, a int, t float64) (float64, error) {
	if err := s.check(t, a); err != nil {
		return 0, err
	}
	if err := s.deaf(a); err != nil {
		return 0, err
	}
	if k < 1 {
		return 0, &bnn.InputError{Path: "k", Value: fmt.Sprint(k), Allowed: "at least 1"}
	}
	population, order := s.network.Populations[a], float64(k)
	tau := population.Tau / order // a k-th cumulant forgets k times as fast
	response := -tau * math.Expm1(-t/tau)
	sum := 0.0
	for b, source := range s.network.Populations {
		sum += s.heard(a, b) * math.Pow(s.jump(s.network.Weights[a][b]), order) * source.Rate.At(0) * response
	}
	for x, source := range s.network.Feedforward {
		sum += float64(s.sources[x]) * math.Pow(s.jump(source.Weights[a]), order) * bnn.Response(source.Rate, t, tau)
	}
	switch k {
	case 1:
		sum += s.network.Initial.Mean[a]*math.Exp(-t/tau) + bnn.Response(population.External(), t, tau)
	case 2:
		sum += s.network.Initial.Variance[a]*math.Exp(-t/tau) + population.Noise*population.Noise*response
	}
	return sum, nil
}

// Covariance is that of the potential of one neuron of population a at two times, in either order:
// it forgets at the rate 1/τ_a, and what it hears in between is new. Errors are those of Cumulant.
func (s *Network) Covariance(a int, first, second float64) (float64, error) {
	if err := s.check(second, a); err != nil {
		return 0, err
	}
	variance, err := s.Cumulant(2, a, min(first, second))
	return variance * math.Exp(-math.Abs(second-first)/s.network.Populations[a].Tau), err
}

// Populations are the names, in order.
func (s *Network) Populations() []string { return s.network.PopulationNames() }

// Count is the number of neurons of population a, which is one of them.
func (s *Network) Count(a int) int { return s.counts[a] }
