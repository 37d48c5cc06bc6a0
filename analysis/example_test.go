package analysis_test

import (
	"context"
	"fmt"
	"os"

	"balanced/analysis"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"
)

// small is a network of two populations, and 200 runs of 50 neurons each.
func small() (*bnn.Network, *simulate.Summary) {
	network := bnn.Must(bnn.ReadNetwork("../data/networks/abstract.json"))
	ensemble := simulate.Ensemble{Network: network, N: 50, Replicas: 200, Seed: 1}
	return network, bnn.Must(ensemble.Run(context.Background(), []float64{0, 0.5}))
}

// Theory side by side, at one time: the frame keeps every digit of its floats.
func ExampleMomentsAt() {
	network := bnn.Must(bnn.ReadNetwork("../data/networks/abstract.json"))
	times := bnn.Every(0.5, 1)
	limit := bnn.Must(theory.Limit(context.Background(), network, times))
	finite := bnn.Must(theory.FiniteSize(context.Background(), network, 1000, times))
	frame := analysis.MomentsAt(1, nil, limit, finite)
	for row := range frame.Nrow() {
		fmt.Printf("%s %-8s %7.4f %7.4f\n", frame.Elem(row, 1), frame.Elem(row, 2),
			frame.Col("limit").Elem(row).Float(), frame.Col("finite").Elem(row).Float())
	}
	// Output:
	// E mean      0.5628  0.4929
	// E variance  1.1545  1.1340
	// E third     0.0000  0.0021
	// E rate      1.2240  1.1973
	// I mean     -0.1211 -0.1388
	// I variance  1.1545  1.1785
	// I third     0.0000  0.0167
	// I rate      1.2240  1.2081
}

// A frame written as CSV. Names are quoted and floats have a point.
func ExampleWriteCSV() {
	theory := &bnn.Trajectory{Moments: bnn.Moments{
		Populations: []string{"E"}, Times: []float64{0, 0.1},
		Mean: [][]float64{{1}, {0.30000000000000004}}, Variance: [][]float64{{0.25}, {0.5}},
		Third: [][]float64{{0}, {0}}, Rate: [][]float64{{1.5}, {1e-7}},
	}}
	if err := analysis.WriteCSV(os.Stdout, analysis.MomentsAt(0.1, nil, theory, nil)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// "t","population","quantity","limit"
	// 0.1,"E","mean",0.30000000000000004
	// 0.1,"E","variance",0.5
	// 0.1,"E","third",0.0
	// 0.1,"E","rate",1e-07
}

// Small networks follow the finite-n equations. That they do not follow the limit takes more data
// to decide, with a margin as wide as this.
func ExampleClaim() {
	network, runs := small()
	finite := bnn.Must(theory.FiniteSize(context.Background(), network, runs.N, runs.Times))
	limit := bnn.Must(theory.Limit(context.Background(), network, runs.Times))

	claim := analysis.Claim{Says: "The means follow the finite-n equations.", Label: analysis.Derived,
		Because: "0.1 is a tenth of the standard deviation of a potential", Rival: "the limit already", Data: "n = 50, 200 replicas, seed 1"}
	verdict := bnn.Must(claim.Test(bnn.Must(analysis.Along(bnn.Means, runs, &finite.Moments, &limit.Moments, 0.1))...))
	fmt.Println(verdict.Outcome)
	fmt.Println(verdict.RivalWhere)

	claim.Says, claim.Rival = "The means follow the limit already.", "the finite-n equations"
	verdict = bnn.Must(claim.Test(bnn.Must(analysis.Along(bnn.Means, runs, &limit.Moments, &finite.Moments, 0.1))...))
	fmt.Printf("%v %s: %.2f, predicted %.2f to %.2f\n", verdict.Outcome, verdict.Where, verdict.Measured, verdict.PredictedLow, verdict.PredictedHigh)
	// Output:
	// holds
	// mean of E, t = 0.5: 0.6575, where the rival says 0.7991
	// undecided mean of E, t = 0.5: 0.66, predicted 0.70 to 0.90
}
