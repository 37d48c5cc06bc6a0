//go:build unix

package simulate

import (
	"context"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
	"balanced/internal/bench/variants"
)

// What a candidate costs in the exact method, over that of the dense network: each of what a network
// may have besides must cost at most 1.5 times as much, and 2 times with noise (issue of speed for all).
func BenchmarkExactCandidate(b *testing.B) {
	ownRates := variants.Variant{Name: "own rates", Of: func(network *bnn.Network) *bnn.Network { return withRates(network, mimics["rising"]) }}
	for _, variant := range slices.Concat(variants.All, []variants.Variant{ownRates}) {
		b.Run(variant.Name, func(b *testing.B) {
			network := variant.Of(networktest.ReadNetwork(b, "dense"))
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
