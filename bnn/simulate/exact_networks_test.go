package simulate

import (
	"fmt"
	"slices"
	"testing"

	"balanced/bnn"
)

// generalNetworks are those for which the exact method has a loop of its own.
func generalNetworks(t testing.TB) map[string]*bnn.Network {
	noisy := lawNetworks(t)["three"].Clone()
	noisy.Populations[0].Noise, noisy.Populations[2].Noise, noisy.Populations[1].Spread = 0.8, 0.5, 0.4
	noisy.Feedforward[1].Shared = true
	quiet := lawNetworks(t)["silent"].Clone() // one population has noise, and bounds follow the state of the other
	quiet.Populations[1].Noise = 0.6
	return map[string]*bnn.Network{"noisy": noisy, "quiet": quiet, "wide": noisy}
}

// fed adds a source as large as a population.
func fed(network *bnn.Network, shared bool) *bnn.Network {
	weights := make([]float64, len(network.Populations))
	for a := range weights {
		weights[a] = 0.2
	}
	name := fmt.Sprintf("S%d", len(network.Feedforward))
	network.Feedforward = append(network.Feedforward, bnn.Source{Name: name, Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: weights, Shared: shared})
	return network
}

// split makes so many populations of each, which share its neurons: the network is the same but for
// names, since weights are over √n.
func split(network *bnn.Network, parts int) *bnn.Network {
	wide := *network
	wide.Populations, wide.Weights = nil, nil
	wide.Feedforward = slices.Clone(network.Feedforward)
	for x := range wide.Feedforward {
		wide.Feedforward[x].Weights = nil
	}
	wide.Initial.Mean, wide.Initial.Variance = nil, nil
	for a, population := range network.Populations {
		for k := range parts {
			part := population
			part.Size = population.Size / float64(parts)
			part.Name = fmt.Sprintf("%s%d", population.Name, k)
			wide.Populations = append(wide.Populations, part)
			var row []float64
			for b := range network.Populations {
				for range parts {
					row = append(row, network.Weights[a][b])
				}
			}
			wide.Weights = append(wide.Weights, row)
			for x := range wide.Feedforward {
				wide.Feedforward[x].Weights = append(wide.Feedforward[x].Weights, network.Feedforward[x].Weights[a])
			}
			wide.Initial.Mean = append(wide.Initial.Mean, network.Initial.Mean[a])
			wide.Initial.Variance = append(wide.Initial.Variance, network.Initial.Variances()[a])
		}
	}
	return &wide
}
