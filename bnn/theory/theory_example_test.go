package theory_test

import (
	"context"
	"fmt"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// What each correction of a finite network is worth.
func ExampleFiniteSize() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	times := []float64{2}
	fmt.Printf("limit             %.4f\n", bnn.Must(theory.Limit(context.Background(), network, times)).Variance[0][0])
	for _, without := range [][]theory.Correction{nil, {theory.OwnInput}, {theory.Skewness}, {theory.OwnInput, theory.Skewness}} {
		finite := bnn.Must(theory.FiniteSize(context.Background(), network, 1000, times, without...))
		fmt.Printf("n = 1000          %.4f without %v\n", finite.Variance[0][0], without)
	}
	// Output:
	// limit             1.1679
	// n = 1000          1.1278 without []
	// n = 1000          1.1741 without [own input]
	// n = 1000          1.1271 without [skewness]
	// n = 1000          1.1741 without [own input skewness]
}

// By how much the means of a thousand neurons scatter from replica to replica.
func ExampleSamplingNoiseAtStart() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	limit := bnn.Must(theory.Limit(context.Background(), network, []float64{2}))
	covariance := bnn.Must(theory.SamplingNoiseAtStart(context.Background(), network, 2, limit.Mean[0], limit.Variance[0]))
	fmt.Printf("n Var of the mean of E: %.3f\n", covariance[0][0])
	fmt.Printf("n Var of the mean of I: %.3f\n", covariance[1][1])
	fmt.Printf("n Cov:                  %.3f\n", covariance[0][1])
	// Output:
	// n Var of the mean of E: 6.378
	// n Var of the mean of I: 1.454
	// n Cov:                  2.748
}

func ExampleFourthCumulant() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	times := []float64{2}
	for _, n := range []int{100, 10_000} {
		fourth := bnn.Must(theory.FourthCumulant(context.Background(), network, n, times))
		finite := bnn.Must(theory.FiniteSize(context.Background(), network, n, times))
		variance := finite.Variance[0][1]
		fmt.Printf("n = %d: excess kurtosis of I %.4f\n", n, fourth[0][1]/(variance*variance))
	}
	// Output:
	// n = 100: excess kurtosis of I -0.0512
	// n = 10000: excess kurtosis of I -0.0059
}

// A balanced network fires irregularly.
func ExampleFanoFactor() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	state := bnn.Must(theory.StationaryStates(context.Background(), network))[0]
	windows := []float64{0.1, 1, 10, 100}
	for a, population := range network.Populations {
		fano := bnn.Must(theory.FanoFactor(population.Rate, state.Mean[a], state.Variance[a], population.Tau, windows))
		fmt.Printf("%s: %.3f\n", population.Name, fano)
	}
	// Output:
	// E: [1.016 1.120 1.292 1.321]
	// I: [1.148 2.059 3.453 3.684]
}

func ExampleIntervalVariation() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	state := bnn.Must(theory.StationaryStates(context.Background(), network))[0]
	for a, population := range network.Populations {
		variation := bnn.Must(theory.IntervalVariation(population.Rate, state.Mean[a], state.Variance[a], population.Tau))
		fmt.Printf("%s: CV %.3f\n", population.Name, variation)
	}
	// Output:
	// E: CV 1.086
	// I: CV 1.686
}

func ExampleSamplingNoise() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for _, n := range []int{100, 10_000} {
		covariance := bnn.Must(theory.SamplingNoise(context.Background(), network, n, []float64{2}))[0]
		fmt.Printf("n = %d: n Var of the mean of E %.1f\n", n, covariance[0][0])
	}
	limit := bnn.Must(theory.SamplingNoiseLimit(context.Background(), network, []float64{2}))[0]
	fmt.Printf("limit: n Var of the mean of E %.1f\n", limit[0][0])
	// Output:
	// n = 100: n Var of the mean of E 4.4
	// n = 10000: n Var of the mean of E 5.2
	// limit: n Var of the mean of E 5.3
}
