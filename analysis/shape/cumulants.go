package shape

import (
	"fmt"

	"balanced/analysis"
)

// Skewness is that of the neurons within a replica: the average over replicas, 2 or more of at least 4
// neurons, of the unbiased third cumulant, over the average variance to the power 3/2. That the means
// of replicas differ does not enter. The standard error is that of the ratio to first order. The
// error is a *bnn.InputError.
func Skewness(replicas [][]float64) (analysis.Estimate, error) { return ratio(replicas, 2, 1.5) }

// Kurtosis is the excess kurtosis within a replica, 0 for a Gaussian, estimated as Skewness is: the
// average of the unbiased fourth cumulant over the square of the average variance.
func Kurtosis(replicas [][]float64) (analysis.Estimate, error) { return ratio(replicas, 3, 2) }

// ratio is the average of an unbiased cumulant over a power of the average variance.
func ratio(replicas [][]float64, cumulant int, power float64) (analysis.Estimate, error) {
	second, higher := make([]float64, len(replicas)), make([]float64, len(replicas))
	for r, sample := range replicas {
		k, err := analysis.KStatistics(sample)
		if err != nil {
			return analysis.Estimate{}, fmt.Errorf("replica %d: %w", r, err)
		}
		second[r], higher[r] = k[1], k[cumulant]
	}
	return over(higher, second, power)
}
