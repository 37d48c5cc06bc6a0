package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// Values is the test of a claim on the true values of things that were measured: that
// they are near predicted values, or within bounds.
//
// Each estimate has a confidence interval, Value ± c·StandardError, where c is the
// two-sided quantile of Student's t at FalseAlarm divided by the number of comparisons.
// That division (Bonferroni) keeps the false alarms of all comparisons together below
// FalseAlarm however they depend on each other. The claim passes if every interval meets
// the range that is claimed for it, so that it fails where chance does not explain how
// far an estimate is outside. An estimate outside without a standard error fails with a
// p-value of 0.
//
// Student's t is exact for an average of values that are normal. Averages over many
// replicas and neurons nearly are, far in the tails less so.
type Values struct {
	Claim string
	Label Label
	// FalseAlarm is the probability of failing although the claim is true, from 1e-12
	// to 0.5; 0 for DefaultFalseAlarm.
	FalseAlarm float64
}

// Test compares 1 or more estimates with what is claimed of them. The error is a
// *bnn.InputError: no number may be missing or infinite but a bound that is not claimed.
func (v Values) Test(comparisons ...Comparison) (Verdict, error) {
	verdict, failed, err := v.judge(comparisons)
	if err != nil {
		return Verdict{}, err
	}
	count, anywhere := "1 comparison", ""
	if len(comparisons) > 1 {
		count, anywhere = fmt.Sprintf("%d comparisons", len(comparisons)), ", in any one comparison"
	}
	verdict.Test = fmt.Sprintf("%s, %s%s", count, lawOf(comparisons), failed)
	largest := slices.Max(violationsCaught(comparisons, verdict.FalseAlarm))
	if largest == 0 { // counts, which have no error
		verdict.Power = "any true value outside its range" + anywhere
		return verdict, nil
	}
	verdict.Power = fmt.Sprintf("a true value %s or more outside its range%s, with probability %g", number.Short(largest, 2), anywhere, power)
	return verdict, nil
}

// judge is what tests by values have in common; Test and Power are left to be filled in.
// It also returns how many comparisons fail, in words, if several do.
func (v Values) judge(comparisons []Comparison) (Verdict, string, error) {
	falseAlarm, err := checkTest(v.Claim, v.Label, v.FalseAlarm)
	if err != nil {
		return Verdict{}, "", err
	}
	if len(comparisons) == 0 {
		return Verdict{}, "", &bnn.InputError{Path: "comparisons", Value: "none", Allowed: "1 or more"}
	}
	for i, c := range comparisons {
		if err := c.check(fmt.Sprintf("comparisons[%d]", i)); err != nil {
			return Verdict{}, "", err
		}
	}
	pValues := make([]float64, len(comparisons))
	for i, c := range comparisons {
		pValues[i] = c.pValue()
	}
	worst := 0
	for i, c := range comparisons {
		// Where p-values are equal (1 inside the range, 0 far outside) the excess tells.
		if order := cmp.Compare(pValues[i], pValues[worst]); order < 0 || order == 0 && c.excess() > comparisons[worst].excess() {
			worst = i
		}
	}
	c, count := comparisons[worst], float64(len(comparisons))
	verdict := Verdict{Claim: v.Claim, Label: v.Label, Where: c.Where, FalseAlarm: falseAlarm,
		PredictedLow: c.Low, PredictedHigh: c.High, Measured: c.Measured.Value,
		PValue: math.Min(1, count*pValues[worst])}
	verdict.Low, verdict.High = c.Measured.Interval(falseAlarm / count)
	verdict.judge()
	return verdict, describeFailures(pValues, falseAlarm), nil
}

// describeFailures says how many comparisons fail, and how many by Holm's correction
// that Bonferroni's lets pass, if it is more than one.
func describeFailures(pValues []float64, falseAlarm float64) string {
	bonferroni, holm := 0, 0
	for i, adjusted := range Holm(pValues) {
		if pValues[i]*float64(len(pValues)) < falseAlarm {
			bonferroni++
		}
		if adjusted < falseAlarm {
			holm++
		}
	}
	if bonferroni < 2 {
		return ""
	}
	return fmt.Sprintf("; %d of them fail, %d by Holm's correction", bonferroni, holm)
}

// lawOf names the law that the intervals are from.
func lawOf(comparisons []Comparison) string {
	degrees := func(c Comparison) float64 { return c.Measured.DegreesOfFreedom }
	least, most := math.Inf(1), 0.0
	for _, c := range comparisons {
		least, most = min(least, degrees(c)), max(most, degrees(c))
	}
	law := fmt.Sprintf("Student's t with %s to %s degrees of freedom", number.Short(least, 4), number.Short(most, 4))
	switch {
	case math.IsInf(least, 1):
		law = "normal law"
	case least == most:
		law = fmt.Sprintf("Student's t with %s degrees of freedom", number.Short(least, 4))
	case math.IsInf(most, 1):
		law = fmt.Sprintf("Student's t with %s degrees of freedom or more", number.Short(least, 4))
	}
	if len(comparisons) > 1 {
		law += ", Bonferroni"
	}
	return law
}

// violationsCaught is, for each comparison, how far the true value must be outside the
// range for the claim to fail with the stated power.
func violationsCaught(comparisons []Comparison, falseAlarm float64) []float64 {
	shifts := map[float64]float64{} // in standard errors, by degrees of freedom
	violations := make([]float64, len(comparisons))
	for i, c := range comparisons {
		degrees := c.Measured.DegreesOfFreedom
		if _, known := shifts[degrees]; !known {
			shifts[degrees] = shiftCaught(criticalValue(falseAlarm/float64(len(comparisons)), degrees), degrees, power)
		}
		violations[i] = shifts[degrees] * c.Measured.StandardError
	}
	return violations
}
