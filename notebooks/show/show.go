package show

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/internal/project"
)

// Frame shows a data frame as a table, as analysis.HTML writes it: floats with 6
// significant digits, all rows. It panics if the frame carries an error.
func Frame(frame dataframe.DataFrame) {
	if frame.Err != nil {
		panic(frame.Err)
	}
	display("", map[protocol.MIMEType]any{protocol.MIMETextHTML: analysis.HTML(frame)})
}

// Exact shows a data frame as Frame does, but floats with all digits, as
// analysis.ExactHTML writes them.
func Exact(frame dataframe.DataFrame) {
	if frame.Err != nil {
		panic(frame.Err)
	}
	display("", map[protocol.MIMEType]any{protocol.MIMETextHTML: analysis.ExactHTML(frame)})
}

// Figure shows a figure with its caption: an SVG, or a PNG where that would have more
// than a megabyte. A viewer of notebooks without pictures gets the caption and the
// alternative text.
func Figure(figure *figure.Figure) {
	display("", map[protocol.MIMEType]any{
		protocol.MIMETextHTML:  bnn.Must(figure.HTML()),
		protocol.MIMETextPlain: figure.Caption + "\n" + figure.Alt,
	})
}

// Markdown shows text in Markdown, with formulas between dollar signs.
func Markdown(text string) {
	display("", map[protocol.MIMEType]any{protocol.MIMETextMarkdown: text})
}

// Verdicts shows verdicts as a table, and then panics if one of them does not hold; in a quick
// run, whose data are few, only if one fails. No verdicts at all are no confirmation and panic,
// too. In a run with other random numbers the share of those that hold is judged, by bnn run.
func Verdicts(verdicts ...analysis.Verdict) {
	if len(verdicts) == 0 {
		panic(errors.New("no verdicts to show: must be 1 or more"))
	}
	display("", map[protocol.MIMEType]any{protocol.MIMETextHTML: analysis.VerdictHTML(verdicts)})
	var failed []string
	for _, v := range verdicts {
		switch {
		case v.Holds() || tolerated(v):
		case math.IsNaN(v.Measured): // nothing could be
			failed = append(failed, fmt.Sprintf("%s: %s", v.Claim, v.Where))
		default:
			failed = append(failed, fmt.Sprintf("%s (%s: measured %g, which is %g to %g, where %g to %g was predicted)",
				v.Claim, v.Where, v.Measured, v.Low, v.High, v.PredictedLow, v.PredictedHigh))
		}
	}
	if len(failed) > 0 {
		panic(fmt.Errorf("%d of %d claims do not hold: %s", len(failed), len(verdicts), strings.Join(failed, "; ")))
	}
}

// tolerated tells whether a run may go on although a verdict does not hold.
func tolerated(v analysis.Verdict) bool {
	current := project.Current()
	return current.Seed != 0 || current.Quick && v.Outcome == analysis.Undecided
}

// display sends data to the notebook, if there is one, and waits until it has arrived. It
// takes the place of what was shown by the same id, if that is not empty.
func display(id string, data map[protocol.MIMEType]any) {
	if !gonbui.IsNotebook {
		return
	}
	gonbui.SendData(&protocol.DisplayData{Data: data, DisplayID: id})
	gonbui.Sync() // returns at once if sending has failed
	if err := gonbui.Error(); err != nil {
		panic(fmt.Errorf("the notebook cannot be reached: %w", err))
	}
}
