package analysis

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"balanced/analysis/internal/check"
	"balanced/bnn"
)

// A Reduced is an estimate of which a part of the noise was taken away.
type Reduced struct {
	Estimate
	// Coefficient is what the other measurement was multiplied by before it was subtracted.
	Coefficient float64
	// Reduction is the variance of the plain estimate over that of this one: how many times
	// as many replicas the plain one would need. It is below 1 where the other measurement
	// adds noise, and +Inf where nothing is left.
	Reduction float64
}

// PairedDifference estimates the mean of x less that of y, where x[i] and y[i] are from the
// same replica or from two with the same random numbers: 2 or more pairs, independent of each
// other. What they share drops out. Reduction compares with two separate sets of as many
// replicas each. There are as many degrees of freedom as pairs less 1. The error is a
// *bnn.InputError.
func PairedDifference(x, y []float64) (Reduced, error) {
	if err := checkSamples("x", x, "y", y, 2); err != nil {
		return Reduced{}, err
	}
	differences := make([]float64, len(x))
	for i := range x {
		differences[i] = x[i] - y[i]
	}
	mean, err := MeanOf(differences)
	if err != nil {
		return Reduced{}, err
	}
	plain := (stat.Variance(x, nil) + stat.Variance(y, nil)) / float64(len(x))
	return Reduced{mean, 1, reduction(plain, mean.StandardError)}, nil
}

// ControlVariate estimates the mean of y from 4 or more independent replicas in which a
// control was measured as well, whose mean is known:
//
//	value = ȳ − β (c̄ − known),   β = Σ (c_i − c̄)(y_i − ȳ) / Σ (c_i − c̄)²,
//
// which is the prediction at c = known of the straight line through the points (S. S. Lavenberg
// and P. D. Welch, Management Science 27, 322–335, 1981). With s² the mean squared residual, of
// N − 2 degrees of freedom, the standard error is
//
//	s √(1/N + (c̄ − known)²/Σ (c_i − c̄)²),
//
// exact where y and c are jointly normal; otherwise β brings a bias of order 1/N, which is
// below the standard error for many replicas. With correlation ρ, Reduction is about
// 1/(1 − ρ²): it is the variance of ȳ over the squared standard error. The error is a
// *bnn.InputError, also where the control does not vary.
func ControlVariate(y, control []float64, known float64) (Reduced, error) {
	if err := checkSamples("y", y, "control", control, 4); err != nil {
		return Reduced{}, err
	}
	if err := check.Finite("known", known); err != nil {
		return Reduced{}, err
	}
	mean, centre := stat.Mean(y, nil), stat.Mean(control, nil)
	var squares, products float64
	for i := range y {
		squares += (control[i] - centre) * (control[i] - centre)
		products += (control[i] - centre) * (y[i] - mean)
	}
	if !(squares > 0) || math.IsInf(squares, 1) {
		return Reduced{}, &bnn.InputError{Path: "control", Value: "a control that does not vary, or too much", Allowed: "numbers that differ"}
	}
	beta, residual, away := products/squares, 0.0, centre-known
	for i := range y {
		deviation := y[i] - mean - beta*(control[i]-centre)
		residual += deviation * deviation
	}
	count := float64(len(y))
	e := Estimate{mean - beta*away, math.Sqrt(residual / (count - 2) * (1/count + away*away/squares)), count - 2}
	return Reduced{e, beta, reduction(stat.Variance(y, nil)/count, e.StandardError)}, e.check("controlled mean")
}

func reduction(plain, standardError float64) float64 {
	if standardError == 0 {
		return math.Inf(1)
	}
	return plain / (standardError * standardError)
}

// checkSamples refuses two samples that are not pairs, or too few.
func checkSamples(name string, first []float64, path string, second []float64, least int) error {
	if err := check.Count(name, len(first), least); err != nil {
		return err
	}
	if err := check.Sample(name, first); err != nil {
		return err
	}
	if err := check.Length(path, second, len(first), "others"); err != nil {
		return err
	}
	return check.Sample(path, second)
}
