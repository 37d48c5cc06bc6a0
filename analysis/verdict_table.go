package analysis

import (
	"math"
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
// test. It carries an error when there are no verdicts.
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
	)
}

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// Numbers returns the predicted range and the measured value with its confidence interval
// for a reader who sees no error beside them.
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
