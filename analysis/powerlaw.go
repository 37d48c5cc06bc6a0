package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/check"
	"balanced/bnn"
)

// A PowerFit is a power law y = Constant · x^Exponent fitted to measured values.
type PowerFit struct {
	// Their standard errors follow from those of the values, which are taken as known.
	Exponent, Constant Estimate
	// How well the curve fits, as for a LinearFit.
	ChiSquared       float64
	DegreesOfFreedom int
	PValue           float64
}

// PowerLaw fits y = C x^p to 2 or more values, all > 0, by weighted least squares of
//
//	log y = log C + p log x.
//
// A standard error s of y is one of s/y of log y, to first order in s/y: the values
// should be known to 10 % or better. The error is a *bnn.InputError.
func PowerLaw(x, y, standardErrors []float64) (PowerFit, error) {
	return fitPower(x, y, standardErrors, func(x float64) []float64 { return []float64{1, math.Log(x)} })
}

// PowerLawNext fits a power law with its next order, y = C x^p (1 + d x^next), to 3 or
// more values, all > 0. It is fitted in the form
//
//	log y = log C + p log x + d x^next,
//
// which is the same up to the order after that. Where x is a size n, next is negative,
// −0.5 or −1 say: a pure power law fitted to small sizes has an exponent that is off by
// what this takes up. The rest is as for PowerLaw.
func PowerLawNext(x, y, standardErrors []float64, next float64) (PowerFit, error) {
	if err := check.Finite("next", next); err != nil {
		return PowerFit{}, err
	}
	if next == 0 {
		return PowerFit{}, &bnn.InputError{Path: "next", Value: "0", Allowed: "a number other than 0, which is no correction but a constant"}
	}
	return fitPower(x, y, standardErrors, func(x float64) []float64 { return []float64{1, math.Log(x), math.Pow(x, next)} })
}

// fitPower fits log y by the functions of x that are given: a constant, log x, and others.
func fitPower(x, y, standardErrors []float64, functions func(float64) []float64) (PowerFit, error) {
	if err := check.Positive("x", x, len(x)); err != nil {
		return PowerFit{}, err
	}
	if err := check.Positive("y", y, len(x)); err != nil {
		return PowerFit{}, err
	}
	if err := check.Positive("standardErrors", standardErrors, len(x)); err != nil {
		return PowerFit{}, err
	}
	design, logs, errors := make([][]float64, len(x)), make([]float64, len(x)), make([]float64, len(x))
	for i := range x {
		design[i], logs[i], errors[i] = functions(x[i]), math.Log(y[i]), standardErrors[i]/y[i]
	}
	fit, err := LeastSquares(design, logs, errors)
	if err != nil {
		return PowerFit{}, err
	}
	constant := fit.Coefficients[0]
	constant.Value = math.Exp(constant.Value)
	constant.StandardError *= constant.Value
	return PowerFit{fit.Coefficients[1], constant, fit.ChiSquared, fit.DegreesOfFreedom, fit.PValue}, constant.check("constant")
}

// Trend fits y = Σ_i c_i x^{p_i} with the powers given, such as 0, −1 and −3/2: the
// coefficient of power 0 is then the value of y at infinite x. There must be as many
// values as powers or more, x > 0 and standard errors > 0. The coefficients are in the
// order of the powers. The error is a *bnn.InputError.
func Trend(x, y, standardErrors []float64, powers ...float64) (LinearFit, error) {
	if err := check.Positive("x", x, len(x)); err != nil {
		return LinearFit{}, err
	}
	for i, power := range powers {
		if err := check.Finite(fmt.Sprintf("powers[%d]", i), power); err != nil {
			return LinearFit{}, err
		}
	}
	design := make([][]float64, len(x))
	for i := range x {
		for _, power := range powers {
			design[i] = append(design[i], math.Pow(x[i], power))
		}
	}
	return LeastSquares(design, y, standardErrors)
}
