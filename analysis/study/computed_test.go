package study_test

import (
	"testing"

	"balanced/analysis"
	"balanced/analysis/study"
)

// What is computed decides a claim by its value: a twentieth inside of the margin holds, and beyond it fails.
func TestComputed(t *testing.T) {
	claim := analysis.Claim{Says: "two theories agree", Label: analysis.Derived, Rival: "another one", Because: "a test", Data: "none"}
	for value, outcome := range map[float64]analysis.Outcome{1.095: analysis.Holds, 1.105: analysis.Fails} {
		verdict, err := claim.Test(analysis.Near("value", study.Computed(value, 1e-9), 1, 0.1).Against(2))
		if err != nil || verdict.Outcome != outcome {
			t.Errorf("%v within 0.1 of 1 %s: %v", value, verdict.Outcome, err)
		}
	}
}
