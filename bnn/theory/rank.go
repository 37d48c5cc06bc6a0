package theory

import (
	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// Rank returns the rank of the weights B of a network: how many combinations of the
// inputs have to cancel (theory.md §2). Singular values below 1e-10 of the largest
// count as zero.
func Rank(network *bnn.Network) (int, error) {
	if err := network.Validate(); err != nil {
		return 0, err
	}
	m, err := manifold.Decompose(network)
	if err != nil {
		return 0, err
	}
	return m.Rank, nil
}
