package analysis

import (
	"fmt"

	"balanced/bnn"
)

// An Extrapolation is the value of y at infinite n, with the curve that leads there,
//
//	y(n) = Limit + First n^{−1/2} + Second n^{−1}.
type Extrapolation struct {
	// Limit has a standard error from those of the values alone. It grows with the number of
	// terms, and says nothing of terms that are left out: that is for the χ², or for a second
	// extrapolation with one term more.
	Limit, First Estimate
	Second       Estimate // 0 without a standard error where it was not fitted
	// How well the curve fits, as for a LinearFit.
	ChiSquared       float64
	DegreesOfFreedom int
	PValue           float64
}

// Extrapolate fits the value at infinite n to values at several sizes n > 0 with known standard
// errors > 0, by weighted least squares as Trend, with so many terms in powers of n^{−1/2} beyond
// it: 1 or 2. There must be more values than coefficients, so that χ² can tell a curve that is
// wrong. Which number of terms is to be fitted has to be said before the values are looked at:
// to take the one that pleases makes the standard error too small. The error is a
// *bnn.InputError.
func Extrapolate(n, y, standardErrors []float64, terms int) (Extrapolation, error) {
	if terms != 1 && terms != 2 {
		return Extrapolation{}, &bnn.InputError{Path: "terms", Value: fmt.Sprint(terms), Allowed: "1 for n^{−1/2}, or 2 for n^{−1/2} and 1/n"}
	}
	if len(n) <= terms+1 {
		return Extrapolation{}, &bnn.InputError{Path: "n", Value: fmt.Sprintf("%d sizes", len(n)), Allowed: fmt.Sprintf("%d or more, for %d coefficients and a χ²", terms+2, terms+1)}
	}
	fit, err := Trend(n, y, standardErrors, []float64{0, -0.5, -1}[:terms+1]...)
	if err != nil {
		return Extrapolation{}, err
	}
	e := Extrapolation{Limit: fit.Coefficients[0], First: fit.Coefficients[1], ChiSquared: fit.ChiSquared, DegreesOfFreedom: fit.DegreesOfFreedom, PValue: fit.PValue}
	if terms == 2 {
		e.Second = fit.Coefficients[2]
	}
	return e, nil
}
