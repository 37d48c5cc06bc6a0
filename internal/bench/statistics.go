package bench

import (
	"fmt"
	"math"
	"slices"

	"balanced/analysis"

	"gonum.org/v1/gonum/stat"
)

// median is NaN for no values.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func spreadOf(values []float64) spread {
	return spread{median(values), slices.Min(values), slices.Max(values)}
}

// fitExponent fits y = c·x^p by least squares in the logarithms, which takes 3 points or
// more, and returns p. All values must be positive. The errors of the values, relative ones
// of the same size, are taken from how they scatter around the curve, so that p has as many
// degrees of freedom as there are points less 2.
func fitExponent(x, y []float64) (analysis.Estimate, error) {
	if len(x) < 3 {
		return analysis.Estimate{}, fmt.Errorf("fitting an exponent to %d values: at least 3 points are needed", len(x))
	}
	fit, err := analysis.PowerLaw(x, y, y) // errors of 100 %, to begin with
	if err != nil {
		return analysis.Estimate{}, fmt.Errorf("fitting an exponent: %w", err)
	}
	freedom := float64(fit.DegreesOfFreedom)
	fit.Exponent.StandardError *= math.Sqrt(fit.ChiSquared / freedom)
	fit.Exponent.DegreesOfFreedom = freedom
	return fit.Exponent, nil
}

// crossing is the x at which log y passes 0, by linear interpolation in logarithms
// between the first neighbours that have it between them; false if there are none.
func crossing(x, y []float64) (float64, bool) {
	for i := 1; i < len(x); i++ {
		before, after := math.Log(y[i-1]), math.Log(y[i])
		if before <= 0 && after > 0 {
			share := -before / (after - before)
			return math.Exp(math.Log(x[i-1]) + share*math.Log(x[i]/x[i-1])), true
		}
	}
	return 0, false
}

// batchMean returns the mean of a stationary series and its standard error by the means
// of batches, of so many values each; what does not fill a batch is left out.
func batchMean(series []float64, batch int) (analysis.Estimate, error) {
	var batches []float64
	for len(series) >= batch {
		batches = append(batches, stat.Mean(series[:batch], nil))
		series = series[batch:]
	}
	mean, err := analysis.MeanOf(batches)
	if err != nil {
		return mean, fmt.Errorf("batches of %d values: %w", batch, err)
	}
	return mean, nil
}
