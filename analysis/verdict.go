package analysis

import (
	"fmt"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Label tells where a claim comes from.
type Label string

const (
	Stated    Label = "[A]" // in the abstract of the paper, arXiv:2412.17273, the rest of which was not at hand
	Derived   Label = "[D]" // in this project
	Heuristic Label = "[H]" // an argument that is not a derivation
)

// DefaultFalseAlarm is the probability of rejecting a true claim that tests use unless
// told otherwise: small enough for hundreds of tests to be run every day.
const DefaultFalseAlarm = 1e-6

// A Verdict is the outcome of testing a claim. Values, Agreement and Gaussian give it.
type Verdict struct {
	Claim string // in words
	Label Label  // who claims it

	// Test says how the claim was tested, and Where to which comparison of the test
	// the numbers below belong: the one nearest to failing or furthest beyond.
	Test, Where string
	// The claim is that the true value lies from PredictedLow to PredictedHigh. One
	// of them may be infinite.
	PredictedLow, PredictedHigh float64
	Measured                    float64
	// Low and High are the confidence interval of Measured. The intervals of all
	// comparisons together miss a true value with probability FalseAlarm at most.
	Low, High float64
	// Passed tells whether the interval of Measured meets the claimed range.
	Passed bool

	// PValue is the probability, if the claim is true, of a disagreement anywhere in the
	// test as large as the one found; it is corrected for the number of comparisons.
	PValue float64
	// FalseAlarm is the probability of failing although the claim is true, for all
	// comparisons of the test together. The test fails when PValue is below it.
	FalseAlarm float64
	// Power says how large an error would have been caught with probability 0.99.
	Power string
}

// meets tells whether the confidence interval and the claimed range have a value in common.
func (v Verdict) meets() bool { return v.Low <= v.PredictedHigh && v.High >= v.PredictedLow }

// power is the probability with which an error of the stated size is caught.
const power = 0.99

// checkTest checks what all tests share and fills in the default false alarm.
func checkTest(claim string, label Label, falseAlarm float64) (float64, error) {
	if claim == "" {
		return 0, &bnn.InputError{Path: "claim", Value: `""`, Allowed: "a claim in words"}
	}
	if label != Stated && label != Derived && label != Heuristic {
		return 0, &bnn.InputError{Path: "label", Value: fmt.Sprintf("%q", string(label)), Allowed: "[A] (stated in the abstract), [D] (derived) or [H] (heuristic)"}
	}
	if falseAlarm == 0 {
		falseAlarm = DefaultFalseAlarm
	}
	if !(falseAlarm >= 1e-12 && falseAlarm <= 0.5) {
		return 0, &bnn.InputError{Path: "falseAlarm", Value: number.Exact(falseAlarm), Allowed: "a probability from 1e-12 to 0.5, or 0 for 1e-6"}
	}
	return falseAlarm, nil
}
