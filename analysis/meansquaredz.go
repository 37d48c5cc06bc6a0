package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// MeanSquaredZ estimates how large the squares of z are, on average over comparisons with
// predictions that are exact: 1 if standard errors are what they say, f² if they are too small by a
// factor f. With ν degrees of freedom, that have to be above 4, the square of z has the mean
// ν/(ν−2), by which it is divided.
//
// The comparisons must be independent of each other, such as one of each of many ensembles, and
// there must be 2 or more; k of them tell the mean to about √(2/k). The error is a *bnn.InputError.
func MeanSquaredZ(comparisons ...Comparison) (Estimate, error) {
	squares := make([]float64, len(comparisons))
	for i, c := range comparisons {
		path := fmt.Sprintf("comparisons[%d]", i)
		if err := c.check(path); err != nil {
			return Estimate{}, err
		}
		degrees := c.Measured.DegreesOfFreedom
		if !(degrees > 4) {
			return Estimate{}, &bnn.InputError{Path: path + ".measured.degreesOfFreedom", Value: number.Exact(degrees), Allowed: "a number > 4, so that z² has a variance"}
		}
		z := c.z()
		if math.IsNaN(z) || math.IsInf(c.High-c.Low, 1) {
			return Estimate{}, &bnn.InputError{Path: path, Value: "without a z", Allowed: "one with a predicted value, and an estimate with a standard error > 0"}
		}
		squares[i] = z * z
		if !math.IsInf(degrees, 1) {
			squares[i] *= (degrees - 2) / degrees
		}
	}
	return MeanOf(squares)
}
