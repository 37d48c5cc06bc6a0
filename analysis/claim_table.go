package analysis

import (
	"encoding/base64"
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// VerdictHTML returns verdicts as an HTML table of class verdicts: the claim and the
// comparison that is nearest to its margins, the prediction with its margin, the estimate with
// its standard error, a picture of the interval between the margins, the rival with its p-value,
// and the outcome. Below it stand, in a list, the reason of each margin and the data.
func VerdictHTML(verdicts []Verdict) string {
	var text, reasons strings.Builder
	const cell = ` style="text-align:left;padding:0.2em 0.4em"`
	const numeric = ` class="number" style="text-align:right;padding:0.2em 0.4em"`
	text.WriteString(`<table class="verdicts">` + "\n<thead>\n<tr>")
	for _, header := range []string{"claim", "predicted", "measured", "", "rival", ""} {
		fmt.Fprintf(&text, `<th%s scope="col">%s</th>`, cell, header)
	}
	text.WriteString("</tr>\n</thead>\n<tbody>\n")
	counts := map[Outcome]int{}
	for i, v := range verdicts {
		counts[v.Outcome]++
		predicted, measured := v.inWords()
		fmt.Fprintf(&text, `<tr><td style="text-align:left;padding:0.2em 0.4em;min-width:12em">%d. %s %s – %s</td><td%s>%s</td><td%s>%s</td><td%s>%s</td><td%s>%s: %s</td><td%s>%s</td></tr>`+"\n",
			i+1, html.EscapeString(v.Claim), v.Label, html.EscapeString(v.Where), numeric, predicted, numeric, measured,
			cell, v.picture(), cell, html.EscapeString(v.Rival), smallP(v.RivalP), cell, outcomeMarks[v.Outcome])
		fmt.Fprintf(&reasons, "<li>%s The margin: %s. Against the rival: %s. %s; sum of squared z %s over %d, %s.</li>\n",
			html.EscapeString(sentence(v.Data)), html.EscapeString(v.Because), html.EscapeString(v.RivalWhere), html.EscapeString(v.Test),
			number.Short(v.ChiSquare, 3), v.Degrees, smallP(v.PValue))
	}
	text.WriteString("</tbody>\n</table>\n")
	fmt.Fprintf(&text, "<p>%d of %d hold", counts[Holds], len(verdicts))
	for _, other := range []Outcome{Fails, Undecided} {
		if counts[other] > 0 {
			fmt.Fprintf(&text, ", %d %s", counts[other], map[Outcome]string{Fails: "fail", Undecided: "undecided"}[other])
		}
	}
	text.WriteString(": all intervals of 99.9 % together lie within the margins, and the rival is rejected at p ≤ 0.001. In the pictures the band is the margin about the prediction, the bar the interval of the estimate, the cross the rival. Each in detail:</p>\n<ol>\n")
	return text.String() + reasons.String() + "</ol>\n"
}

var outcomeMarks = map[Outcome]string{Holds: "✓" + noBreak + "holds", Fails: "✗" + noBreak + "fails", Undecided: "?" + noBreak + "undecided"}

// sentence begins a text with an upper case letter and ends it with a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

func smallP(p float64) string {
	if p < 1e-12 {
		return "p" + noBreak + "<" + noBreak + "10⁻¹²"
	}
	return "p" + noBreak + "=" + noBreak + number.Minus(number.Short(p, 2))
}

// inWords is the prediction ± margin, and the estimate ± standard error.
func (v Verdict) inWords() (predicted, measured string) {
	digits := 3
	short := func(x float64) string { return number.Minus(number.Short(x+0, digits)) }
	switch {
	case math.IsInf(v.PredictedLow, -1):
		predicted = "≤ " + short(v.PredictedHigh)
	case math.IsInf(v.PredictedHigh, 1):
		predicted = "≥ " + short(v.PredictedLow)
	default:
		half := (v.PredictedHigh - v.PredictedLow) / 2
		digits = digitsFor(v.PredictedLow+half, half)
		predicted = short(v.PredictedLow + half)
		digits = 2
		predicted += " ± " + short(half)
	}
	digits = digitsFor(v.Measured, v.StandardError)
	measured = short(v.Measured)
	digits = 2
	measured += " ± " + short(v.StandardError)
	if !math.IsNaN(v.Z) {
		measured += fmt.Sprintf(" (z = %s)", number.Minus(fmt.Sprintf("%.1f", v.Z)))
	}
	return together(predicted), together(measured)
}

// digitsFor are the digits of a value that an error of it leaves.
func digitsFor(value, uncertainty float64) int {
	if value == 0 || uncertainty == 0 {
		return 3
	}
	digits := int(math.Floor(math.Log10(math.Abs(value)))-math.Floor(math.Log10(uncertainty))) + 2
	return min(max(digits, 1), 8)
}

// picture is a small drawing of the interval between the margins, as an image that any viewer of
// notebooks shows, in colours that can be read on a light and on a dark page.
func (v Verdict) picture() string {
	if math.IsNaN(v.Measured) {
		return ""
	}
	const width, height, edge = 120.0, 22.0, 6.0
	low, high := v.PredictedLow, v.PredictedHigh
	if math.IsInf(low, -1) {
		low = math.Min(v.Low, high-(v.High-v.Low))
	}
	if math.IsInf(high, 1) {
		high = math.Max(v.High, low+(v.High-v.Low))
	}
	from, to := math.Min(low, v.Low), math.Max(high, v.High)
	reach := math.Max(to-from, 1e-300)
	if !math.IsNaN(v.RivalValue) { // drawn, unless the rest would shrink to nothing
		from, to = math.Max(math.Min(from, v.RivalValue), from-4*reach), math.Min(math.Max(to, v.RivalValue), to+4*reach)
	}
	at := func(x float64) float64 {
		return edge + (width-2*edge)*math.Min(math.Max((x-from)/math.Max(to-from, 1e-300), 0), 1)
	}
	var svg strings.Builder
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" viewBox="0 0 %g %g">`, width, height, width, height)
	fmt.Fprintf(&svg, `<rect x="%.1f" y="3" width="%.1f" height="16" fill="#8fb58f" fill-opacity="0.6"/>`, at(low), math.Max(at(high)-at(low), 1))
	fmt.Fprintf(&svg, `<path d="M%.1f 11H%.1fM%.1f 7V15M%.1f 7V15" stroke="#777" stroke-width="2" fill="none"/>`, at(v.Low), at(v.High), at(v.Low), at(v.High))
	fmt.Fprintf(&svg, `<circle cx="%.1f" cy="11" r="3" fill="#777"/>`, at(v.Measured))
	if !math.IsNaN(v.RivalValue) {
		x := at(v.RivalValue)
		fmt.Fprintf(&svg, `<path d="M%.1f 7L%.1f 15M%.1f 15L%.1f 7" stroke="#c0504d" stroke-width="2"/>`, x-4, x+4, x-4, x+4)
	}
	svg.WriteString("</svg>")
	alt := fmt.Sprintf("interval %s to %s, margins %s to %s", number.Short(v.Low, 3), number.Short(v.High, 3), number.Short(v.PredictedLow, 3), number.Short(v.PredictedHigh, 3))
	return fmt.Sprintf(`<img alt="%s" width="%g" height="%g" style="min-width:%gpx;height:%gpx" src="data:image/svg+xml;base64,%s">`, alt, width, height, width, height, base64.StdEncoding.EncodeToString([]byte(svg.String())))
}

// ComparisonFrame returns a frame of all comparisons of verdicts of Claim, a row each: verdict (the
// number of the verdict, from 1), where, predicted_low, predicted_high, rival, measured,
// standard_error, low, high, z, rival_p. It carries an error if there are none.
func ComparisonFrame(verdicts []Verdict) dataframe.DataFrame {
	var number []int
	var where []string
	columns := make([][]float64, 9)
	for i, v := range verdicts {
		if len(v.Comparisons) == 0 {
			continue
		}
		equivalences, err := Equivalent(unsure, v.Comparisons...)
		if err != nil {
			return dataframe.DataFrame{Err: err}
		}
		for k, c := range v.Comparisons {
			number, where = append(number, i+1), append(where, c.Where)
			low, high := equivalences[k].Low, equivalences[k].High
			rival, rivalP := math.NaN(), math.NaN()
			if c.against {
				rival, rivalP = c.rival, c.rivalP()
			}
			for k, value := range []float64{c.Low, c.High, rival, c.Measured.Value, c.Measured.StandardError, low, high, c.z(), rivalP} {
				columns[k] = append(columns[k], value)
			}
		}
	}
	if len(number) == 0 {
		return dataframe.DataFrame{Err: &bnn.InputError{Path: "verdicts", Value: "without comparisons", Allowed: "verdicts of Claim"}}
	}
	list := []series.Series{series.New(number, series.Int, "verdict"), series.New(where, series.String, "where")}
	for k, name := range []string{"predicted_low", "predicted_high", "rival", "measured", "standard_error", "low", "high", "z", "rival_p"} {
		list = append(list, series.New(columns[k], series.Float, name))
	}
	return dataframe.New(list...)
}
