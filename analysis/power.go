package analysis

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// probabilityCaught returns the probability that Student's t statistic with the given
// degrees of freedom exceeds critical, as a function of how many standard errors the
// true mean is away: the upper tail of the noncentral t distribution,
// E Φ(shift − critical·√(X/ν)) over X of the chi-squared distribution. Its error is
// below 1e-5.
func probabilityCaught(critical, degrees float64) func(shift float64) float64 {
	const nodes = 100
	chi := distuv.ChiSquared{K: degrees}
	bounds, weights := make([]float64, nodes), make([]float64, nodes)
	quad.Legendre{}.FixedLocations(bounds, weights, 0, 1)
	for i, u := range bounds {
		bounds[i] = critical * math.Sqrt(chi.Quantile(u)/degrees)
	}
	return func(shift float64) float64 {
		sum := 0.0
		for i, bound := range bounds {
			sum += weights[i] * distuv.UnitNormal.CDF(shift-bound)
		}
		return sum
	}
}

// shiftCaught is the least shift, in standard errors, that is caught with the given
// probability.
func shiftCaught(critical, degrees, probability float64) float64 {
	if degrees >= nearlyNormal {
		return critical + distuv.UnitNormal.Quantile(probability)
	}
	caught := probabilityCaught(critical, degrees)
	return bisect(0, 10+10*critical, func(shift float64) bool { return caught(shift) >= probability })
}

// bisect finds where a condition that is false at low and true at high turns true, to
// 6 digits of the range.
func bisect(low, high float64, condition func(float64) bool) float64 {
	const steps = 1 << 20
	return low + (high-low)/steps*float64(sort.Search(steps, func(i int) bool {
		return condition(low + (high-low)/steps*float64(i))
	}))
}
