package simulate_test

import (
	"context"
	"errors"
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

// The limit of many neurons, and what a network of a thousand differs by.
func ExampleLimit() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	times := bnn.Every(1, 2)
	limit, err := theory.Limit(context.Background(), network, times)
	if err != nil {
		fmt.Println(err)
		return
	}
	finite, err := theory.FiniteSize(context.Background(), network, 1000, times)
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, t := range times {
		fmt.Printf("t = %g: variance of E %.4f in the limit, %.4f at n = 1000\n", t, limit.Variance[row][0], finite.Variance[row][0])
	}
	// Output:
	// t = 0: variance of E 0.2500 in the limit, 0.2500 at n = 1000
	// t = 1: variance of E 1.1545 in the limit, 1.1340 at n = 1000
	// t = 2: variance of E 1.1679 in the limit, 1.1278 at n = 1000
}

// Where the balanced state vanishes the limit ends, with the rows so far.
func ExampleLimit_fold() {
	network := &bnn.Network{
		Name: "fold",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1.5, Slope: 4}, Stimulus: bnn.ConstantStimulus{Value: -3}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 2, Slope: 1}},
		},
		Weights: [][]float64{{0.3, -0.3}, {0.3, -0.3}},
		Initial: bnn.Initial{Mean: []float64{2, 1}, Variance: []float64{0.05, 0.05}, OnManifold: true},
	}
	limit, err := theory.Limit(context.Background(), network, bnn.Every(0.1, 1))
	var lost *theory.BalanceLostError
	if errors.As(err, &lost) {
		fmt.Printf("%d rows, then a %s at t = %.4f\n", len(limit.Times), lost.Kind, lost.Time)
	}
	// Output: 4 rows, then a fold at t = 0.3122
}

// Replicas of a small network, all cores at work: the averages agree with the finite-n
// equations within a few standard errors.
func ExampleEnsemble() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	times := []float64{0.5, 1}
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 100, Seed: 1}
	runs, err := ensemble.Run(context.Background(), times)
	if err != nil {
		fmt.Println(err)
		return
	}
	finite := bnn.Must(theory.FiniteSize(context.Background(), network, 50, times))
	for row, t := range times {
		deviation := (runs.Mean[row][0] - finite.Mean[row][0]) / runs.StandardError.Mean[row][0]
		fmt.Printf("t = %g: within 4 standard errors: %v\n", t, math.Abs(deviation) < 4)
	}
	// Output:
	// t = 0.5: within 4 standard errors: true
	// t = 1: within 4 standard errors: true
}

// One run, watched by two recorders.
func ExampleSimulate() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	traces := &simulate.TraceRecorder{Neurons: []simulate.NeuronID{{Population: 0, Index: 0}, {Population: 1, Index: 7}}}
	var spikes simulate.SpikeRecorder
	if err := simulate.Simulate(context.Background(), network, 20, 1, bnn.Every(0.1, 1), traces, &spikes); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(traces.Traces), "traces of", len(traces.Times), "points")
	fmt.Println("spikes from I to E at the start:", spikes.Spikes[0][0][1])
	// Output:
	// 2 traces of 11 points
	// spikes from I to E at the start: 0
}

// A network without balance says why.
func ExampleProject() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	network.Populations[0].Rate = bnn.Logistic{Max: 9, Slope: 1}
	_, err := theory.Project(context.Background(), network, 0, []float64{0, 0}, []float64{0, 0})
	fmt.Println(err)
	// Output: no balanced state at time 0: excitation wins: from the start the means run away upward along the weights and reach no zero of W F + β
}

func ExampleStationaryStates() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for _, state := range bnn.Must(theory.StationaryStates(context.Background(), network)) {
		fmt.Printf("means %.3f, variances %.3f, stability %.3f\n", state.Mean, state.Variance, state.Stability)
	}
	// Output: means [0.294 -0.206], variances [1.119 1.119], stability -0.710
}
