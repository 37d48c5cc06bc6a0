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

// Infinitely many neurons: the limit, and what its solution took.
func ExampleLimit() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	limit := bnn.Must(theory.Limit(context.Background(), network, []float64{0, 1, 2}))
	for row, t := range limit.Times {
		fmt.Printf("t = %g: mean of E %.4f, variance %.4f, stability %.3f\n", t, limit.Mean[row][0], limit.Variance[row][0], limit.Stability[row])
	}
	fmt.Println(limit.Stats.Steps > 20)
	// Output:
	// t = 0: mean of E 1.2811, variance 0.2500, stability -1.689
	// t = 1: mean of E 0.5628, variance 1.1545, stability -0.758
	// t = 2: mean of E 0.3798, variance 1.1679, stability -0.713
	// true
}

// A start off the balanced manifold goes onto it at once, along the range of the weights.
func ExampleProject() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	mean := bnn.Must(theory.Project(context.Background(), network, 0, []float64{0, 0}, []float64{0.25, 0.25}))
	fmt.Printf("%.4f\n", mean)
	fmt.Println(bnn.Must(theory.Rank(network)), "combination of inputs has to cancel")
	// Output:
	// [-0.0144 -0.0144]
	// 1 combination of inputs has to cancel
}

func ExampleStart() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	network.Initial.OnManifold = false
	fmt.Printf("as the file says: %.4f\n", bnn.Must(theory.Start(context.Background(), network)))
	network.Initial.OnManifold = true
	fmt.Printf("projected:        %.4f\n", bnn.Must(theory.Start(context.Background(), network)))
	// Output:
	// as the file says: [1.0000 0.0000]
	// projected:        [1.2811 0.2811]
}

func ExampleStationaryStates() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	for _, state := range bnn.Must(theory.StationaryStates(context.Background(), network)) {
		fmt.Printf("mean %.4f, variance %.4f, rates %.4f\n", state.Mean, state.Variance, state.Rate)
		fmt.Printf("the balance holds: %t, and the state attracts: %t\n", state.Stability < 0, state.SlowStability < 0)
	}
	// Output:
	// mean [0.2938 -0.2062], variance [1.1188 1.1188], rates [1.1188 1.1188]
	// the balance holds: true, and the state attracts: true
}

func ExampleRank() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/feedforward.json"))
	fmt.Println(len(network.Populations), "populations, rank", bnn.Must(theory.Rank(network)))
	// Output:
	// 2 populations, rank 2
}

func ExampleSamplingNoiseLimit() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/abstract.json"))
	covariance := bnn.Must(theory.SamplingNoiseLimit(context.Background(), network, []float64{2}))[0]
	fmt.Printf("n Var of the mean of E: %.2f\n", covariance[0][0])
	// Output:
	// n Var of the mean of E: 5.34
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

// A tipping network under less and less inhibition.
func ExampleFindRegime() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	for _, inhibition := range []float64{-0.6, -0.4, -0.2} {
		if err := network.Set("weights[*][1]", inhibition); err != nil {
			fmt.Println(err)
		}
		course := bnn.Must(theory.FindRegime(context.Background(), network, 3))
		fmt.Printf("%g: %s at t = %.4f, then %q\n", inhibition, course.Regime, course.Time, course.Next)
	}
	// Output:
	// -0.6: balanced at t = 3.0000, then ""
	// -0.4: fold at t = 0.4026, then "runaway"
	// -0.2: runaway at t = 0.0000, then ""
}

// The states of a network along the slope of one rate: where they turn, and where they begin to
// oscillate.
func ExampleBranches() {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/oscillations/slow-hopf.json"))
	diagram := bnn.Must(theory.Branches(context.Background(), network, "populations[I].rate.slope", 3, 7.5))
	for _, point := range diagram.Branches[0].Points {
		if point.Kind != theory.PlainPoint {
			fmt.Printf("%-12s %.6f  slow frequency %.4f\n", point.Kind, point.Value, imag(point.Slow))
		}
	}
	// Output:
	// start        3.000000  slow frequency 0.0000
	// limit point  7.133829  slow frequency 0.0000
	// slow hopf    6.934547  slow frequency 0.6990
	// slow hopf    4.719305  slow frequency 1.3553
	// limit point  4.391351  slow frequency 0.0000
	// fast fold    5.503971  slow frequency 0.0000
	// end          7.500000  slow frequency 0.0000
}
