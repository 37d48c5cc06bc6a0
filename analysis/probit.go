package analysis

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/likelihood"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A ProbitFit is how the probability of an outcome depends on a continuous variable x,
//
//	p(x) = Φ(slope·(x − midpoint)),
//
// Φ the normal distribution function: a threshold at midpoint, which varies from trial to
// trial by the standard deviation width = 1/|slope|. ProbitRegression makes it.
type ProbitFit struct {
	// Midpoint and Width have the unit of x, Slope its inverse. Their standard errors are by
	// the Fisher information and the delta method, right for many trials; the degrees of
	// freedom are +Inf.
	Midpoint, Slope, Width Estimate
	// Covariance is that of midpoint and slope, whose variances are its diagonal.
	Covariance [2][2]float64
	// ChiSquared is Pearson's, Σ (k − N p)²/(N p (1−p)). If the curve is right, and some five
	// outcomes of either kind were to be expected at each x, it is about DegreesOfFreedom,
	// the number of different x less 2, and as large or larger with probability PValue.
	// PValue is 1 where there are 2 different x only.
	ChiSquared       float64
	DegreesOfFreedom int
	PValue           float64

	data    *likelihood.Responses
	largest float64 // the logarithm of the likelihood at the fit
}

// A SeparableError tells that outcomes do not say how wide a threshold is: below it there is
// one only and above it the other only, so that the likelihood grows for ever with the slope.
// The midpoint is between Low and High.
type SeparableError struct{ Low, High float64 }

func (e *SeparableError) Error() string {
	return fmt.Sprintf("outcomes are separated between x = %s and %s: they must overlap for the slope to be finite; more trials there are needed", number.Exact(e.Low), number.Exact(e.High))
}

// ProbitRegression fits p(x) to numbers of outcomes, successes[i] of trials[i] at x[i], by
// maximum likelihood (D. J. Finney, Probit Analysis, 1947). Trials are
// independent; x may come more than once and in any order.
//
// The error is a *SeparableError where the likelihood has no maximum, and otherwise a
// *bnn.InputError: there must be two different x or more, outcomes of both kinds, and they
// must depend on x. The cost is some ten passes over the list.
func ProbitRegression(x []float64, successes, trials []int) (*ProbitFit, error) {
	data, err := newResponses(x, successes, trials)
	if err != nil {
		return nil, err
	}
	a, b, err := data.Maximise(data.Flat(), 0, nil)
	if err != nil {
		return nil, err
	}
	// In units of z: midpoint −a/b, slope b.
	top := data.At(a, b)
	information := top.Expected
	determinant := information.AA*information.BB - information.AB*information.AB
	varianceA, covariance, varianceB := information.BB/determinant, -information.AB/determinant, information.AA/determinant
	if !(math.Abs(b) > 1e-9*math.Sqrt(varianceB)) {
		return nil, &bnn.InputError{Path: "successes", Value: "shares that do not depend on x", Allowed: "shares that rise or fall, or there is no midpoint"}
	}
	m := -a / b
	fit := &ProbitFit{data: data, largest: top.Value, PValue: 1}
	// dm = −(da + m db)/b.
	midpoint := (varianceA + 2*m*covariance + m*m*varianceB) / (b * b) * data.Unit * data.Unit
	mixed := -(covariance + m*varianceB) / b
	slope := varianceB / (data.Unit * data.Unit)
	known := math.Inf(1)
	fit.Midpoint = Estimate{data.Centre + data.Unit*m, math.Sqrt(midpoint), known}
	fit.Slope = Estimate{b / data.Unit, math.Sqrt(slope), known}
	fit.Width = Estimate{data.Unit / math.Abs(b), math.Sqrt(varianceB) * data.Unit / (b * b), known}
	fit.Covariance = [2][2]float64{{midpoint, mixed}, {mixed, slope}}
	fit.ChiSquared, fit.DegreesOfFreedom = data.Pearson(a, b)
	if fit.DegreesOfFreedom > 0 {
		fit.PValue = distuv.ChiSquared{K: float64(fit.DegreesOfFreedom)}.Survival(fit.ChiSquared)
	}
	for _, e := range []Estimate{fit.Midpoint, fit.Slope, fit.Width} {
		if err := e.check("probit"); err != nil {
			return nil, err
		}
	}
	return fit, nil
}

// Probability is the fitted p(x).
func (f *ProbitFit) Probability(x float64) float64 {
	return distuv.UnitNormal.CDF(f.Slope.Value * (x - f.Midpoint.Value))
}

// MidpointInterval is the interval of midpoints that the likelihood ratio does not reject,
// which holds the true one with the given confidence, between 0 and 1, for many trials: it
// need not be symmetric, and is right for fewer trials than Midpoint.Interval. It is all
// numbers where the outcomes do not tell the slope from 0 with that confidence. The error is a
// *bnn.InputError.
func (f *ProbitFit) MidpointInterval(confidence float64) (Interval, error) {
	if err := checkConfidence(confidence); err != nil {
		return Interval{}, err
	}
	d := f.data
	if d == nil {
		return Interval{}, &bnn.InputError{Path: "fit", Value: "one that is not by ProbitRegression", Allowed: "what that returns"}
	}
	z := distuv.UnitNormal.Quantile((1 - confidence) / 2)
	least := f.largest - z*z/2
	interval := Interval{f.Midpoint.Value, math.Inf(-1), math.Inf(1)}
	if d.At(d.Flat(), 0).Value >= least {
		return interval, nil
	}
	m, step := (f.Midpoint.Value-d.Centre)/d.Unit, f.Midpoint.StandardError/d.Unit
	var failed error
	rejected := func(m float64) bool {
		a, b, err := d.Maximise(0, 0, &m)
		if err != nil {
			failed = err
			return true
		}
		return d.At(a, b).Value < least
	}
	end := func(side float64) float64 {
		far := math.Abs(z) * step
		for !rejected(m + side*far) {
			far *= 2
		}
		return d.Centre + d.Unit*(m+side*bisect(0, far, func(distance float64) bool { return rejected(m + side*distance) }))
	}
	interval.Low, interval.High = end(-1), end(1)
	return interval, failed
}

// newResponses checks the data and brings x to the order of 1.
func newResponses(x []float64, successes, trials []int) (*likelihood.Responses, error) {
	if err := check.Sample("x", x); err != nil {
		return nil, err
	}
	for _, list := range []struct {
		path   string
		length int
	}{{"successes", len(successes)}, {"trials", len(trials)}} {
		if list.length != len(x) {
			return nil, &bnn.InputError{Path: list.path, Value: fmt.Sprintf("%d numbers", list.length), Allowed: fmt.Sprintf("one for each of the %d x", len(x))}
		}
	}
	d := &likelihood.Responses{Centre: (slices.Min(x) + slices.Max(x)) / 2, Unit: (slices.Max(x) - slices.Min(x)) / 2}
	if !(d.Unit > 0) || math.IsInf(d.Unit, 1) {
		return nil, &bnn.InputError{Path: "x", Value: fmt.Sprintf("%d times %s", len(x), number.Exact(x[0])), Allowed: "2 different numbers or more"}
	}
	lowHit, highHit, lowMiss, highMiss := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i := range x {
		if trials[i] < 1 {
			return nil, &bnn.InputError{Path: fmt.Sprintf("trials[%d]", i), Value: fmt.Sprint(trials[i]), Allowed: "a whole number ≥ 1"}
		}
		if successes[i] < 0 || successes[i] > trials[i] {
			return nil, &bnn.InputError{Path: fmt.Sprintf("successes[%d]", i), Value: fmt.Sprint(successes[i]), Allowed: fmt.Sprintf("a whole number from 0 to %d", trials[i])}
		}
		if successes[i] > 0 {
			lowHit, highHit = min(lowHit, x[i]), max(highHit, x[i])
		}
		if successes[i] < trials[i] {
			lowMiss, highMiss = min(lowMiss, x[i]), max(highMiss, x[i])
		}
		d.Z = append(d.Z, (x[i]-d.Centre)/d.Unit)
		d.Successes, d.Trials = append(d.Successes, float64(successes[i])), append(d.Trials, float64(trials[i]))
	}
	switch {
	case math.IsInf(lowHit, 1) || math.IsInf(lowMiss, 1):
		return nil, &bnn.InputError{Path: "successes", Value: "outcomes of one kind only", Allowed: "some successes and some failures"}
	case highMiss <= lowHit:
		return nil, &SeparableError{Low: highMiss, High: lowHit}
	case highHit <= lowMiss:
		return nil, &SeparableError{Low: highHit, High: lowMiss}
	}
	return d, nil
}
