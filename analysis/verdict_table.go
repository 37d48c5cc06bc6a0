package analysis

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// VerdictFrame returns a frame of one row a verdict and one column a field: claim,
// label, outcome, where, predicted_low, predicted_high, measured, standard_error, low,
// high, z, because, rival, rival_value, rival_p, chi_square, degrees, p_value, false_alarm, data,
// test, power. It carries an error when there are no verdicts.
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
	return dataframe.New(
		texts("claim", func(v Verdict) string { return v.Claim }),
		texts("label", func(v Verdict) string { return string(v.Label) }),
		texts("outcome", func(v Verdict) string { return string(v.Outcome) }),
		texts("where", func(v Verdict) string { return v.Where }),
		numbers("predicted_low", func(v Verdict) float64 { return v.PredictedLow }),
		numbers("predicted_high", func(v Verdict) float64 { return v.PredictedHigh }),
		numbers("measured", func(v Verdict) float64 { return v.Measured }),
		numbers("standard_error", func(v Verdict) float64 { return v.StandardError }),
		numbers("low", func(v Verdict) float64 { return v.Low }),
		numbers("high", func(v Verdict) float64 { return v.High }),
		numbers("z", func(v Verdict) float64 { return v.Z }),
		texts("because", func(v Verdict) string { return v.Because }),
		texts("rival", func(v Verdict) string { return v.Rival }),
		numbers("rival_value", func(v Verdict) float64 { return v.RivalValue }),
		numbers("rival_p", func(v Verdict) float64 { return v.RivalP }),
		numbers("chi_square", func(v Verdict) float64 { return v.ChiSquare }),
		numbers("degrees", func(v Verdict) float64 { return float64(v.Degrees) }),
		numbers("p_value", func(v Verdict) float64 { return v.PValue }),
		numbers("false_alarm", func(v Verdict) float64 { return v.FalseAlarm }),
		texts("data", func(v Verdict) string { return v.Data }),
		texts("test", func(v Verdict) string { return v.Test }),
		texts("power", func(v Verdict) string { return v.Power }),
	)
}

// VerdictHTML returns the verdicts as an HTML table of class verdicts for a notebook: the
// claim and where it is nearest to failing, the predicted range, the measured value with
// its confidence interval, and the outcome. Numbers have 3 significant digits, or as many
// up to 6 as tell them apart. Below it stand how many hold, the probability of a false
// alarm anywhere among them and, in a list, how each was tested and what the test would
// have caught.
//
// Verdicts of a Claim have a table of their own, see ClaimHTML.
func VerdictHTML(verdicts []Verdict) string {
	if len(verdicts) > 0 && !slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Rival == "" }) {
		return ClaimHTML(verdicts)
	}
	columns := []tableColumn{sentenceColumn("claim"), rangeColumn("predicted"), rangeColumn("measured"), textColumn("")}
	var rows [][]string
	var tests strings.Builder
	passed, alarm := 0, 0.0
	for i, v := range verdicts {
		outcome := "✗ fails"
		if v.Holds() {
			outcome = "✓ holds"
			passed++
		}
		alarm += v.FalseAlarm
		predicted, measured := v.Numbers()
		rows = append(rows, []string{fmt.Sprintf("%d. %s %s – %s", i+1, v.Claim, v.Label, v.Where),
			predicted, measured, together(outcome)})
		fmt.Fprintf(&tests, "<li>%s; p = %s. It would have caught %s.</li>\n",
			html.EscapeString(v.Test), number.Short(v.PValue, 2), html.EscapeString(v.Power))
	}
	return htmlTable("verdicts", columns, rows) +
		fmt.Sprintf("<p>%d of %d hold: the confidence interval of the measured value, in brackets, meets the predicted range. If all claims are true, one or more fail with probability %s at most. The tests:</p>\n<ol>\n%s</ol>\n",
			passed, len(verdicts), number.Short(math.Min(alarm, 1), 2), tests.String())
}

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// rangeColumn is for numbers and their ranges, which may take two lines where long.
func rangeColumn(header string) tableColumn {
	return tableColumn{header, ` class="number" style="text-align:right;padding:0.2em 0.4em"`}
}

// Numbers returns the predicted range and the measured value with its confidence interval
// for a reader, as VerdictHTML shows them.
func (v Verdict) Numbers() (predicted, measured string) {
	low, high := v.PredictedLow, v.PredictedHigh
	middle := low + (high-low)/2
	if narrow, known := high-low, v.High-v.Low; !math.IsInf(known, 1) && narrow <= 1e-3*known || !math.IsInf(narrow, 1) && narrow <= 1e-7*math.Abs(middle) {
		low, high = middle, middle // the room is for rounding and tells a reader nothing
	}
	digits := 3
	for apart := false; !apart && digits < 6; {
		apart = true
		// The pairs whose order is the outcome, or the width of a range.
		for _, pair := range [][2]float64{{low, high}, {v.Low, v.Measured}, {v.Measured, v.High}, {v.Low, high}, {v.High, low}} {
			apart = apart && (pair[0] == pair[1] || number.Short(pair[0], digits) != number.Short(pair[1], digits))
		}
		if !apart {
			digits++
		}
	}
	number := func(x float64) string {
		text := number.Short(x+0, digits) // +0: no −0
		return strings.ReplaceAll(strings.ReplaceAll(text, "+Inf", "∞"), "-", "−")
	}
	switch {
	case low == high:
		predicted = number(low)
	case math.IsInf(low, -1):
		predicted = "≤ " + number(high)
	case math.IsInf(high, 1):
		predicted = "≥ " + number(low)
	default:
		predicted = number(low) + " to " + number(high)
	}
	measured = number(v.Measured) + " " + together("("+number(v.Low)+" to "+number(v.High)+")")
	return together(predicted), measured
}

// together keeps a short text on one line.
func together(text string) string {
	if utf8.RuneCountInString(text) > 16 {
		return text
	}
	return strings.ReplaceAll(text, " ", noBreak)
}
