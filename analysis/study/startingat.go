package study

import (
	"math"

	"balanced/bnn"
)

// StartingAt is a copy of a network that starts Gaussian with given means and variances, one a population, rounded to 1e-6, since
// the last digits of a solver are no part of an experiment.
func StartingAt(network *bnn.Network, mean, variance []float64) *bnn.Network {
	started := network.Clone()
	started.Initial = bnn.Initial{}
	for a := range mean {
		started.Initial.Mean = append(started.Initial.Mean, math.Round(1e6*mean[a])/1e6)
		started.Initial.Variance = append(started.Initial.Variance, math.Round(1e6*variance[a])/1e6)
	}
	return started
}

// WithoutGroups is a copy of a network that starts Gaussian, with the means and variances of a start that may be a mixture, as it is
// written in the network: what is projected is projected for the Gaussian.
func WithoutGroups(network *bnn.Network) *bnn.Network {
	smooth := network.Clone()
	smooth.Initial.Variance, smooth.Initial.Components = network.Initial.Variances(), nil
	return smooth
}
