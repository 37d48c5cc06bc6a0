package show

import (
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Ensemble is how a chapter simulates a network: with the Seed for a given one, replicas kept in the Store, and by a method that
// may be nil for the exact one. N and Replicas are still to be set, as study.Moments does for each size.
func Ensemble(network *bnn.Network, seed uint64, method simulate.Method) simulate.Ensemble {
	return simulate.Ensemble{Network: network, Seed: Seed(seed), Method: method, Store: Store()}
}
