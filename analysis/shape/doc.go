// Package shape estimates what the law of one neuron looks like, from the potentials of all neurons in
// independent replicas: how skew it is, how heavy its tails are, and how far it is from a Gaussian.
//
//	wasserstein, kolmogorov, err := shape.Distances(replicas, mean, variance)
//	skewness, err := shape.Skewness(replicas)
//
// Pairs, Together and Independence ask what several neurons have in common, Increments what a path is like, OneRun how far a
// single replica is from a Gaussian.
//
// The neurons of a replica depend on each other, so that standard errors come from the replicas.
package shape
