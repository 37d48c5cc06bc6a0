package shape

import (
	"fmt"
	"math"
	"slices"

	"balanced/analysis"

	"gonum.org/v1/gonum/stat"
)

// Wasserstein is the first of Distances, from a Gaussian of a mean and a variance, as a function of the replicas alone.
func Wasserstein(mean, variance float64) func(replicas [][]float64) (analysis.Estimate, error) {
	return func(replicas [][]float64) (analysis.Estimate, error) {
		distance, _, err := Distances(replicas, mean, variance)
		return distance, err
	}
}

// Kolmogorov is the second of Distances, from a Gaussian of a mean and a variance, as a function of the replicas alone.
func Kolmogorov(mean, variance float64) func(replicas [][]float64) (analysis.Estimate, error) {
	return func(replicas [][]float64) (analysis.Estimate, error) {
		_, distance, err := Distances(replicas, mean, variance)
		return distance, err
	}
}

// OneRun is the average over replicas, 2 or more, of analysis.Wasserstein: how far the law that a single replica shows is from the
// Gaussian of a mean and a variance, in the unit of the potentials. theory/law.OneRun predicts √n times it.
func OneRun(mean, variance float64) func(replicas [][]float64) (analysis.Estimate, error) {
	return func(replicas [][]float64) (analysis.Estimate, error) {
		distances := make([]float64, len(replicas))
		for r, sample := range replicas {
			var err error
			if distances[r], err = analysis.Wasserstein(sample, mean, variance); err != nil {
				return analysis.Estimate{}, fmt.Errorf("replica %d: %w", r, err)
			}
		}
		return analysis.MeanOf(distances)
	}
}

// Largest is the largest distance |v_j − v̄| of a sample of two or more from its mean, in units of its standard deviation;
// for independent neurons of one law its expectation is near law.Law.Largest.
func Largest(sample []float64) float64 {
	mean, variance := stat.MeanVariance(sample, nil)
	most := 0.0
	for _, v := range sample {
		most = max(most, math.Abs(v-mean))
	}
	return most / math.Sqrt(variance)
}

// WithinOne is the share of values within one standard deviation of their mean, both of all replicas together: erf(√½) = 0.683
// for a Gaussian, and more where tails are heavy, 1 − e^{−√2} = 0.757 for a law of Laplace. The standard error is that of
// the mean over replicas, 2 or more with a value each. The error is a *bnn.InputError.
func WithinOne(replicas [][]float64) (analysis.Estimate, error) {
	mean, variance := stat.MeanVariance(slices.Concat(replicas...), nil)
	return Together(replicas, 1, func(v float64) bool { return math.Abs(v-mean) < math.Sqrt(variance) })
}

// Every is each k-th value of each replica, k ≥ 1, from the first on: of a record, values that have forgotten each other.
func Every(k int, replicas [][]float64) [][]float64 {
	thinned := make([][]float64, len(replicas))
	for r, sample := range replicas {
		for i := 0; i < len(sample); i += max(k, 1) {
			thinned[r] = append(thinned[r], sample[i])
		}
	}
	return thinned
}
