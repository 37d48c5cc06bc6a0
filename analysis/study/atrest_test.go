package study_test

import (
	"context"
	"math"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/theory"
)

// The limit stays where it starts, and the network that was given is as it was.
func TestAtRest(t *testing.T) {
	network, err := bnn.ReadNetwork("../../data/networks/abstract.json")
	if err != nil {
		t.Fatal(err)
	}
	before := network.Initial.Mean[0]
	rested, err := study.AtRest(context.Background(), network)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := theory.Limit(context.Background(), rested, []float64{0, 3})
	if err != nil {
		t.Fatal(err)
	}
	for a := range limit.Populations {
		if math.Abs(limit.Mean[1][a]-limit.Mean[0][a]) > 3e-6 || math.Abs(limit.Variance[1][a]-limit.Variance[0][a]) > 3e-6 {
			t.Errorf("class %d moves from %v, %v to %v, %v", a, limit.Mean[0][a], limit.Variance[0][a], limit.Mean[1][a], limit.Variance[1][a])
		}
	}
	if network.Initial.Mean[0] != before || !network.Initial.OnManifold {
		t.Error("the network itself has another start")
	}
}
