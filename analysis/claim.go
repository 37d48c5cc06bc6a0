package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Claim is what a verdict is about, and how it is going to be judged: it is written down
// before the data are looked at.
//
// Test takes, for everything that was measured, the predicted value with a margin, within which
// a difference would not matter, and what the rival predicts: the nearest wrong theory. The claim
//
//   - holds if all confidence intervals lie inside of their margins, and the data reject the
//     rival;
//   - fails if one of the intervals lies outside;
//   - is undecided otherwise: more data would decide, or no amount of them would if the margins
//     do not tell the claim from its rival.
//
// More data therefore make it harder to hold for a wrong claim, and easier for a right one.
//
// Intervals and margins are compared by Equivalent, with a false alarm of 0.001 for all k
// comparisons together (Holm). The rival is rejected if one of its k predictions has a p-value of at
// most 0.001/k, so that with a true rival a claim holds with a probability of 0.001 at most.
// Estimates need not be independent of each other.
type Claim struct {
	Says  string // in words
	Label Label  // who claims it
	// Because is why differences within the margins do not matter.
	Because string
	// Rival names the nearest wrong theory, in words.
	Rival string
	// Data says what was measured: sizes, replicas and the seed.
	Data string
}

// unsure is the probability that one of the intervals of a claim misses its true value, and the
// p-value at which a rival is rejected.
const unsure = 1e-3

// Test compares 1 or more estimates with what the claim predicts for them; at least one of the
// comparisons must be Against a value of the rival. The error is a *bnn.InputError.
func (c Claim) Test(comparisons ...Comparison) (Verdict, error) {
	if err := c.check(comparisons); err != nil {
		return Verdict{}, err
	}
	verdict := Verdict{Claim: c.Says, Label: c.Label, Because: c.Because, Rival: c.Rival, Data: c.Data,
		Comparisons: comparisons, FalseAlarm: unsure, Outcome: Holds}
	equivalences, err := Equivalent(unsure, comparisons...)
	if err != nil {
		return Verdict{}, err
	}
	worst, slack := 0, math.Inf(1)
	for i, e := range equivalences {
		if room := comparisons[i].room(e.Low, e.High); room < slack {
			slack, worst = room, i
		}
		if e.Outcome == Fails || e.Outcome == Undecided && verdict.Outcome == Holds {
			verdict.Outcome = e.Outcome
		}
	}
	verdict.describe(comparisons[worst], equivalences[worst])
	verdict.pool()
	if verdict.rejectRival(); verdict.RivalP > unsure && verdict.Outcome == Holds {
		verdict.Outcome = Undecided
	}
	verdict.Test = fmt.Sprintf("%s, %s", counted(len(comparisons)), lawOf(comparisons))
	return verdict, nil
}

func counted(comparisons int) string {
	if comparisons == 1 {
		return "1 comparison"
	}
	return fmt.Sprintf("%d comparisons", comparisons)
}

func (c Claim) check(comparisons []Comparison) error {
	if c.Label != Stated && c.Label != Derived && c.Label != Heuristic {
		return &bnn.InputError{Path: "label", Value: fmt.Sprintf("%q", string(c.Label)), Allowed: "[A] (stated in the abstract), [D] (derived) or [H] (heuristic)"}
	}
	for _, text := range []struct{ path, value, allowed string }{
		{"says", c.Says, "a claim in words"},
		{"because", c.Because, "why differences within the margins do not matter, in words"},
		{"rival", c.Rival, "the nearest wrong theory, in words"},
		{"data", c.Data, "sizes, replicas and seed, in words"},
	} {
		if text.value == "" {
			return &bnn.InputError{Path: text.path, Value: `""`, Allowed: text.allowed}
		}
	}
	if len(comparisons) == 0 {
		return &bnn.InputError{Path: "comparisons", Value: "none", Allowed: "1 or more"}
	}
	against := false
	for i, comparison := range comparisons {
		if err := comparison.check(fmt.Sprintf("comparisons[%d]", i)); err != nil {
			return err
		}
		against = against || comparison.against
	}
	if !against {
		return &bnn.InputError{Path: "comparisons", Value: "without a value of the rival", Allowed: "such that one of them is Against what the rival predicts"}
	}
	return nil
}

// room is how far inside of the margins an interval lies, relative to half of their distance;
// below 0 it sticks out. Where one margin is infinite it is relative to the width of the
// interval.
func (c Comparison) room(low, high float64) float64 {
	inside := min(low-c.Low, c.High-high)
	scale := (c.High - c.Low) / 2
	if math.IsInf(scale, 1) {
		scale = high - low
	}
	if scale == 0 {
		if inside >= 0 {
			return 1
		}
		scale = math.SmallestNonzeroFloat64
	}
	return inside / scale
}

// predicted is the middle of the claimed range, or the bound of a claim with one.
func (c Comparison) predicted() float64 {
	switch {
	case math.IsInf(c.Low, -1):
		return c.High
	case math.IsInf(c.High, 1):
		return c.Low
	}
	return c.Low + (c.High-c.Low)/2
}

// z is by how many standard errors the estimate is off the predicted value; NaN if it has none.
func (c Comparison) z() float64 {
	off := c.Measured.Value - c.predicted()
	if c.Measured.StandardError == 0 {
		return math.NaN()
	}
	return off / c.Measured.StandardError
}

// rivalP is the probability, if the rival is right, that the estimate is as far off its value as
// it is.
func (c Comparison) rivalP() float64 {
	off := math.Abs(c.Measured.Value - c.rival)
	switch {
	case c.Measured.StandardError > 0:
		return tailBeyond(off/c.Measured.StandardError, c.Measured.DegreesOfFreedom)
	case off > 0:
		return 0
	}
	return 1
}

// describe fills in the numbers of the comparison that is nearest to its margins or furthest
// beyond.
func (v *Verdict) describe(c Comparison, e Equivalence) {
	v.Where = c.Where
	v.PredictedLow, v.PredictedHigh = c.Low, c.High
	v.Measured, v.StandardError, v.Z = c.Measured.Value, c.Measured.StandardError, c.z()
	v.Low, v.High = e.Low, e.High
	v.RivalValue = math.NaN()
	if c.against {
		v.RivalValue = c.rival
	}
}

// pool adds up the squares of all z: for a prediction that is exact, and estimates that do not
// depend on each other, their sum is a χ² of as many degrees of freedom, so that standard errors
// that are too small are seen here first.
func (v *Verdict) pool() {
	for _, c := range v.Comparisons {
		if z := c.z(); !math.IsNaN(z) && !math.IsInf(c.High-c.Low, 1) {
			v.ChiSquare += z * z
			v.Degrees++
		}
	}
	v.PValue = 1
	if v.Degrees > 0 {
		v.PValue = distuv.ChiSquared{K: float64(v.Degrees)}.Survival(v.ChiSquare)
	}
}

// rejectRival finds the comparison in which the rival does worst.
func (v *Verdict) rejectRival() {
	least, count := 1.0, 0
	for _, c := range v.Comparisons {
		if !c.against {
			continue
		}
		count++
		if p := c.rivalP(); p < least || count == 1 {
			least = p
			v.RivalWhere = fmt.Sprintf("%s: %s, where the rival says %s", c.Where, number.Short(c.Measured.Value, 4), number.Short(c.rival, 4))
		}
	}
	v.RivalP = math.Min(1, least*float64(count))
}
