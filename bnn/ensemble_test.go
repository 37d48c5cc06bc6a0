package bnn

import (
	"context"
	"math"
	"reflect"
	"testing"
)

func TestEnsembleAgreesWithFiniteSize(t *testing.T) {
	for _, name := range referenceNetworks {
		network := readNetwork(t, name)
		times := Every(0.5, 1.5)
		const n = 100
		s, err := Ensemble{Network: network, N: n, Replicas: 200, Seed: 1}.Run(context.Background(), times)
		if err != nil {
			t.Fatal(err)
		}
		f, err := FiniteSize(network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		for q, table := range s.tables() {
			for row := range times {
				for a := range network.Populations {
					z := (table[row][a] - f.tables()[q][row][a]) / s.StandardError.tables()[q][row][a]
					t.Logf("%s table %d t=%g pop %d: %.5f vs %.5f z=%.2f", name, q, times[row], a, table[row][a], f.tables()[q][row][a], z)
				}
			}
		}
	}
}

func TestEnsembleSameForAnyWorkers(t *testing.T) {
	network := readNetwork(t, "feedforward")
	run := func(workers int) *Summary {
		s, err := Ensemble{Network: network, N: 20, Replicas: 17, Seed: 3, Workers: workers}.Run(context.Background(), Every(0.25, 1))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := run(1)
	for _, workers := range []int{2, 3, 40} {
		if !reflect.DeepEqual(one, run(workers)) {
			t.Errorf("%d workers give another result than one", workers)
		}
	}
	if math.IsNaN(one.Mean[0][0]) {
		t.Error("NaN")
	}
}
