package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/analysis/internal/results"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Along compares the averages of one quantity over simulations with a prediction, within a margin
// ≥ 0, and with what a rival predicts, which may be nil: one comparison for each time and each of
// the named populations, all if none is named. The results must be of the same populations and
// times; there are 2 or more replicas. The error is a *bnn.InputError.
func Along(quantity bnn.Quantity, runs *simulate.Summary, prediction, rival *bnn.Moments, margin float64, populations ...string) ([]Comparison, error) {
	trajectories := []*bnn.Moments{prediction}
	if rival != nil {
		trajectories = append(trajectories, rival)
	}
	for _, moments := range trajectories {
		trajectory := &bnn.Trajectory{}
		if moments != nil {
			trajectory.Moments = *moments
		}
		if err := checkAlong(quantity, runs, trajectory, margin); err != nil {
			return nil, err
		}
	}
	chosen, err := choose(runs.Populations, populations)
	if err != nil {
		return nil, err
	}
	var comparisons []Comparison
	for row, t := range runs.Times {
		for _, a := range chosen {
			measured := Estimate{
				Value:            runs.Moments.Table(quantity)[row][a],
				StandardError:    runs.StandardError.Table(quantity)[row][a],
				DegreesOfFreedom: float64(runs.Replicas - 1),
			}
			where := fmt.Sprintf("%s of %s, t = %s", words(quantity), runs.Populations[a], number.Short(t, 6))
			comparison := Near(where, measured, prediction.Table(quantity)[row][a], margin)
			if rival != nil {
				comparison = comparison.Against(rival.Table(quantity)[row][a])
			}
			comparisons = append(comparisons, comparison)
		}
	}
	return comparisons, nil
}

// checkAlong refuses what cannot be compared.
func checkAlong(quantity bnn.Quantity, runs *simulate.Summary, prediction *bnn.Trajectory, margin float64) error {
	if runs == nil || prediction == nil {
		return &bnn.InputError{Path: "results", Value: "nil", Allowed: "a simulation and a prediction"}
	}
	list := results.Of(runs, prediction, nil)
	list[2].Name = "prediction"
	if err := results.CheckSame(list); err != nil {
		return err
	}
	if runs.Moments.Table(quantity) == nil {
		return &bnn.InputError{Path: "quantity", Value: fmt.Sprintf("%q", string(quantity)), Allowed: fmt.Sprintf("one of %q", bnn.Quantities())}
	}
	if !(margin >= 0) || math.IsInf(margin, 1) {
		return &bnn.InputError{Path: "margin", Value: number.Exact(margin), Allowed: "a finite number ≥ 0"}
	}
	if runs.Replicas < 2 {
		return &bnn.InputError{Path: "runs.replicas", Value: fmt.Sprint(runs.Replicas), Allowed: "2 or more, to know the standard error"}
	}
	for _, result := range list {
		result.Column = "" // standard errors must be numbers, too
		if err := results.CheckFinite(result, quantity); err != nil {
			return err
		}
	}
	return nil
}

// choose finds populations by name; none are all.
func choose(populations, names []string) ([]int, error) {
	var chosen []int
	for a, population := range populations {
		for _, name := range names {
			if name == population {
				chosen = append(chosen, a)
				break
			}
		}
		if names == nil {
			chosen = append(chosen, a)
		}
	}
	if len(chosen) == 0 || names != nil && len(chosen) != len(names) {
		return nil, &bnn.InputError{Path: "populations", Value: fmt.Sprintf("%q", names), Allowed: fmt.Sprintf("different ones of %q", populations)}
	}
	return chosen, nil
}

// words is the name of a quantity in a sentence.
func words(q bnn.Quantity) string {
	if q == bnn.ThirdCumulants {
		return "third cumulant"
	}
	return string(q)
}

// levels are where distribution functions are compared.
var levels = []float64{0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99}

// Shares compares a sample of independent values with a normal law of the given mean and
// variance > 0: the shares of the sample below seven quantiles of the law, from 1 % to 99 %, with
// the probabilities, within a margin ≥ 0, and with what the distribution function of a rival law
// says there. Standard errors are those of the rival's or the law's binomial, whichever is
// larger. The error is a *bnn.InputError.
func Shares(where string, sample []float64, mean, variance float64, rival func(x float64) float64, margin float64) ([]Comparison, error) {
	if err := check.Sample("sample", sample); err != nil {
		return nil, err
	}
	if _, err := check.Normal(mean, variance); err != nil {
		return nil, err
	}
	var comparisons []Comparison
	for _, level := range levels {
		threshold := mean + math.Sqrt(variance)*distuv.UnitNormal.Quantile(level)
		below := 0
		for _, x := range sample {
			if x <= threshold {
				below++
			}
		}
		other := rival(threshold)
		count := float64(len(sample))
		deviation := math.Sqrt(math.Max(level*(1-level), other*(1-other)) / count)
		comparisons = append(comparisons, Near(fmt.Sprintf("%s, share below the quantile of %s", where, number.Short(level, 2)),
			Estimate{Value: float64(below) / count, StandardError: deviation, DegreesOfFreedom: math.Inf(1)}, level, margin).Against(other))
	}
	return comparisons, nil
}
