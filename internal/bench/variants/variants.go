// Package variants has networks that are another one and one thing more, over which the speed of simulators
// is measured: a simulator that is fast for the plain network alone is seen.
package variants

import (
	"fmt"
	"slices"

	"balanced/bnn"
)

// A Variant makes a network of another, which it leaves as it is.
type Variant struct {
	Name string
	Of   func(*bnn.Network) *bnn.Network
}

// All are the variants, of which the first is the network itself.
var All = []Variant{
	{"plain", (*bnn.Network).Clone},
	changed("spread", func(network *bnn.Network) { spread(network, 0.4) }),
	changed("private source", func(network *bnn.Network) { feed(network, false) }),
	changed("shared source", func(network *bnn.Network) { feed(network, true) }),
	changed("noise", func(network *bnn.Network) { disturb(network, 0.4) }),
	changed("sine", func(network *bnn.Network) {
		network.Populations[0].Stimulus = bnn.Sine{Baseline: 0.2, Amplitude: 0.3, Period: 1.3}
	}),
	changed("probit", func(network *bnn.Network) { respond(network, bnn.Probit{Max: 1, Slope: 1}) }),
	changed("power", func(network *bnn.Network) {
		respond(network, bnn.PowerRate{Max: 1, Gain: 0.5, Exponent: 2, Threshold: -1})
	}),
	{"16 classes", func(network *bnn.Network) *bnn.Network { return Split(network, 8) }},
	{"32 classes", func(network *bnn.Network) *bnn.Network { return Split(network, 16) }},
	{"64 classes", func(network *bnn.Network) *bnn.Network { return Split(network, 32) }},
	{"64 classes, spread, noise, sources", func(network *bnn.Network) *bnn.Network {
		network = Split(network, 32)
		feed(network, true)
		feed(network, false)
		spread(network, 0.3)
		disturb(network, 0.4)
		return network
	}},
}

func changed(name string, change func(*bnn.Network)) Variant {
	return Variant{name, func(network *bnn.Network) *bnn.Network {
		network = network.Clone()
		change(network)
		return network
	}}
}

func spread(network *bnn.Network, by float64) {
	for a := range network.Populations {
		network.Populations[a].Spread = by
	}
}

func disturb(network *bnn.Network, noise float64) {
	for a := range network.Populations {
		network.Populations[a].Noise = noise
	}
}

func respond(network *bnn.Network, rate bnn.Rate) {
	for a := range network.Populations {
		network.Populations[a].Rate = rate
	}
}

// feed adds a source as large as a population.
func feed(network *bnn.Network, shared bool) {
	weights := make([]float64, len(network.Populations))
	for a := range weights {
		weights[a] = 0.2
	}
	name := fmt.Sprintf("S%d", len(network.Feedforward))
	network.Feedforward = append(network.Feedforward, bnn.Source{Name: name, Size: 1, Rate: bnn.ConstantStimulus{Value: 1}, Weights: weights, Shared: shared})
}

// Split makes so many populations of each, which share its neurons: the network is the same but for
// names, since weights are over √n.
func Split(network *bnn.Network, parts int) *bnn.Network {
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
