// Package random holds the random numbers of the simulators, and the tables that turn them
// into decisions.
//
// # Streams
//
// Every replica has a stream of its own: ChaCha8 with a key that is the SHA-256 of the seed,
// the fingerprint of the network, its size and the number of the replica (New). So no replica
// depends on which worker runs it, on how many there are, or on what ran before, and the
// streams of two replicas are as independent as ChaCha8 under two keys. ChaCha8 is slower than
// the inner loops can bear. They use generators whose state is drawn from it: Stream,
// xoroshiro128++, for the exact simulation, one a replica; Fast, xoshiro256++, for the leap,
// one for each block of neurons.
//
// # Variates
//
// Exponential and normal variates come from ziggurats of 1024 and 256 layers, exact but for
// the rounding of 53 bits. A PoissonTable inverts the distribution of a count, with
// probabilities that are multiples of 2⁻³². A QuantileTable decides whether a spike that may
// happen does: it compares the potential with a tabulated quantile of the Curve of its rate and
// evaluates the rate in the few cases in which that is not enough, so that the decision
// is the exact one.
//
// # Bytes
//
// All of it is integer arithmetic and IEEE operations in a fixed order: the same keys give
// the same bytes again. Other architectures may fuse a product and a sum, and so round
// otherwise. A change here that gives other numbers voids the replicas that a store keeps,
// whose keys have a hash of this code.
package random
