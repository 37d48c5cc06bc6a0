package theory

import (
	"context"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/stationary"
)

// A SparseState is a stationary state of a sparse network of large in-degree, simulate.Sparse
// (theory.md, Sparse networks). Slices have one entry a population.
type SparseState struct {
	// Mean is that of the potentials and Rate that of the rates, over time and neurons.
	Mean, Rate []float64
	// Temporal is the variance of a potential over time, and Quenched that of the means of
	// neurons: 0 where thresholds are not spread. Both together are that of the potentials at one
	// time.
	Temporal, Quenched []float64
	// RateVariance is the variance over neurons of their rates averaged over time.
	RateVariance []float64
	// Lags are times from 0 on, and Covariance[a][i] is that of the potential of one neuron at two
	// times so far apart, without the quenched part: Temporal at first, 0 at last.
	Lags       []float64
	Covariance [][]float64

	populations []bnn.Population
}

// RateOf returns the rate, averaged over time, of a neuron whose offset is so many standard
// deviations above that of its population, as potential and threshold together: normal over
// neurons. Of a rate that rises it is the quantile of the rates over neurons that z is of the
// standard normal law.
func (s *SparseState) RateOf(population int, z float64) float64 {
	p := s.populations[population]
	offset := math.Sqrt(s.Quenched[population]+p.Spread*p.Spread) * z
	return bnn.Expect(p.Rate, s.Mean[population]+offset, s.Temporal[population]).Value
}

// SparseStationary looks for the stationary states of a sparse network of large in-degree, with
// every stimulus at rest (theory.md, Sparse networks). Two neurons of a population hear a share of their input
// in common, K/n for an in-degree of K, which is ≥ 0 and < 1. One state is sought from each that
// StationaryStates finds, by repeating: the balance at the present variances, and the covariances
// of the potentials from those of the rates, until they change by less than 1e-10. A state that
// has no balance on the way, or does not settle in a thousand rounds, is not among them; whether
// a network stays in a state is not told. The covariance is exact to about 1e-5 of itself, by its
// grid. Errors are those of StationaryStates, and an *InputError for a share out of range or a
// shared source.
//
// The cost is a millisecond for each round and population; there are some ten to a hundred.
func SparseStationary(ctx context.Context, network *bnn.Network, share float64) ([]*SparseState, error) {
	if !(share >= 0 && share < 1) {
		return nil, &bnn.InputError{Path: "share", Value: numbers.Text(share), Allowed: "a number ≥ 0 and < 1"}
	}
	if err := network.Validate(); err != nil {
		return nil, err
	}
	private := network.AtRest().Clone()
	for x, source := range private.Feedforward {
		if source.Shared {
			return nil, &bnn.InputError{Path: bnn.IndexPath("feedforward", x) + ".shared", Value: "true", Allowed: "false in a sparse network"}
		}
	}
	// What all hear alike is cancelled by balance. What is left has the weights of a network in
	// which nothing is heard alike, smaller by a factor that balance does not notice.
	for _, row := range private.Weights {
		scale(row, math.Sqrt(1-share))
	}
	for _, source := range private.Feedforward {
		scale(source.Weights, math.Sqrt(1-share))
	}
	dense, err := StationaryStates(ctx, private)
	if err != nil {
		return nil, err
	}
	var states []*SparseState
	for _, start := range dense {
		s, err := newSparseIteration(ctx, private, start)
		if err != nil {
			return nil, err
		}
		settled, err := s.settle(ctx)
		if err != nil {
			return nil, err
		}
		if settled && !slices.ContainsFunc(states, func(other *SparseState) bool { return other.same(s) }) {
			states = append(states, s.state(network))
		}
	}
	return states, nil
}

func scale(values []float64, factor float64) {
	for i := range values {
		values[i] *= factor
	}
}

func (s *SparseState) same(i *sparseIteration) bool {
	for a, mean := range s.Mean {
		if math.Abs(mean-i.mean[a]) > 1e-6*(1+math.Abs(mean)) {
			return false
		}
	}
	return true
}

// A sparseIteration has what one round leaves to the next.
type sparseIteration struct {
	network                        *bnn.Network
	manifold                       *manifold.Manifold
	mean, variance, rate, quenched []float64
	rateVariance                   []float64
	colored                        []float64 // what the variance has from fluctuations of the rates
	lags                           []float64
	covariance                     [][]float64 // with the quenched part
}

func newSparseIteration(ctx context.Context, network *bnn.Network, start BalancedState) (*sparseIteration, error) {
	m, err := manifold.New(ctx, network)
	if err != nil {
		return nil, err
	}
	p := len(network.Populations)
	s := &sparseIteration{network: network, manifold: m, mean: start.Mean, variance: start.Variance, rate: start.Rate,
		quenched: make([]float64, p), rateVariance: make([]float64, p), colored: make([]float64, p)}
	shortest, longest := math.Inf(1), 0.0
	for _, population := range network.Populations {
		shortest, longest = math.Min(shortest, population.Tau), math.Max(longest, population.Tau)
	}
	const fine, far = 0.005, 40
	for t := 0.0; t < far*longest; t += fine * (shortest + t) {
		s.lags = append(s.lags, t)
	}
	for a, population := range network.Populations {
		covariance := make([]float64, len(s.lags))
		for i, t := range s.lags {
			covariance[i] = start.Variance[a] * math.Exp(-t/population.Tau)
		}
		s.covariance = append(s.covariance, covariance)
	}
	return s, nil
}

// settle repeats rounds until nothing changes.
func (s *sparseIteration) settle(ctx context.Context) (bool, error) {
	const rounds, enough = 1000, 1e-10
	for range rounds {
		change := s.correlate()
		balanced, err := s.balance(ctx)
		if err != nil || !balanced {
			return false, err
		}
		if change < enough {
			return true, nil
		}
	}
	return false, nil
}

// balance solves for means, variances and rates, with the colored noise as it is: as if it were
// so much more white noise, which has the same part in the variance.
func (s *sparseIteration) balance(ctx context.Context) (bool, error) {
	noisy := *s.network
	noisy.Populations = slices.Clone(s.network.Populations)
	drift := make([]float64, len(s.mean))
	for a := range noisy.Populations {
		p := &noisy.Populations[a]
		p.Noise = math.Sqrt(p.Noise*p.Noise + 2*s.colored[a]/p.Tau)
		drift[a] = s.mean[a]/p.Tau - p.External().At(0)
	}
	m := s.manifold.With(&noisy)
	search := stationary.NewSearch(m)
	mean, variance, ok, err := search.Solve(ctx, append(m.Coordinates(drift), s.variance...))
	if err != nil || !ok {
		return false, err
	}
	s.mean, s.variance = mean, variance
	for b, e := range m.Expectations(mean, variance) {
		s.rate[b] = e.Value
	}
	return true, nil
}

func (s *sparseIteration) state(network *bnn.Network) *SparseState {
	state := &SparseState{Mean: s.mean, Rate: s.rate, Quenched: s.quenched, RateVariance: s.rateVariance, Lags: s.lags,
		Covariance: s.covariance, populations: network.Populations}
	for a, quenched := range s.quenched {
		state.Temporal = append(state.Temporal, math.Max(0, s.variance[a]-quenched))
		for i := range s.lags {
			state.Covariance[a][i] -= quenched
		}
	}
	return state
}
