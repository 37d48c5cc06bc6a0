package analysis

import (
	"math"
	"sort"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// An Estimate is a number that was measured, and how well it is known.
type Estimate struct {
	Value float64
	// StandardError is the standard deviation of Value over repetitions of the whole
	// measurement, ≥ 0.
	StandardError float64
	// DegreesOfFreedom are those with which StandardError was itself estimated, > 0:
	// the number of replicas less 1. They are +Inf if it is known, and
	// (Value − truth)/StandardError is then normal instead of Student's t.
	DegreesOfFreedom float64
}

// Interval is the symmetric confidence interval that misses the true value with
// probability falseAlarm. It is all numbers where falseAlarm is 0 or less or the estimate
// is not one (a number missing, a negative standard error, no degrees of freedom), and
// Value alone where falseAlarm is 1 or more.
func (e Estimate) Interval(falseAlarm float64) (low, high float64) {
	if e.check("estimate") != nil || !(falseAlarm > 0) {
		return math.Inf(-1), math.Inf(1)
	}
	if e.StandardError == 0 || falseAlarm >= 1 {
		return e.Value, e.Value
	}
	half := criticalValue(falseAlarm, e.DegreesOfFreedom) * e.StandardError
	return e.Value - half, e.Value + half
}

// check refuses what is no estimate.
func (e Estimate) check(path string) error {
	if err := check.Finite(path+".value", e.Value); err != nil {
		return err
	}
	if !(e.StandardError >= 0) || math.IsInf(e.StandardError, 1) {
		return &bnn.InputError{Path: path + ".standardError", Value: number.Exact(e.StandardError), Allowed: "a finite number ≥ 0"}
	}
	if !(e.DegreesOfFreedom > 0) {
		return &bnn.InputError{Path: path + ".degreesOfFreedom", Value: number.Exact(e.DegreesOfFreedom), Allowed: "a number > 0, or +Inf for a standard error that is known"}
	}
	return nil
}

// MeanOf estimates the mean of the law of which the sample holds 2 or more independent
// values, such as one number from each replica. The error is a *bnn.InputError.
func MeanOf(sample []float64) (Estimate, error) {
	if err := check.Sample("sample", sample); err != nil {
		return Estimate{}, err
	}
	count := float64(len(sample))
	mean, deviation := stat.MeanStdDev(sample, nil)
	e := Estimate{Value: mean, StandardError: stat.StdErr(deviation, count), DegreesOfFreedom: count - 1}
	return e, e.check("mean") // values near the largest number overflow
}

// nearlyNormal are the degrees of freedom from which on Student's t counts as normal.
const nearlyNormal = 1e6

// criticalValue is the number of standard errors that an estimate is off by with
// probability p, to one side or the other, 0 < p < 1.
func criticalValue(p, degrees float64) float64 {
	normal := -distuv.UnitNormal.Quantile(p / 2)
	switch {
	case degrees >= nearlyNormal:
		return normal
	case degrees < 100:
		return -distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile(p / 2)
	}
	// gonum's quantile loses its way at many degrees of freedom and small p, where it
	// gives hundreds of standard errors; its distribution function does not.
	return bisect(normal, 2*normal, func(t float64) bool { return tailBeyond(t, degrees) <= p })
}

// tailBeyond is the probability that an estimate is off by that many standard errors or
// more, to one side or the other.
func tailBeyond(deviations, degrees float64) float64 {
	switch {
	case deviations <= 0:
		return 1
	case math.IsInf(deviations, 1):
		return 0
	case degrees >= nearlyNormal:
		return 2 * distuv.UnitNormal.CDF(-deviations)
	}
	return 2 * distuv.StudentsT{Sigma: 1, Nu: degrees}.CDF(-deviations)
}

// bisect finds where a condition that is false at low and true at high turns true, to
// 6 digits of the range.
func bisect(low, high float64, condition func(float64) bool) float64 {
	const steps = 1 << 20
	return low + (high-low)/steps*float64(sort.Search(steps, func(i int) bool {
		return condition(low + (high-low)/steps*float64(i))
	}))
}
