package study

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"
)

// Zero is where the straight line through (x0, y0) and (x1, y1) is zero, by size, for two series of the same sizes that do not depend on each
// other: where a measured answer changes its sign. Standard errors are those of the tangent, and degrees of freedom those of the less
// certain value. The error is a *bnn.InputError for different sizes or x0 = x1.
func Zero(x0, x1 float64, y0, y1 *Series) (*Series, error) {
	if x0 == x1 || len(y0.N) != len(y1.N) {
		return nil, &bnn.InputError{Path: "x1, y1", Value: fmt.Sprintf("%g, %d sizes", x1, len(y1.N)),
			Allowed: fmt.Sprintf("another x than %g, and the %d sizes of y0", x0, len(y0.N))}
	}
	zero := &Series{N: y0.N}
	for i, n := range y0.N {
		if n != y1.N[i] {
			return nil, &bnn.InputError{Path: bnn.IndexPath("y1.N", i), Value: fmt.Sprint(y1.N[i]), Allowed: fmt.Sprintf("%g, the size of y0", n)}
		}
		a, b := y0.Estimates[i], y1.Estimates[i]
		slope := (x1 - x0) / (a.Value - b.Value)
		share := a.Value / (a.Value - b.Value)
		e := Difference(a, b)
		e.Value = x0 + (x1-x0)*share
		e.StandardError = math.Abs(slope) * math.Hypot((1-share)*a.StandardError, share*b.StandardError)
		zero.Estimates = append(zero.Estimates, e)
	}
	return zero, nil
}

// Back is when a series comes back to its first value after its maximum, between two of the times linearly; NaN if it does not.
func Back(times, series []float64) float64 {
	top := 0
	for i, y := range series {
		if y > series[top] {
			top = i
		}
	}
	for i := top + 1; i < len(series); i++ {
		if above, below := series[i-1]-series[0], series[i]-series[0]; below <= 0 && above > 0 {
			return times[i-1] + (times[i]-times[i-1])*above/(above-below)
		}
	}
	return math.NaN()
}

// MeanBack is Back of a quantity of one population averaged over replicas, 10 or more at the same times, with the standard error of a
// bootstrap. It is for a change that single replicas do not show. The error is a *bnn.InputError, also where the average does not come back.
func MeanBack(replicas []bnn.Moments, quantity bnn.Quantity, population int) (analysis.Estimate, error) {
	if len(replicas) < 10 {
		return analysis.Estimate{}, &bnn.InputError{Path: "replicas", Value: fmt.Sprint(len(replicas)), Allowed: "10 or more"}
	}
	series := make([][]float64, len(replicas))
	for i := range replicas {
		var err error
		if series[i], err = replicas[i].Series(quantity, population); err != nil {
			return analysis.Estimate{}, err
		}
	}
	return analysis.Bootstrap(len(replicas), 1, func(chosen []int) float64 {
		sum := make([]float64, len(series[0]))
		for _, i := range chosen {
			for row, x := range series[i] {
				sum[row] += x
			}
		}
		return Back(replicas[0].Times, sum)
	})
}
