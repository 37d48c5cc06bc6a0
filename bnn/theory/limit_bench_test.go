package theory

import (
	"context"
	"testing"

	"balanced/bnn"
)

// What a solution of 201 rows up to time 10 costs.
func BenchmarkLimit(b *testing.B) {
	for _, name := range []string{"abstract", "feedforward", "dense"} {
		network := bnn.Must(bnn.ReadNetwork("../../data/networks/" + name + ".json"))
		times := bnn.Every(0.05, 10)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bnn.Must(Limit(context.Background(), network, times))
			}
		})
	}
}

func BenchmarkLimitOfManyPopulations(b *testing.B) {
	for name, network := range map[string]*bnn.Network{"crowd": crowd(400), "inhibitory": manyInhibitory(400)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bnn.Must(Limit(context.Background(), network, bnn.Every(0.25, 1)))
			}
		})
	}
}
