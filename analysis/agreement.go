package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/number"
	"balanced/analysis/internal/results"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Agreement is the test of a claim that the averages of one quantity over many
// simulations are what a theory predicts, at all times and in all populations.
//
// Each average x̄ of R replicas has a standard error s and is compared with its
// prediction μ as Values does, with R−1 degrees of freedom. The claim fails if anywhere
//
//	|x̄ − μ| > Allowance + c·s,
//
// where c is the quantile of Student's t, corrected for the number of comparisons by
// Bonferroni. They may depend on each other, and neighbouring times depend strongly.
//
// Student's t is exact for replicas that are normally distributed. A replica is itself
// an average over many neurons, so that this is nearly true; far in the tails, and for
// the third moment in small networks, it is less so.
type Agreement struct {
	Claim    string
	Label    Label
	Quantity bnn.Quantity
	// Populations to compare, by name; nil for all.
	Populations []string
	// Allowance is the largest error of the prediction itself that the claim admits,
	// in units of the quantity: the finite-n equations are off by a term of order
	// 1/n, the limit by one of order n^{-1/2}. It is ≥ 0. A relative error of 1e-8 is
	// always admitted, for the numerical solution of the equations.
	Allowance float64
	// FalseAlarm is the probability of failing although the claim is true, from 1e-12
	// to 0.5; 0 for DefaultFalseAlarm.
	FalseAlarm float64
}

// rounding is the relative error that is admitted for the solution of equations.
const rounding = 1e-8

// Test compares the simulation with the prediction. The error is a *bnn.InputError:
// the times and populations must be the same, there must be 2 or more replicas and no
// number may be missing.
func (g Agreement) Test(runs *simulate.Summary, prediction *bnn.Trajectory) (Verdict, error) {
	chosen, err := g.check(runs, prediction)
	if err != nil {
		return Verdict{}, err
	}
	var comparisons []Comparison
	for row, t := range runs.Times {
		for _, a := range chosen {
			predicted := prediction.Moments.Table(g.Quantity)[row][a]
			measured := Estimate{
				Value:            runs.Moments.Table(g.Quantity)[row][a],
				StandardError:    runs.StandardError.Table(g.Quantity)[row][a],
				DegreesOfFreedom: float64(runs.Replicas - 1),
			}
			comparisons = append(comparisons, Near(fmt.Sprintf("%s of %s, t = %s", words(g.Quantity), runs.Populations[a], number.Short(t, 6)),
				measured, predicted, g.Allowance+rounding*math.Max(1, math.Abs(predicted))))
		}
	}
	verdict, failed, err := Values{Claim: g.Claim, Label: g.Label, FalseAlarm: g.FalseAlarm}.judge(comparisons)
	if err != nil {
		return Verdict{}, err
	}
	verdict.Test = fmt.Sprintf("%d averages over %d replicas, Student's t, Bonferroni", len(comparisons), runs.Replicas)
	if g.Allowance > 0 {
		verdict.Test += fmt.Sprintf(", allowance %s", number.Short(g.Allowance, 3))
	}
	verdict.Test += failed
	largest := 0.0
	for i, violation := range violationsCaught(comparisons, verdict.FalseAlarm) {
		c := comparisons[i]
		largest = max(largest, (c.High-c.Low)/2+violation)
	}
	verdict.Power = fmt.Sprintf("an error of %s in the %s of any one population and time, with probability %g",
		number.Short(largest, 2), words(g.Quantity), power)
	return verdict, nil
}

// check refuses what cannot be compared and returns the chosen populations.
func (g Agreement) check(runs *simulate.Summary, prediction *bnn.Trajectory) ([]int, error) {
	if runs == nil || prediction == nil {
		return nil, &bnn.InputError{Path: "results", Value: "nil", Allowed: "a simulation and a prediction"}
	}
	list := results.Of(runs, prediction, nil)
	list[2].Name = "prediction"
	if err := results.CheckSame(list); err != nil {
		return nil, err
	}
	if runs.Moments.Table(g.Quantity) == nil {
		return nil, &bnn.InputError{Path: "quantity", Value: fmt.Sprintf("%q", string(g.Quantity)), Allowed: fmt.Sprintf("one of %q", bnn.Quantities())}
	}
	if !(g.Allowance >= 0) || math.IsInf(g.Allowance, 1) {
		return nil, &bnn.InputError{Path: "allowance", Value: number.Exact(g.Allowance), Allowed: "a finite number ≥ 0"}
	}
	if runs.Replicas < 2 {
		return nil, &bnn.InputError{Path: "runs.replicas", Value: fmt.Sprint(runs.Replicas), Allowed: "2 or more, to know the standard error"}
	}
	for _, result := range list {
		result.Column = "" // standard errors must be numbers, too
		if err := results.CheckFinite(result, g.Quantity); err != nil {
			return nil, err
		}
	}
	return choose(runs.Populations, g.Populations)
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
