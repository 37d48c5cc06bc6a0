package simulate_test

import (
	"context"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// What balance is not: without a process of its own for each pair the neurons of a population do
// the same, and with weights of order 1/n there is no noise to speak of.
func ExampleSharedSpikes() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for _, method := range []simulate.Method{simulate.Exact{}, simulate.SharedSpikes{}, simulate.MeanField{}} {
		ensemble := simulate.Ensemble{Network: network, N: 100, Replicas: 4, Seed: 1, Method: method}
		runs, err := ensemble.Run(context.Background(), []float64{3})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-18T variance within E at t = 3: %.1f\n", method, runs.Variance[0][0])
	}
	// Output:
	// simulate.Exact     variance within E at t = 3: 1.0
	// simulate.SharedSpikes variance within E at t = 3: 0.0
	// simulate.MeanField variance within E at t = 3: 0.0
}

// How far apart the means of replicas are: each is looked at once, and none is kept. The loop
// ends early, and so do the replicas under way.
func ExampleEnsemble_Each() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 1000, Seed: 1}
	seen, widest := 0, 0.0
	for moments, err := range ensemble.Each(context.Background(), []float64{1}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		widest = math.Max(widest, math.Abs(moments.Mean[0][0]-moments.Mean[0][1]))
		if seen++; seen == 10 {
			break
		}
	}
	fmt.Printf("in %d replicas E and I differ by less than 2: %v\n", seen, widest < 2)
	// Output: in 10 replicas E and I differ by less than 2: true
}

// Averages over replicas, and how many steps a leap took to them.
func ExampleEnsemble_Run() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 1000, Replicas: 4, Seed: 1, Method: simulate.Leap{Step: 0.05}}
	summary, err := ensemble.Run(context.Background(), bnn.Every(0.5, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(summary.Populations, summary.Times, "by the", summary.Engine)
	fmt.Println("steps of at most 0.05:", summary.Steps > 20)
	// Output:
	// [E I] [0 0.5 1] by the leap
	// steps of at most 0.05: true
}

// A size that no exact simulation reaches; the step is chosen by the
// tolerance.
func ExampleLeap() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 100_000, Replicas: 2, Seed: 1, Method: simulate.Leap{Tolerance: 1e-2}}
	summary, err := ensemble.Run(context.Background(), []float64{1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("variance of E at t = 1: %.2f\n", summary.Variance[0][0])
	// Output: variance of E at t = 1: 1.15
}

// The potentials of ten neurons a population, to plot their distribution.
func ExampleEnsemble_States() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 4, Seed: 1}
	states, err := simulate.Collect(ensemble.States(context.Background(), bnn.Every(0.5, 1), 10))
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
