package figure

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/results"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Moments draws the means and the variances over time, one panel each: the
// simulation as points with bars of ±2 standard errors (none for one replica), the
// limit as solid and the finite-n equations as dashed lines. At most about 20 times
// have a point, evenly chosen; the caption says so.
//
// Any result may be nil but not all. The error is a *bnn.InputError for results that
// Moments refuses, more than 6 populations or a number that is not finite.
func Moments(runs *simulate.Summary, limit, finite *bnn.Trajectory) (*Figure, error) {
	list := results.Of(runs, limit, finite)
	if err := results.CheckSame(list); err != nil {
		return nil, err
	}
	first := list[0].Moments
	if err := checkColours(first.Populations); err != nil {
		return nil, err
	}
	every := (len(first.Times) + 19) / 20
	var panels []*plot.Plot
	for _, of := range []struct {
		quantity bnn.Quantity
		label    string
	}{{bnn.Means, "mean potential m"}, {bnn.Variances, "variance of potential K"}} {
		for _, result := range list {
			if err := results.CheckFinite(result, of.quantity); err != nil {
				return nil, err
			}
		}
		panel, err := momentsPanel(of.quantity, of.label, runs, limit, finite, every)
		if err != nil {
			return nil, err
		}
		panels = append(panels, panel)
	}
	return withTexts(columns(len(panels)), panels, momentsKeys(runs, limit, finite), func(unit bnn.Unit) (caption, alt string) {
		return momentsCaption(runs, limit, finite, every), momentsAlt(list, unit)
	}), nil
}

func momentsPanel(q bnn.Quantity, label string, runs *simulate.Summary, limit, finite *bnn.Trajectory, every int) (*plot.Plot, error) {
	panel := Panel{X: Axis{Label: timeLabel, Of: Time}, Y: Axis{Label: label, Of: dimensionOf(q)}}
	var ends endLabels
	for _, result := range results.Of(runs, limit, finite) {
		moments := result.Moments
		last := len(moments.Times) - 1
		ends = endLabels{x: moments.Times[last]}
		for a, population := range moments.Populations {
			values, err := moments.Series(q, a)
			if err != nil {
				return nil, err
			}
			ends.labels = append(ends.labels, endLabel{values[last], population, pen.Palette[a]})
			if result.Column == "limit" || result.Column == "finite" {
				panel.Lines = append(panel.Lines, Line{X: moments.Times, Y: values, Color: PopulationColor(a), Dashed: result.Column == "finite"})
			}
		}
		if result.Column == "standard_error" {
			ends.labels = nil
		}
	}
	if runs != nil {
		for a := range runs.Populations {
			values, err := runs.Series(q, a)
			if err != nil {
				return nil, err
			}
			errors, err := runs.StandardError.Series(q, a)
			if err != nil {
				return nil, err
			}
			panel.Points = append(panel.Points, Points{Color: PopulationColor(a), X: thinned(runs.Times, every),
				Y: thinned(values, every), Error: thinned(errors, every)})
		}
	}
	drawn, err := panel.plot(string(q))
	if err != nil {
		return nil, err
	}
	drawn.Add(ends)
	return drawn, nil
}

// thinned is one of so many values.
func thinned(values []float64, every int) []float64 {
	var kept []float64
	for row := 0; row < len(values); row += every {
		kept = append(kept, values[row])
	}
	return kept
}

func momentsKeys(runs *simulate.Summary, limit, finite *bnn.Trajectory) []key {
	var keys []key
	if runs != nil {
		keys = append(keys, key{fmt.Sprintf("simulation, n = %d", runs.N),
			[]plot.Thumbnailer{pointsLook{Ink, false, true}}})
	}
	if finite != nil {
		keys = append(keys, key{"finite-n equations", []plot.Thumbnailer{lineLook{color: Ink, dashed: true}}})
	}
	if limit != nil {
		keys = append(keys, key{"limit n → ∞", []plot.Thumbnailer{lineLook{color: Ink}}})
	}
	return keys
}

func momentsCaption(runs *simulate.Summary, limit, finite *bnn.Trajectory, every int) string {
	caption := "Mean and variance of the membrane potentials of each population over time."
	if runs != nil {
		caption += fmt.Sprintf(" Points: averages over %d replicas of a network of size n = %d", runs.Replicas, runs.N)
		if runs.Replicas > 1 {
			caption += ", bars ±2 standard errors"
		}
		if every > 1 {
			caption += fmt.Sprintf(" (1 of %d times is drawn)", every)
		}
		caption += "."
	}
	if finite != nil {
		caption += " Dashed: the finite-n equations."
	}
	if limit != nil {
		caption += " Solid: the limit of large n."
	}
	return caption
}

// momentsAlt tells what the curves do between their ends.
func momentsAlt(list []results.Result, unit bnn.Unit) string {
	first := list[0].Moments
	last := len(first.Times) - 1
	var text strings.Builder
	fmt.Fprintf(&text, "Two line charts over time, from t = %s.", Time.say(unit, 4, " to ", first.Times[0], first.Times[last]))
	for _, result := range list {
		if result.Column == "standard_error" {
			continue
		}
		for a, population := range first.Populations {
			m, k := result.Moments.Mean, result.Moments.Variance
			fmt.Fprintf(&text, " %s, %s: mean from %s, variance from %s.", sentence(result.Column), population,
				Potential.say(unit, 3, " to ", m[0][a], m[last][a]), Variance.say(unit, 3, " to ", k[0][a], k[last][a]))
		}
	}
	return text.String()
}

// sentence names a column of a frame at the start of a sentence.
func sentence(column string) string {
	return map[string]string{"simulation": "Simulation", "limit": "Limit", "finite": "Finite-n equations"}[column]
}
