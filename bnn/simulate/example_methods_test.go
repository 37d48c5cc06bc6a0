package simulate_test

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// What balance is not: without a process of its own for each pair the neurons of a population do
// the same, and with weights of order 1/n there is no noise to speak of.
func ExampleSharedSpikes() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for _, method := range []simulate.Method{simulate.Exact{}, simulate.SharedSpikes{}, simulate.MeanField{}} {
		ensemble := simulate.Ensemble{Network: network, N: 100, Replicas: 20, Seed: 1, Method: method}
		runs, err := ensemble.Run(context.Background(), []float64{3})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-18T variance within E at t = 3: %.1f\n", method, runs.Variance[0][0])
	}
	// Output:
	// simulate.Exact     variance within E at t = 3: 1.1
	// simulate.SharedSpikes variance within E at t = 3: 0.0
	// simulate.MeanField variance within E at t = 3: 0.0
}

// The potentials of ten neurons a population, to plot their distribution.
func ExampleEnsemble_States() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 4, Seed: 1}
	states, err := ensemble.States(context.Background(), bnn.Every(0.5, 1), 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(states), "replicas,", len(states[0]), "times,", len(states[0][0]), "populations,", len(states[0][0][0]), "neurons")
	// Output: 4 replicas, 3 times, 2 populations, 10 neurons
}

// All that one neuron heard from the inhibitory ones.
func ExampleEnsemble_SpikeTrains() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 1, Seed: 1}
	target := simulate.NeuronID{Population: 1, Index: 3}
	heard, err := ensemble.SpikeTrains(context.Background(), 0, 2, target)
	if err != nil {
		fmt.Println(err)
		return
	}
	inhibitory := heard.Trains[0][1]
	fmt.Println(len(inhibitory), "trains, from itself:", len(inhibitory[3]), "spikes")
	// Output: 50 trains, from itself: 0 spikes
}
