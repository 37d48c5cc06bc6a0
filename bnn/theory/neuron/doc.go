// Package neuron predicts the spike trains of a single neuron of a network at rest, at finite n
// (theory.md §6): a Poisson process whose intensity follows a potential that diffuses, and misses
// its own input.
//
//	state, err := theory.FiniteSize(ctx, network, n, []float64{15})
//	one, err := neuron.New(network, n, &state.Moments, 0)
//	fano := one.Fano(10)
//
// theory.FanoFactor and theory.IntervalVariation are the limits of this as n grows.
package neuron
