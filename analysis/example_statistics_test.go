package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis"
	"balanced/bnn"
)

// normals are independent values of a normal law, the same each time.
func normals(count int, mean, deviation float64) []float64 {
	random := rand.New(rand.NewPCG(1, 2))
	sample := make([]float64, count)
	for i := range sample {
		sample[i] = mean + deviation*random.NormFloat64()
	}
	return sample
}

// The standard error of a variance, over replicas.
func ExampleBootstrap() {
	sample := normals(200, 0, 1)
	variance := bnn.Must(analysis.Bootstrap(len(sample), 1, func(chosen []int) float64 {
		sum, squares := 0.0, 0.0
		for _, i := range chosen {
			sum, squares = sum+sample[i], squares+sample[i]*sample[i]
		}
		mean := sum / float64(len(chosen))
		return squares/float64(len(chosen)) - mean*mean
	}))
	fmt.Printf("%.2f ± %.2f, the formula has √(2/200) = %.2f\n", variance.Value, variance.StandardError, math.Sqrt(2.0/200))
	// Output:
	// 0.83 ± 0.08, the formula has √(2/200) = 0.10
}

// A distance that falls as n^{-1/2}, with a next order that a plain power law takes for a
// steeper one; its χ² tells.
func ExamplePowerLawNext() {
	var sizes, distances, errors []float64
	for n := 100.0; n <= 12800; n *= 2 {
		distance := 2 / math.Sqrt(n) * (1 + 3/math.Sqrt(n))
		sizes, distances, errors = append(sizes, n), append(distances, distance), append(errors, 0.005*distance)
	}
	plain := bnn.Must(analysis.PowerLaw(sizes, distances, errors))
	next := bnn.Must(analysis.PowerLawNext(sizes, distances, errors, -0.5))
	fmt.Printf("%.3f ± %.3f, p = %.0e\n", plain.Exponent.Value, plain.Exponent.StandardError, plain.PValue)
	fmt.Printf("%.3f ± %.3f, p = %.2f\n", next.Exponent.Value, next.Exponent.StandardError, next.PValue)
	// Output:
	// -0.547 ± 0.001, p = 5e-32
	// -0.505 ± 0.003, p = 1.00
}

// The value at infinite n, extrapolated.
func ExampleTrend() {
	sizes := []float64{100, 400, 1600, 6400}
	rates := []float64{1.201, 1.099, 1.0505, 1.025}
	errors := []float64{0.001, 0.001, 0.001, 0.001}
	fit := bnn.Must(analysis.Trend(sizes, rates, errors, 0, -0.5))
	fmt.Printf("%.3f ± %.3f, χ² = %.1f for %d degrees of freedom\n",
		fit.Coefficients[0].Value, fit.Coefficients[0].StandardError, fit.ChiSquared, fit.DegreesOfFreedom)
	// Output:
	// 1.000 ± 0.001, χ² = 1.8 for 2 degrees of freedom
}

// Two tests of a normal law and a distance from it.
func ExampleAndersonDarling() {
	sample, law := normals(500, 0, 1.2), distuv.Normal{Mu: 0, Sigma: 1}
	_, kolmogorov, err := analysis.KolmogorovSmirnov(sample, law.CDF)
	bnn.Must(0, err)
	statistic, anderson, err := analysis.AndersonDarling(sample, law.CDF)
	bnn.Must(0, err)
	distance := bnn.Must(analysis.Wasserstein(sample, 0, 1))
	fmt.Printf("Kolmogorov–Smirnov p = %.0e, Anderson–Darling A² = %.1f, p = %.0e, W₁ = %.2f\n", kolmogorov, statistic, anderson, distance)
	// Output:
	// Kolmogorov–Smirnov p = 9e-03, Anderson–Darling A² = 6.6, p = 5e-04, W₁ = 0.17
}

// Poisson spikes have a Fano factor of 1 and intervals as variable as they are long.
func ExampleFanoFactors() {
	random := rand.New(rand.NewPCG(1, 2))
	trains := make([][]float64, 100)
	for i := range trains {
		for t := random.ExpFloat64(); t < 200; t += random.ExpFloat64() {
			trains[i] = append(trains[i], t)
		}
	}
	factors := bnn.Must(analysis.FanoFactors(trains, 0, 200, []float64{1, 10}))
	variation := bnn.Must(analysis.IntervalVariation(trains, 0, math.Inf(1)))
	fmt.Printf("Fano factors %.3f ± %.3f and %.2f ± %.2f, CV %.3f ± %.3f\n", factors[0].Value, factors[0].StandardError,
		factors[1].Value, factors[1].StandardError, variation.Value, variation.StandardError)
	// Output:
	// Fano factors 0.981 ± 0.010 and 1.03 ± 0.03, CV 1.000 ± 0.007
}

func ExampleHolm() {
	fmt.Println(analysis.Holm([]float64{0.04, 0.001, 0.02}))
	// Output: [0.04 0.003 0.04]
}

func ExampleKStatistics() {
	k := bnn.Must(analysis.KStatistics([]float64{1, 2, 3, 6}))
	fmt.Printf("mean %.2f, variance %.2f, third cumulant %.2f\n", k[0], k[1], k[2])
	// Output: mean 3.00, variance 4.67, third cumulant 12.00
}
