package show

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"

	"balanced/analysis"
	"balanced/internal/project"
)

// Judge finds the verdicts of the chapter, one after the other, and shows and keeps them as
// Verdicts does. A function that panics, since a simulation or an equation ended in an error,
// has a verdict that fails and says by what; the others are found all the same, and what is
// known is in verdicts.csv from the moment on that it is. So should a chapter end:
//
//	chapter.Judge(meansAgree, variancesAgree, func() analysis.Verdict { return ratesOf("E") })
//
// What several verdicts need belongs into a function that each calls, not into the cell beside
// them, where an error would leave the chapter without any verdict.
func (c Chapter) Judge(claims ...func() analysis.Verdict) {
	verdicts := make([]analysis.Verdict, 0, len(claims))
	for _, claim := range claims {
		verdicts = append(verdicts, judged(claim))
		c.keepVerdicts(verdicts)
	}
	c.Verdicts(verdicts...)
}

// judged is the verdict of a function, or one that fails by what it panics with.
func judged(claim func() analysis.Verdict) (verdict analysis.Verdict) {
	defer func() {
		if reason := recover(); reason != nil {
			none := math.NaN()
			text, _, _ := strings.Cut(fmt.Sprint(reason), "\n")
			verdict = analysis.Verdict{Claim: nameOf(claim) + " ended in an error", Outcome: analysis.Fails, Where: text, Rival: "none",
				StandardError: none, Z: none, RivalValue: none, RivalP: none, PredictedLow: none, PredictedHigh: none,
				Measured: none, Low: none, High: none, PValue: none}
		}
	}()
	return claim()
}

// nameOf is the name that a cell gives to a function, or that of the function around it.
func nameOf(function any) string {
	name := runtime.FuncForPC(reflect.ValueOf(function).Pointer()).Name()
	name = name[strings.LastIndex(name, "/")+1:]
	_, name, _ = strings.Cut(name, ".")
	return name
}

// keepVerdicts keeps verdicts as verdicts.csv, and their comparisons as comparisons.csv.
func (c Chapter) keepVerdicts(verdicts []analysis.Verdict) {
	c.keep(project.VerdictsName, ".csv", csv(analysis.VerdictFrame(verdicts)))
	if comparisons := analysis.ComparisonFrame(verdicts); comparisons.Err == nil {
		c.keep("comparisons", ".csv", csv(comparisons))
	}
}
