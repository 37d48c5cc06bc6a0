package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"balanced/analysis"
	"balanced/bnn"
)

// The spectrum of a series with the correlation e^{−s}, 2/(1+ω²), from ten replicas.
func ExampleWelchSpectrum() {
	const step = 0.1
	random := rand.New(rand.NewPCG(1, 2))
	replicas := make([][]float64, 10)
	for r := range replicas {
		x, decay := random.NormFloat64(), math.Exp(-step)
		for range 10000 {
			x = decay*x + math.Sqrt(1-decay*decay)*random.NormFloat64()
			replicas[r] = append(replicas[r], x)
		}
	}
	spectrum := bnn.Must(analysis.WelchSpectrum(replicas, step, 1024))
	covariances := bnn.Must(analysis.Autocovariances(replicas, step, 1))
	density := bnn.Must(spectrum.At(2))
	fmt.Printf("S(2) = %.2f ± %.2f, the formula has %.2f\n", density.Value, density.StandardError, 2.0/(1+2*2))
	last := covariances.Covariance[len(covariances.Covariance)-1]
	fmt.Printf("C(1) = %.2f ± %.2f, the formula has %.2f\n", last.Value, last.StandardError, math.Exp(-1))
	_, err := spectrum.At(0.01)
	fmt.Println(err != nil)
	// Output:
	// S(2) = 0.40 ± 0.04, the formula has 0.40
	// C(1) = 0.37 ± 0.01, the formula has 0.37
	// true
}

// How many of 40 networks run away after a push.
func ExampleProbitRegression() {
	pushes, runaways := []float64{1.2, 1.3, 1.4, 1.5, 1.6}, []int{2, 7, 18, 33, 38}
	fit := bnn.Must(analysis.ProbitRegression(pushes, runaways, []int{40, 40, 40, 40, 40}))
	interval := bnn.Must(fit.MidpointInterval(0.95))
	fmt.Printf("threshold %.3f ± %.3f, from %.3f to %.3f, of width %.3f ± %.3f; χ² = %.1f for %d degrees of freedom\n",
		fit.Midpoint.Value, fit.Midpoint.StandardError, interval.Low, interval.High, fit.Width.Value, fit.Width.StandardError, fit.ChiSquared, fit.DegreesOfFreedom)
	// Output:
	// threshold 1.405 ± 0.013, from 1.379 to 1.430, of width 0.116 ± 0.013; χ² = 0.6 for 3 degrees of freedom
}

// A difference of 0.1 would matter. The first estimate says that there is none, the second that
// there is one, and the third says nothing yet.
func ExampleEquivalent() {
	for _, e := range bnn.Must(analysis.Equivalent(0.001,
		analysis.Near("rate of E", analysis.Estimate{Value: 1.02, StandardError: 0.01, DegreesOfFreedom: 99}, 1, 0.1),
		analysis.Near("rate of I", analysis.Estimate{Value: 1.20, StandardError: 0.01, DegreesOfFreedom: 99}, 1, 0.1),
		analysis.Near("variance", analysis.Estimate{Value: 1.02, StandardError: 0.05, DegreesOfFreedom: 99}, 1, 0.1),
	)) {
		fmt.Printf("%s: %.2f to %.2f\n", e.Outcome, e.Low, e.High)
	}
	// Output:
	// holds: 0.98 to 1.06
	// fails: 1.17 to 1.23
	// undecided: 0.84 to 1.20
}

// A control of known mean 0 takes most of the noise away.
func ExampleControlVariate() {
	random := rand.New(rand.NewPCG(1, 2))
	y, control := make([]float64, 100), make([]float64, 100)
	for i := range y {
		control[i] = random.NormFloat64()
		y[i] = 3 + 2*control[i] + 0.2*random.NormFloat64()
	}
	plain, reduced := bnn.Must(analysis.MeanOf(y)), bnn.Must(analysis.ControlVariate(y, control, 0))
	fmt.Printf("%.2f ± %.2f, with the control %.3f ± %.3f: as good as %.0f times as many replicas\n",
		plain.Value, plain.StandardError, reduced.Value, reduced.StandardError, reduced.Reduction)
	// Output:
	// 2.74 ± 0.18, with the control 3.000 ± 0.019: as good as 88 times as many replicas
}

// Two neurons whose potentials are normal each, but not independent.
func ExampleEnergyDistance() {
	random := rand.New(rand.NewPCG(1, 2))
	var joint, product [][]float64
	for range 200 {
		a, b := random.NormFloat64(), random.NormFloat64()
		joint = append(joint, []float64{a, 0.8*a + 0.6*b})
		product = append(product, []float64{random.NormFloat64(), random.NormFloat64()})
	}
	distance, p, err := analysis.EnergyDistance(joint, product, 999, 1)
	fmt.Printf("distance %.2f, p < 0.02: %v, %v\n", distance, p < 0.02, err)
	// Output:
	// distance 0.06, p < 0.02: true, <nil>
}
