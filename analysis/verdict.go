package analysis

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/bnn"
)

// A Label tells where a claim comes from.
type Label string

const (
	Proved  Label = "[P]" // proved in the paper, arXiv:2412.17273
	Derived Label = "[D]" // derived in this project
)

// DefaultFalseAlarm is the probability of rejecting a true claim that tests use unless
// told otherwise: small enough for hundreds of tests to be run every day.
const DefaultFalseAlarm = 1e-6

// A Verdict is the outcome of testing a claim. Agreement and Gaussian give it.
type Verdict struct {
	Claim string // in words
	Label Label  // who claims it

	// Test says how the claim was tested, and Where to which comparison of the test
	// the numbers below belong: the one nearest to failing or furthest beyond.
	Test, Where string
	Predicted   float64
	Measured    float64
	Low, High   float64 // Measured had to lie between them
	Passed      bool

	// PValue is the probability, if the claim is true, of a disagreement anywhere in the
	// test as large as the one found; it is corrected for the number of comparisons.
	PValue float64
	// FalseAlarm is the probability of failing although the claim is true, for all
	// comparisons of the test together. The test fails when PValue is below it.
	FalseAlarm float64
	// Power says how large an error would have been caught with probability 0.99.
	Power string
}

// power is the probability with which an error of the stated size is caught.
const power = 0.99

// checkTest checks what all tests share and fills in the default false alarm.
func checkTest(claim string, label Label, falseAlarm float64) (float64, error) {
	if claim == "" {
		return 0, &bnn.InputError{Path: "claim", Value: `""`, Allowed: "a claim in words"}
	}
	if label != Proved && label != Derived {
		return 0, &bnn.InputError{Path: "label", Value: fmt.Sprintf("%q", string(label)), Allowed: "[P] (proved) or [D] (derived)"}
	}
	if falseAlarm == 0 {
		falseAlarm = DefaultFalseAlarm
	}
	if !(falseAlarm >= 1e-12 && falseAlarm <= 0.5) {
		return 0, &bnn.InputError{Path: "falseAlarm", Value: exact(falseAlarm), Allowed: "a probability from 1e-12 to 0.5, or 0 for 1e-6"}
	}
	return falseAlarm, nil
}

// VerdictFrame returns a frame of one row a verdict and one column a field: claim,
// label, passed, where, predicted, measured, low, high, p_value, false_alarm, test,
// power. It carries an error when there are no verdicts.
func VerdictFrame(verdicts []Verdict) dataframe.DataFrame {
	if len(verdicts) == 0 {
		return dataframe.DataFrame{Err: &bnn.InputError{Path: "verdicts", Value: "none", Allowed: "1 or more"}}
	}
	texts := func(name string, field func(Verdict) string) series.Series {
		column := make([]string, len(verdicts))
		for i, v := range verdicts {
			column[i] = field(v)
		}
		return series.New(column, series.String, name)
	}
	numbers := func(name string, field func(Verdict) float64) series.Series {
		column := make([]float64, len(verdicts))
		for i, v := range verdicts {
			column[i] = field(v)
		}
		return series.New(column, series.Float, name)
	}
	passed := make([]bool, len(verdicts))
	for i, v := range verdicts {
		passed[i] = v.Passed
	}
	return dataframe.New(
		texts("claim", func(v Verdict) string { return v.Claim }),
		texts("label", func(v Verdict) string { return string(v.Label) }),
		series.New(passed, series.Bool, "passed"),
		texts("where", func(v Verdict) string { return v.Where }),
		numbers("predicted", func(v Verdict) float64 { return v.Predicted }),
		numbers("measured", func(v Verdict) float64 { return v.Measured }),
		numbers("low", func(v Verdict) float64 { return v.Low }),
		numbers("high", func(v Verdict) float64 { return v.High }),
		numbers("p_value", func(v Verdict) float64 { return v.PValue }),
		numbers("false_alarm", func(v Verdict) float64 { return v.FalseAlarm }),
		texts("test", func(v Verdict) string { return v.Test }),
		texts("power", func(v Verdict) string { return v.Power }),
	)
}

// VerdictHTML returns the verdicts as an HTML table of class verdicts for a notebook,
// numbers with 3 significant digits. Below it stand how many hold, the probability of a
// false alarm anywhere among them and, in a list, how each was tested and what the test
// would have caught.
func VerdictHTML(verdicts []Verdict) string {
	columns := []tableColumn{numberColumn(""), textColumn(""), sentenceColumn("claim"), numberColumn("predicted"),
		numberColumn("measured"), numberColumn("from"), numberColumn("to"), numberColumn("p")}
	var rows [][]string
	var tests strings.Builder
	passed, alarm := 0, 0.0
	for i, v := range verdicts {
		outcome := "✗ fails"
		if v.Passed {
			outcome = "✓ holds"
			passed++
		}
		alarm += v.FalseAlarm
		rows = append(rows, []string{fmt.Sprint(i + 1), outcome,
			fmt.Sprintf("%s %s (nearest to failing: %s)", v.Claim, v.Label, v.Where),
			minus(short(v.Predicted, 3)), minus(short(v.Measured, 3)),
			minus(short(v.Low, 3)), minus(short(v.High, 3)), short(v.PValue, 2)})
		fmt.Fprintf(&tests, "<li>%s. It would have caught %s.</li>\n", html.EscapeString(v.Test), html.EscapeString(v.Power))
	}
	return htmlTable("verdicts", columns, rows) +
		fmt.Sprintf("<p>%d of %d hold; the measured value had to lie in the interval given. If all claims are true, one or more fail with probability %s at most. The tests:</p>\n<ol>\n%s</ol>\n",
			passed, len(verdicts), short(math.Min(alarm, 1), 2), tests.String())
}
