package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// An Interval is a value with a confidence interval that need not be symmetric.
type Interval struct{ Value, Low, High float64 }

// Proportion returns the share of successes in independent trials, with an interval that holds
// the probability of a success with the given confidence at least (C. J. Clopper and E. S.
// Pearson, Biometrika 26, 404–413, 1934). Confidence is between 0 and 1, such as 0.95; there are
// 1 or more trials and no more successes than these. The error is a *bnn.InputError.
func Proportion(successes, trials int, confidence float64) (Interval, error) {
	if err := checkConfidence(confidence); err != nil {
		return Interval{}, err
	}
	if trials < 1 {
		return Interval{}, &bnn.InputError{Path: "trials", Value: fmt.Sprint(trials), Allowed: "a whole number ≥ 1"}
	}
	if successes < 0 || successes > trials {
		return Interval{}, &bnn.InputError{Path: "successes", Value: fmt.Sprint(successes), Allowed: fmt.Sprintf("a whole number from 0 to %d", trials)}
	}
	k, n, tail := float64(successes), float64(trials), (1-confidence)/2
	interval := Interval{Value: k / n, High: 1}
	if successes > 0 {
		interval.Low = distuv.Beta{Alpha: k, Beta: n - k + 1}.Quantile(tail)
	}
	if successes < trials {
		interval.High = distuv.Beta{Alpha: k + 1, Beta: n - k}.Quantile(1 - tail)
	}
	return interval, nil
}

// WaitingTime returns the mean of a waiting time of which so many ended within so much exposure,
// the time that all of those who waited spent together, also those who went on waiting when
// nobody looked any more: exposure/events, for a waiting time that is exponential, with an
// interval that holds the true mean with the given confidence at least (F. Garwood, Biometrika
// 28, 437–442, 1936). Without events the value and the upper end are infinite. The error is a
// *bnn.InputError.
func WaitingTime(events int, exposure, confidence float64) (Interval, error) {
	if err := checkConfidence(confidence); err != nil {
		return Interval{}, err
	}
	if events < 0 {
		return Interval{}, &bnn.InputError{Path: "events", Value: fmt.Sprint(events), Allowed: "a whole number ≥ 0"}
	}
	if err := bnn.PositiveNumber.Check("exposure", exposure); err != nil {
		return Interval{}, err
	}
	k, tail := float64(events), (1-confidence)/2
	// The rate of a Poisson process of k events lies between two quantiles of gamma laws.
	interval := Interval{Value: exposure / k, High: math.Inf(1)}
	interval.Low = exposure / distuv.Gamma{Alpha: k + 1, Beta: 1}.Quantile(1-tail)
	if events > 0 {
		interval.High = exposure / distuv.Gamma{Alpha: k, Beta: 1}.Quantile(tail)
	}
	return interval, nil
}

func checkConfidence(confidence float64) error {
	if !(confidence > 0 && confidence < 1) {
		return &bnn.InputError{Path: "confidence", Value: number.Exact(confidence), Allowed: "a number > 0 and < 1"}
	}
	return nil
}
