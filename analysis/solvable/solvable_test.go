package solvable

import (
	"context"
	"testing"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory/shotnoise"
	"balanced/internal/verification"
)

func deaf() *bnn.Network {
	return &bnn.Network{Name: "deaf",
		Populations: []bnn.Population{{Name: "E", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: 0.4}}, {Name: "I", Tau: 0.5, Size: 1, Rate: bnn.ConstantRate{Value: 0.7}}},
		Weights:     [][]float64{{1.5, -0.5}, {1.2, -1.5}},
		Initial:     bnn.Initial{Mean: []float64{0.5, -0.2}, Variance: []float64{0.2, 0.1}}}
}

// slower has time constants a half longer.
func slower() *bnn.Network {
	network := deaf()
	network.Populations[0].Tau, network.Populations[1].Tau = 1.5, 0.75
	return network
}

func runs(method simulate.Method, seed uint64) *Runs {
	ensemble := simulate.Ensemble{Network: deaf(), N: 5, Replicas: 6000, Seed: seed, Method: method}
	return bnn.Must(Simulate(context.Background(), "test", ensemble, []float64{0, 0.5, 1}))
}

func outcome(comparisons []analysis.Comparison, err error) analysis.Outcome {
	claim := analysis.Claim{Says: "test", Label: analysis.Derived, Because: "test", Rival: "test", Data: "test"}
	return bnn.Must(claim.Test(bnn.Must(comparisons, err)...)).Outcome
}

// The simulator holds against the solution; the same data against a wrong solution fail.
func TestCumulantsAndMemory(t *testing.T) {
	right, wrong := runs(nil, 1), bnn.Must(shotnoise.New(slower(), 5))
	if got := outcome(right.Cumulants(3, 0.06, wrong, 1, 2)); got != analysis.Holds {
		t.Errorf("cumulants: %s", got)
	}
	if got := outcome(right.Memory(1, 2, 0.1, wrong)); got != analysis.Holds {
		t.Errorf("memory: %s", got)
	}
	mistaken := *right
	mistaken.Solution = wrong
	if got := outcome(mistaken.Cumulants(2, 0.06, right.Solution, 1, 2)); got != analysis.Fails {
		t.Errorf("cumulants of another network: %s", got)
	}
	if got := outcome(mistaken.Memory(1, 2, 0.1, right.Solution)); got != analysis.Fails {
		t.Errorf("memory of another network: %s", got)
	}
	if _, err := right.Cumulant(4, 0, 0); err == nil {
		t.Error("a fourth cumulant has no estimate here")
	}
}

// What is shared is seen: one process a neuron for all its targets, one replica after the other the same, the
// same seed again.
func TestShared(t *testing.T) {
	verification.Long(t)
	right, other := runs(nil, 1), runs(nil, 2)
	if got := outcome(right.Shared(other, 0.1, 0.5, 0, 2)); got != analysis.Holds {
		t.Errorf("nothing shared: %s", got)
	}
	if got := outcome(runs(simulate.SharedSpikes{}, 1).Shared(other, 0.1, 0.5, 2)); got != analysis.Fails {
		t.Errorf("shared spikes: %s", got)
	}
	if got := outcome(right.Shared(right, 0.1, 0.5, 2)); got != analysis.Fails {
		t.Errorf("one seed: %s", got)
	}
	twice := *right
	twice.Replicas = nil
	for _, replica := range right.Replicas[:3000] {
		twice.Replicas = append(twice.Replicas, replica, replica)
	}
	if got := outcome(twice.Shared(other, 0.1, 0.5, 2)); got != analysis.Fails {
		t.Errorf("replicas twice: %s", got)
	}
}

// Each pathway has its spikes; the rival is a quarter more in a class of five with itself.
func TestSpikesAndTrains(t *testing.T) {
	verification.Long(t)
	ensemble := simulate.Ensemble{Network: deaf(), N: 5, Replicas: 3000, Seed: 3}
	summary := bnn.Must(ensemble.Run(context.Background(), []float64{0.5, 1}))
	solution := bnn.Must(shotnoise.New(deaf(), 5))
	if got := outcome(Spikes("test", solution, summary, 0.02)); got != analysis.Holds {
		t.Errorf("spikes: %s", got)
	}
	if got := outcome(Spikes("test", bnn.Must(shotnoise.New(deaf(), 6)), summary, 0.02)); got != analysis.Fails {
		t.Errorf("spikes of six neurons: %s", got)
	}
	network := deaf()
	network.Populations[1].Rate = bnn.ConstantRate{Value: 3}
	ensemble.Network = network
	var trains, thinned [][][]float64
	for replica := range 20 {
		heard := bnn.Must(ensemble.SpikeTrains(context.Background(), replica, 400, simulate.NeuronID{Population: 0})).Trains[0][1]
		trains, thinned = append(trains, heard), append(thinned, nil)
		for _, train := range heard { // every second spike: a gamma process
			var second []float64
			for i := 0; i < len(train); i += 2 {
				second = append(second, train[i])
			}
			thinned[replica] = append(thinned[replica], second)
		}
	}
	if got := outcome(Poisson(trains, 0, 400, 0.04, 1.1)); got != analysis.Holds {
		t.Errorf("Poisson: %s", got)
	}
	if got := outcome(Poisson(thinned, 0, 400, 0.04, 1.1)); got != analysis.Fails {
		t.Errorf("regular trains: %s", got)
	}
}
