//go:build unix

package simulate

import (
	"context"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
)

// What a candidate costs in the exact method, over that of the dense network: each of what a network
// may have besides must cost at most 1.5 times as much, and 2 times with noise (issue of speed for all).
func BenchmarkExactCandidate(b *testing.B) {
	for _, kind := range candidateKinds {
		b.Run(kind.name, func(b *testing.B) {
			network := kind.of(networktest.ReadNetwork(b, "dense"))
			const n, duration = 1000, 0.25
			plan := bnn.Must(newPlan(context.Background(), network, n, []float64{duration}))
			if why := plan.whyNotThinning(); why != "" {
				b.Log("by the plain simulator: ", why)
			}
			engine := bnn.Must(Exact{}.prepare(context.Background(), plan, 1))
			candidates := 0.0
			neurons := 0
			for _, count := range plan.counts {
				neurons += count
			}
			for a, population := range network.Populations {
				candidates += float64(plan.counts[a]) * population.Rate.Bound() * float64(neurons) * duration
			}
			for x, source := range network.Feedforward {
				_, most := source.Rate.Range()
				if candidates += float64(plan.sources[x]) * most * duration; !source.Shared {
					candidates += float64(plan.sources[x]) * most * duration * float64(neurons-1)
				}
			}
			b.ReportAllocs()
			before := userSeconds(b)
			for b.Loop() {
				if err := engine.simulate(context.Background(), plan, random.New(1, "", n, 0), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(1e9*(userSeconds(b)-before)/float64(b.N)/candidates, "user-ns/candidate")
		})
	}
}

// A candidateKind is a network made of the dense one.
type candidateKind struct {
	name string
	of   func(*bnn.Network) *bnn.Network
}

var candidateKinds = []candidateKind{
	{"dense", func(network *bnn.Network) *bnn.Network { return network }},
	{"spread", func(network *bnn.Network) *bnn.Network {
		network.Populations[0].Spread, network.Populations[1].Spread = 0.3, 0.5
		return network
	}},
	{"private source", func(network *bnn.Network) *bnn.Network { return fed(network, false) }},
	{"shared source", func(network *bnn.Network) *bnn.Network { return fed(network, true) }},
	{"noise", func(network *bnn.Network) *bnn.Network {
		network.Populations[0].Noise, network.Populations[1].Noise = 0.5, 0.3
		return network
	}},
	{"sine", func(network *bnn.Network) *bnn.Network {
		network.Populations[0].Stimulus = bnn.Sine{Baseline: 0.2, Amplitude: 0.3, Period: 1.3}
		return network
	}},
	{"probit", func(network *bnn.Network) *bnn.Network {
		network.Populations[0].Rate, network.Populations[1].Rate = bnn.Probit{Max: 1, Slope: 1}, bnn.Probit{Max: 1, Slope: 1}
		return network
	}},
	{"power", func(network *bnn.Network) *bnn.Network {
		for a := range network.Populations {
			network.Populations[a].Rate = bnn.PowerRate{Max: 1, Gain: 0.5, Exponent: 2, Threshold: -1}
		}
		return network
	}},
	{"own rates", func(network *bnn.Network) *bnn.Network { return withRates(network, mimics["rising"]) }},
	{"16 classes", func(network *bnn.Network) *bnn.Network { return split(network, 8) }},
	{"32 classes", func(network *bnn.Network) *bnn.Network { return split(network, 16) }},
	{"64 classes", func(network *bnn.Network) *bnn.Network { return split(network, 32) }},
	{"64 classes with sources, spread and noise", func(network *bnn.Network) *bnn.Network {
		network = fed(fed(split(network, 32), true), false)
		for a := range network.Populations {
			network.Populations[a].Spread, network.Populations[a].Noise = 0.3, 0.4
		}
		return network
	}},
}
