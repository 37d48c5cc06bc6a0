// Package law predicts the law of the potential of one neuron of a finite network, and how far it is
// from a Gaussian (theory.md §22).
//
//	laws, err := law.Predict(ctx, network, 400, 2)
//	wasserstein, kolmogorov := laws[0].Distances(limit.Mean[0][0], limit.Variance[0][0])
//
// It is the first term of an Edgeworth expansion, from theory.FiniteSize, theory.FourthCumulant and
// theory.SamplingNoise.
package law
