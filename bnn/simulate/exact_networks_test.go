package simulate

import (
	"context"
	"fmt"
	"testing"

	"balanced/bnn"
)

// generalNetworks have noise, spread, sources of both kinds and stimuli that change, in the same network.
func generalNetworks(t testing.TB) map[string]*bnn.Network {
	noisy := lawNetworks(t)["three"].Clone()
	noisy.Populations[0].Noise, noisy.Populations[2].Noise, noisy.Populations[1].Spread = 1.4, 1.1, 0.4
	noisy.Feedforward[1].Shared = true
	quiet := lawNetworks(t)["silent"].Clone() // one population has noise, and bounds follow the state of the other
	quiet.Populations[1].Noise = 1
	return map[string]*bnn.Network{"noisy": noisy, "quiet": quiet, "wide": noisy}
}

// Neurons that hardly fire beside a source of very many candidates have no spikes that are made of rounding: the
// tables have no numbers for such a small share of candidates, and the plain simulator takes over.
func TestRareBesideLargeSource(t *testing.T) {
	network := &bnn.Network{Name: "rare", Feedforward: []bnn.Source{{Name: "S", Size: 1000, Rate: bnn.ConstantStimulus{Value: 1}, Weights: make([]float64, 100)}}}
	for a := range 100 {
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("P", a), Tau: 1, Size: 0.1, Rate: bnn.ConstantRate{Value: 1e-6}})
		network.Weights = append(network.Weights, make([]float64, 100))
		network.Initial.Mean, network.Initial.Variance = append(network.Initial.Mean, 0), append(network.Initial.Variance, 0)
	}
	summary, err := Ensemble{Network: network, N: 20, Replicas: 1, Seed: 1}.Run(context.Background(), []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	spikes := 0.0
	for _, row := range summary.Spikes[0] {
		for _, count := range row {
			spikes += count
		}
	}
	if summary.Fallback == "" || spikes > 2 { // 0.04 are expected
		t.Errorf("%g spikes by the simulator %s %q", spikes, summary.Engine, summary.Fallback)
	}
}
