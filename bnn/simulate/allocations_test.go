package simulate

import (
	"context"
	"testing"

	"balanced/bnn/internal/networktest"
	"balanced/internal/bench/variants"
	"balanced/internal/verification"
)

// Allocations are those of a replica's beginning and end, whatever its network and its duration.
func TestAllocationsAreFlatInTime(t *testing.T) {
	verification.Long(t)
	for _, variant := range variants.All {
		network := variant.Of(networktest.ReadNetwork(t, "dense"))
		for _, method := range []Method{Exact{}, Leap{Step: 0.02}} {
			allocations := func(duration float64) float64 {
				return testing.AllocsPerRun(1, func() {
					ensemble := Ensemble{Network: network, N: 200, Replicas: 1, Workers: 1, Method: method}
					if err := ensemble.Replica(context.Background(), 0, []float64{duration}); err != nil {
						t.Fatal(err)
					}
				})
			}
			if short, long := allocations(0.5), allocations(4); long > short+20 {
				t.Errorf("%s by %T: %g allocations until 0.5, and %g until 4", variant.Name, method, short, long)
			}
		}
	}
}
