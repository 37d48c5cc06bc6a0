// Package contrast predicts the models that are not the balanced one (theory.md §23): weights of
// another power of the size, the classical mean field among them, and one Poisson process a neuron
// instead of one a pair.
//
//	weak, err := contrast.Scaled(network, n, 1) // weights J/n: the mean field
//	moments, covariance, err := contrast.PrivateSpikes(ctx, weak, n, times)
//	moments, covariance, err := contrast.SharedSpikes(ctx, network, n, times)
//
// simulate.MeanField and simulate.SharedSpikes simulate two of them; a network of Scaled is
// simulated by any method.
package contrast
