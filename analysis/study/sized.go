package study

import (
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Sized is a plan with a network that depends on the size, such as one of contrast.Scaled. The ensemble that it gives has its N, so
// that single replicas can be looked at, too.
func Sized(network func(n int) *bnn.Network, plan Plan) Plan {
	return func(n int) (simulate.Ensemble, []float64) {
		ensemble, times := plan(n)
		ensemble.Network, ensemble.N = network(n), n
		return ensemble, times
	}
}
