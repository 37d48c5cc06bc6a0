package theory

import (
	"context"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/space"
)

// What 64 populations cost up to a time of 3: on a ring, with time constants of their own and rank 1, and with weights of full
// rank. All are to stay below 5 seconds on two cores, with the means and variances.
func BenchmarkSamplingNoise64(b *testing.B) {
	const places = 32
	abstract := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for name, network := range map[string]*bnn.Network{
		"ring":    bnn.Must(space.Spread(abstract, places, space.Ring(places, 0.4), space.Ring(places, 0.15))),
		"classes": networktest.ManyClasses(2 * places), "full": networktest.ManyInhibitory(2 * places),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				bnn.Must(SamplingNoise(context.Background(), network, 10000, []float64{3}))
			}
		})
	}
}
