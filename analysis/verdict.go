package analysis

import (
	"fmt"
	"math"

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

// An Outcome is what a test of a claim comes to.
type Outcome string

const (
	Holds     Outcome = "holds"     // the confidence interval is inside the claimed range
	Fails     Outcome = "fails"     // it is outside
	Undecided Outcome = "undecided" // it is on both sides of an end: more data are needed
)

// A Verdict is the outcome of testing a claim. Claim gives it; so do Values, Agreement and
// Gaussian, which have no rival and are never undecided.
type Verdict struct {
	Claim   string // in words
	Label   Label  // who claims it
	Outcome Outcome

	// Because is why differences within the predicted range do not matter, Rival the nearest
	// wrong theory, and Data what was measured, in words. They are empty but for a Claim, and so
	// are the numbers that follow.
	Because, Rival, Data string
	// Comparisons are all that were made.
	Comparisons []Comparison
	// StandardError is that of Measured, and Z its distance from the middle of the predicted
	// range in standard errors; NaN if there is no error.
	StandardError, Z float64
	// ChiSquare is the sum of the squares of all Z, and Degrees how many there are; PValue is
	// then the chance of a greater sum, for estimates that do not depend on each other.
	ChiSquare float64
	Degrees   int
	// RivalValue is what the rival predicts for Measured, NaN if nothing; RivalP its p-value,
	// corrected for all comparisons with it, and RivalWhere in which it does worst.
	RivalValue, RivalP float64
	RivalWhere         string

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
	// PValue is the probability, if the claim is true, of a disagreement anywhere in the
	// test as large as the one found; it is corrected for the number of comparisons.
	PValue float64
	// FalseAlarm is the probability of failing although the claim is true, for all
	// comparisons of the test together. The test fails when PValue is below it.
	FalseAlarm float64
	// Power says how large an error would have been caught with probability 0.99.
	Power string
}

// Holds tells whether the outcome is that the claim holds.
func (v Verdict) Holds() bool { return v.Outcome == Holds }

// judge sets the outcome of a test without a rival: the claim holds if the interval of Measured
// meets the claimed range.
func (v *Verdict) judge() {
	if v.Outcome = Fails; v.meets() {
		v.Outcome = Holds
	}
	v.StandardError, v.Z, v.RivalValue, v.RivalP = math.NaN(), math.NaN(), math.NaN(), math.NaN()
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
