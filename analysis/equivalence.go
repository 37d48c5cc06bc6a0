package analysis

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"

	"balanced/bnn"
)

// An Equivalence is what Equivalent says of one comparison.
type Equivalence struct {
	// Outcome is Holds where the confidence interval is inside the claimed range, Fails where
	// it is outside, and Undecided where more data are needed to tell.
	Outcome Outcome
	// Low and High are the confidence interval of the estimate, at the level that Holm's
	// procedure gives it among the others.
	Low, High float64
	// Inside is the p-value of the true value not being in the claimed range, which is small
	// where the claim holds, and Outside that of its being there, which is small where it
	// fails; both are adjusted by Holm for the number of comparisons.
	Inside, Outside float64
}

// Equivalent tests by confidence intervals whether true values are where they are claimed to
// be: Near(…, predicted, margin) claims a distance from a prediction of no more than a margin,
// which is what difference would matter, not what chance explains. Fewer data make an interval
// wider, and so decide less: no claim holds because little is known. A Claim
// judges all its comparisons as one, and asks for a rival to be rejected as well; this judges
// each by itself.
//
// The interval of an estimate at the false alarm α, Estimate.Interval(α), is inside the claimed
// range for all α above the p-value Inside, and outside for all above Outside (two one-sided
// tests, D. J. Schuirmann, J. Pharmacokinet. Biopharm. 15, 657–680, 1987, here at α/2 each).
// An estimate holds where Inside, adjusted, is falseAlarm at most, and fails where Outside
// is. The probability that any of them holds or fails wrongly is falseAlarm at most, from
// 1e-12 to 0.5, for holding and failing each.
//
// An estimate without a standard error holds in its range, and fails beyond. The error is a
// *bnn.InputError.
func Equivalent(falseAlarm float64, comparisons ...Comparison) ([]Equivalence, error) {
	if err := checkFalseAlarm(falseAlarm); err != nil {
		return nil, err
	}
	if len(comparisons) == 0 {
		return nil, &bnn.InputError{Path: "comparisons", Value: "none", Allowed: "1 or more"}
	}
	inside, outside := make([]float64, len(comparisons)), make([]float64, len(comparisons))
	for i, c := range comparisons {
		if err := c.check(fmt.Sprintf("comparisons[%d]", i)); err != nil {
			return nil, err
		}
		// How far the nearest end is, in standard errors.
		inside[i], outside[i] = tailBeyond(-c.excess(), c.Measured.DegreesOfFreedom), c.pValue()
	}
	insides, outsides := Holm(inside), Holm(outside)
	order := make([]int, len(comparisons))
	floats.Argsort(slices.Clone(inside), order)
	list := make([]Equivalence, len(comparisons))
	for rank, i := range order {
		e := Equivalence{Outcome: Undecided, Inside: insides[i], Outside: outsides[i]}
		e.Low, e.High = comparisons[i].Measured.Interval(falseAlarm / float64(len(order)-rank))
		switch {
		case e.Inside <= falseAlarm:
			e.Outcome = Holds
		case e.Outside <= falseAlarm:
			e.Outcome = Fails
		}
		list[i] = e
	}
	return list, nil
}

func checkFalseAlarm(falseAlarm float64) error {
	if !(falseAlarm >= 1e-12 && falseAlarm <= 0.5) {
		return &bnn.InputError{Path: "falseAlarm", Value: fmt.Sprint(falseAlarm), Allowed: "a probability from 1e-12 to 0.5"}
	}
	return nil
}
