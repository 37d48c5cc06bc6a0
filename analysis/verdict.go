package analysis

// A Label tells where a claim comes from.
type Label string

const (
	Stated    Label = "[A]" // in the abstract of the paper, arXiv:2412.17273, the rest of which was not at hand
	Derived   Label = "[D]" // in this project
	Heuristic Label = "[H]" // an argument that is not a derivation
)

// An Outcome is what a test of a claim comes to.
type Outcome string

const (
	Holds     Outcome = "holds"     // the confidence interval is inside the claimed range
	Fails     Outcome = "fails"     // it is outside
	Undecided Outcome = "undecided" // it is on both sides of an end: more data are needed
)

// A Verdict is the outcome of testing a Claim.
type Verdict struct {
	Claim   string // in words
	Label   Label  // who claims it
	Outcome Outcome

	// Because is why differences within the predicted range do not matter, Rival the nearest
	// wrong theory, and Data what was measured, in words.
	Because, Rival, Data string
	// Comparisons are all that were made.
	Comparisons []Comparison
	// StandardError is that of Measured, and Z its distance from the middle of the predicted
	// range in standard errors; NaN if there is no error.
	StandardError, Z float64
	// ChiSquare is the sum of the squares of all Z, and Degrees how many there are; PValue is
	// the chance of a greater sum, for exact predictions and estimates that do not depend on each
	// other.
	ChiSquare float64
	Degrees   int
	PValue    float64
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
	// FalseAlarm is the probability with which one of the intervals misses its true value, and at
	// which the rival is rejected.
	FalseAlarm float64
}

// Holds tells whether the outcome is that the claim holds.
func (v Verdict) Holds() bool { return v.Outcome == Holds }
