package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Comparison puts an estimate beside the claim that the true value lies from Low to
// High. Near, AtMost and AtLeast make one; Claim and Equivalent test them.
type Comparison struct {
	Where    string // in words: what was measured, at which time, in which population
	Measured Estimate
	// Low and High are the claimed range, Low ≤ High. One of them may be infinite: a
	// claim that the true value is High at most has Low −Inf.
	Low, High float64

	rival   float64
	against bool
}

// Against adds what a rival theory predicts in the place of the claim, for Claim.Test.
func (c Comparison) Against(rival float64) Comparison {
	c.rival, c.against = rival, true
	return c
}

// Near claims that the true value is within allowance ≥ 0 of the predicted one. The
// allowance is how large an error of the prediction the claim admits, in units of the
// quantity; 0 admits none, not even the rounding of the prediction itself, which counts
// where the standard error is zero.
func Near(where string, measured Estimate, predicted, allowance float64) Comparison {
	return Comparison{Where: where, Measured: measured, Low: predicted - allowance, High: predicted + allowance}
}

// AtMost claims that the true value does not exceed a bound. A true claim then fails
// with half the probability that is stated, its interval having two sides.
func AtMost(where string, measured Estimate, bound float64) Comparison {
	return Comparison{Where: where, Measured: measured, Low: math.Inf(-1), High: bound}
}

// AtLeast claims that the true value is not below a bound, as AtMost.
func AtLeast(where string, measured Estimate, bound float64) Comparison {
	return Comparison{Where: where, Measured: measured, Low: bound, High: math.Inf(1)}
}

// check refuses what cannot be compared.
func (c Comparison) check(path string) error {
	if c.Where == "" {
		return &bnn.InputError{Path: path + ".where", Value: `""`, Allowed: "what was measured, in words"}
	}
	if err := c.Measured.check(path + ".measured"); err != nil {
		return err
	}
	if c.against && (math.IsNaN(c.rival) || math.IsInf(c.rival, 0)) {
		return &bnn.InputError{Path: path + ".rival", Value: number.Exact(c.rival), Allowed: "a finite number"}
	}
	if math.IsNaN(c.Low) || math.IsInf(c.Low, 1) {
		return &bnn.InputError{Path: path + ".low", Value: number.Exact(c.Low), Allowed: "a finite number, or −Inf for a claim without a lower bound"}
	}
	if !(c.High >= c.Low) || math.IsInf(c.High, -1) {
		return &bnn.InputError{Path: path + ".high", Value: number.Exact(c.High), Allowed: "a number ≥ low = " + number.Exact(c.Low) + ", or +Inf for a claim without an upper bound"}
	}
	if math.IsInf(c.Low, -1) && math.IsInf(c.High, 1) {
		return &bnn.InputError{Path: path + ".high", Value: "+Inf", Allowed: "a finite number where low is −Inf, or nothing is claimed"}
	}
	return nil
}

// excess is by how many standard errors the estimate is outside its claimed range; inside
// it is negative. A standard error may be zero, where every replica starts from the same
// state.
func (c Comparison) excess() float64 {
	outside := max(c.Low-c.Measured.Value, c.Measured.Value-c.High)
	if c.Measured.StandardError == 0 {
		if outside > 0 {
			return math.Inf(1)
		}
		return math.Inf(-1)
	}
	return outside / c.Measured.StandardError
}

// pValue is the probability, if the true value is in the claimed range, that the estimate
// is as far outside as it is. It is 1 inside, and never too small.
func (c Comparison) pValue() float64 { return tailBeyond(c.excess(), c.Measured.DegreesOfFreedom) }

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
