//go:build unix

package simulate

import (
	"context"
	"fmt"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
)

// What a rate of one's own costs, in the exact method and in the leap.
func BenchmarkOwnRate(b *testing.B) {
	for _, name := range []string{"dense", "silent", "abstract"} {
		for _, mimic := range []string{"built in", "rising", "own"} {
			network := withRates(networktest.ReadNetwork(b, name), mimics[mimic])
			for what, method := range map[string]Method{"exact": Exact{}, "leap": Leap{Step: 0.02}} {
				b.Run(fmt.Sprintf("%s/%s/%s", what, name, mimic), func(b *testing.B) {
					plan := bnn.Must(newPlan(context.Background(), network, 500, []float64{1}))
					engine := bnn.Must(method.prepare(context.Background(), plan, 1))
					before := userSeconds(b)
					for b.Loop() {
						if err := engine.simulate(context.Background(), plan, random.New(1, "", 500, 0), nil); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(1e9*(userSeconds(b)-before)/float64(b.N), "user-ns/op")
				})
			}
		}
	}
}
