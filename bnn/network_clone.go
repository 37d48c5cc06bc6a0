package bnn

import "slices"

// Clone returns a network that shares nothing with this one which could be changed: all
// lists are copied. Rates and stimuli are values that nothing changes, and stay what they are. It costs a pass
// over the weights, and works for a network that Validate refuses too.
func (network *Network) Clone() *Network {
	clone := *network
	clone.Populations = slices.Clone(network.Populations)
	clone.Weights = slices.Clone(network.Weights)
	for a, row := range clone.Weights {
		clone.Weights[a] = slices.Clone(row)
	}
	clone.Feedforward = slices.Clone(network.Feedforward)
	for x, source := range clone.Feedforward {
		clone.Feedforward[x].Weights = slices.Clone(source.Weights)
	}
	clone.Initial.Mean = slices.Clone(network.Initial.Mean)
	clone.Initial.Variance = slices.Clone(network.Initial.Variance)
	clone.Initial.Components = slices.Clone(network.Initial.Components)
	for a, components := range clone.Initial.Components {
		clone.Initial.Components[a] = slices.Clone(components)
	}
	return &clone
}
