package networktest

import (
	"testing"

	"balanced/bnn"
)

// Baker is the classical example of J. Baker, C. Ebsch, I. Lampl and R. Rosenbaum (Phys. Rev. E 99,
// 2019), its weights times 0.2: a source of which all neurons hear each spike at once.
func Baker() *bnn.Network {
	rate := bnn.Logistic{Max: 4, Slope: 2, Threshold: 1}
	return &bnn.Network{
		Name: "baker",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 0.8, Rate: rate},
			{Name: "I", Tau: 1, Size: 0.2, Rate: rate},
		},
		Weights:     [][]float64{{0.5, -3}, {2.25, -5}},
		Feedforward: []bnn.Source{{Name: "X", Size: 0.2, Shared: true, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{3.6, 2.7}}},
		Initial:     bnn.Initial{Mean: []float64{-0.5876, 0.3638}, Variance: []float64{1.4876, 5.1499}, OnManifold: true},
	}
}

// MixtureSymmetric is the network of the abstract that starts from two narrow groups of neurons in
// each class.
func MixtureSymmetric(t testing.TB) *bnn.Network {
	network := ReadNetwork(t, "abstract")
	network.Initial.Variance = nil
	for range network.Populations {
		network.Initial.Components = append(network.Initial.Components, []bnn.Component{
			{Weight: 0.5, Offset: -1, Variance: 0.05}, {Weight: 0.5, Offset: 1, Variance: 0.05}})
	}
	return network
}
