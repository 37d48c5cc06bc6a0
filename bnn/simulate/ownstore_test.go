//go:build !js

package simulate

import (
	"testing"

	"balanced/bnn"
	"balanced/bnn/store"
)

// keyedRate is a rate of which only the key says what it is.
type keyedRate struct {
	bnn.Logistic
	key string
}

func (r keyedRate) Key() string { return r.key }

// Replicas with a rate of one's own are kept by its key.
func TestOwnRatesAreKept(t *testing.T) {
	kept := store.At(t.TempDir())
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	run := func(key string) *Summary {
		network.Populations[0].Rate = keyedRate{bnn.Logistic{Max: 2, Slope: 1}, key}
		summary, err := Ensemble{Network: network, N: 20, Replicas: 3, Seed: 1, Store: kept}.Run(t.Context(), []float64{0.5})
		if err != nil {
			t.Fatal(err)
		}
		return summary
	}
	first, again, other := run("a"), run("a"), run("b")
	if first.Mean[0][0] != again.Mean[0][0] || first.Mean[0][0] == other.Mean[0][0] {
		t.Errorf("means %v, again %v, of another key %v", first.Mean[0], again.Mean[0], other.Mean[0])
	}
}
