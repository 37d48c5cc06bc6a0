package study_test

import (
	"math"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

// A mixture of two groups has the variance between them and within them.
func TestWithoutGroups(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	halves := []bnn.Component{{Weight: 0.5, Offset: -1, Variance: 0.25}, {Weight: 0.5, Offset: 1, Variance: 0.25}}
	network.Initial.Variance, network.Initial.Components = nil, [][]bnn.Component{halves, halves}
	smooth := study.WithoutGroups(network)
	if err := smooth.Validate(); err != nil || smooth.Initial.Components != nil || network.Initial.Components == nil {
		t.Fatalf("it starts at %+v, the network itself at %+v: %v", smooth.Initial, network.Initial, err)
	}
	for a, variance := range smooth.Initial.Variance {
		if math.Abs(variance-1.25) > 1e-12 || smooth.Initial.Mean[a] != network.Initial.Mean[a] || !smooth.Initial.OnManifold {
			t.Errorf("population %d starts at %+v", a, smooth.Initial)
		}
	}
}
