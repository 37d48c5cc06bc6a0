package theory

import (
	"context"
	"fmt"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
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
	for name, network := range map[string]*bnn.Network{"crowd": crowd(400), "inhibitory": networktest.ManyInhibitory(400)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bnn.Must(Limit(context.Background(), network, bnn.Every(0.25, 1)))
			}
		})
	}
}

// What theory costs against the number of populations: balances of rank 1 between two classes,
// and of full rank.
func BenchmarkPopulations(b *testing.B) {
	for _, p := range []int{2, 4, 8, 16, 32, 64} {
		for rank, network := range map[string]*bnn.Network{"one": networktest.ManyClasses(p), "full": networktest.ManyInhibitory(p)} {
			b.Run(fmt.Sprintf("limit/rank=%s/P=%d", rank, p), func(b *testing.B) {
				for b.Loop() {
					bnn.Must(Limit(context.Background(), network, []float64{3}))
				}
			})
			b.Run(fmt.Sprintf("stationary/rank=%s/P=%d", rank, p), func(b *testing.B) {
				for b.Loop() {
					bnn.Must(StationaryStates(context.Background(), network))
				}
			})
		}
	}
}
