package law

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// Pairs is what two neurons have in common (theory.md §22): n Cov(v_i, v_j) of two different neurons of each population of a
// network of size n at a time t ≥ 0. It is that of the empirical means, theory.SamplingNoise, less what a neuron shares with
// itself, K/q with the variance within the population by theory.FiniteSize; the corrections named in without are left out of
// the latter. Errors and cost are those of the two.
func Pairs(ctx context.Context, network *bnn.Network, n int, t float64, without ...theory.Correction) ([]float64, error) {
	noise, err := theory.SamplingNoise(ctx, network, n, []float64{t})
	if err != nil {
		return nil, err
	}
	return lessItself(ctx, network, n, t, noise[0], without...)
}

// PairsFixed is Pairs by the closed form of theory.SamplingNoiseAtStart, in the state of theory.FiniteSize: as if variances did
// not answer to what the network samples. It is right just after a start from independent Gaussian potentials, and a
// rival of Pairs later. Errors are those of the two.
func PairsFixed(ctx context.Context, network *bnn.Network, n int, t float64) ([]float64, error) {
	state, err := theory.FiniteSize(ctx, network, n, []float64{t})
	if err != nil {
		return nil, err
	}
	noise, err := theory.SamplingNoiseAtStart(ctx, network, t, state.Mean[0], state.Variance[0])
	if err != nil {
		return nil, err
	}
	return lessItself(ctx, network, n, t, noise)
}

// lessItself takes n times the covariances of the means of populations to that of two of their neurons.
func lessItself(ctx context.Context, network *bnn.Network, n int, t float64, noise [][]float64, without ...theory.Correction) ([]float64, error) {
	state, err := theory.FiniteSize(ctx, network, n, []float64{t}, without...)
	if err != nil {
		return nil, err
	}
	sized, err := network.AtSize(n)
	if err != nil {
		return nil, err
	}
	pairs := make([]float64, len(sized.Populations))
	for a, population := range sized.Populations {
		pairs[a] = noise[a][a] - state.Variance[0][a]/population.Size
	}
	return pairs, nil
}
