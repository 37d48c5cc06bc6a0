package shotnoise

import (
	"balanced/bnn"
)

// Deaf is a network of which nobody listens, and whose two populations differ in everything: size, time
// constant, rate, stimulus and noise. Weights do not balance, so that means of order √n are a sharp measure of
// each pathway and time constant. Population I has white noise of the given amplitude ≥ 0.
func Deaf(noise float64) *bnn.Network {
	return &bnn.Network{
		Name: "deaf",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.4}, Stimulus: bnn.Pulse{Amplitude: 1, Start: 0.25, Duration: 0.5}},
			{Name: "I", Tau: 0.5, Size: 0.8, Noise: noise, Rate: bnn.ConstantRate{Value: 0.7}, Stimulus: bnn.ConstantStimulus{Value: -0.5}},
		},
		Weights: [][]float64{{1.5, -0.5}, {1.2, -1.5}},
		Initial: bnn.Initial{Mean: []float64{0.5, -0.2}, Variance: []float64{0.2, 0.1}},
	}
}

// Many is one population of n neurons that do not listen, with a twentieth of n spikes to each in half a time
// constant: a leap with steps of ½ has more than 32 of them a step where n > 640.
func Many() *bnn.Network {
	return &bnn.Network{
		Name:        "many",
		Populations: []bnn.Population{{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.1}}},
		Weights:     [][]float64{{1}},
		Initial:     bnn.Initial{Mean: []float64{0}, Variance: []float64{0}},
	}
}

// Listening is a network with one population that listens, L: it hears E by large jumps, such that its
// potential is far from Gaussian at n = 10.
func Listening() *bnn.Network {
	return &bnn.Network{
		Name: "listening",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.5}},
			{Name: "L", Tau: 0.8, Size: 1, Rate: bnn.Logistic{Max: 12, Slope: 4, Threshold: 3}, Stimulus: bnn.Sine{Baseline: 0.3, Amplitude: 1, Period: 2}},
		},
		Weights: [][]float64{{1, 0.7}, {3, 0}},
		Initial: bnn.Initial{Mean: []float64{0, 0.4}, Variance: []float64{0.2, 0.1}},
	}
}

// Kicked is Listening with a stimulus of 1000 to L from t = 0.005, which takes it over its threshold at
// t ≈ 0.01 within a thousandth of a time constant, to a rate of 200: the number of spikes until t = 0.02
// tells how old the potentials are upon which a simulator decides, a hundredth of it being 1e-4.
func Kicked() *bnn.Network {
	network := Listening()
	network.Name = "kicked"
	network.Populations[1].Rate = bnn.Logistic{Max: 200, Slope: 2, Threshold: 5}
	network.Populations[1].Stimulus = bnn.Pulse{Amplitude: 1000, Start: 0.005, Duration: 1}
	return network
}

// Selfish is the rival of a network of size n and constant rates in which a neuron hears itself too: its own
// spikes come from a source of one neuron.
func Selfish(network *bnn.Network, n int) *bnn.Network {
	selfish := network.Clone()
	for a, population := range network.Populations {
		weights := make([]float64, len(network.Populations))
		weights[a] = network.Weights[a][a]
		selfish.Feedforward = append(selfish.Feedforward, bnn.Source{Name: "itself-" + population.Name, Size: 1 / float64(n),
			Rate: bnn.ConstantStimulus{Value: population.Rate.At(0)}, Weights: weights})
	}
	return selfish
}
