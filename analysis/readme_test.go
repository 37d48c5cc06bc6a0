package analysis_test

import (
	"context"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

// The example of the README, compiled so that it stays true, but not run: a hundred
// replicas of two thousand neurons take their time.
func Example() {
	network := bnn.Must(bnn.ReadNetwork("data/networks/abstract.json"))
	times := bnn.Every(0.25, 3) // 0, 0.25, …, 3

	limit := bnn.Must(theory.Limit(context.Background(), network, times))             // infinitely many neurons
	finite := bnn.Must(theory.FiniteSize(context.Background(), network, 1000, times)) // a thousand of each class
	ensemble := simulate.Ensemble{Network: network, N: 1000, Replicas: 100, Seed: 1}
	runs := bnn.Must(ensemble.Run(context.Background(), times)) // the same, simulated

	figure := bnn.Must(figure.Moments(runs, limit, finite))
	frame := analysis.Moments(runs, limit, finite) // a gota data frame

	_, _ = figure, frame
}
