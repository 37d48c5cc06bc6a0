package analysis

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/bnn"
)

// MomentsFigure draws the means and the variances over time, one panel each: the
// simulation as points with bars of ±2 standard errors (none for one replica), the
// limit as solid and the finite-n equations as dashed lines. At most about 20 times
// have a point, evenly chosen; the caption says so.
//
// Any result may be nil but not all. The error is a *bnn.InputError for results that
// Moments refuses, more than 6 populations or a number that is not finite.
func MomentsFigure(runs *bnn.Summary, limit, finite *bnn.Trajectory) (*Figure, error) {
	list := results(runs, limit, finite)
	if err := checkSame(list); err != nil {
		return nil, err
	}
	first := list[0].moments
	if err := checkColours(first.Populations); err != nil {
		return nil, err
	}
	every := (len(first.Times) + 19) / 20
	var panels []*plot.Plot
	for _, of := range []struct {
		quantity Quantity
		label    string
	}{{Mean, "mean potential m"}, {Variance, "variance of potential K"}} {
		for _, result := range list {
			if err := checkFinite(result, of.quantity); err != nil {
				return nil, err
			}
		}
		panels = append(panels, momentsPanel(of.quantity, of.label, runs, limit, finite, every))
	}
	return newFigure(panels, momentsKeys(runs, limit, finite),
		momentsCaption(runs, limit, finite, every), momentsAlt(list)), nil
}

// checkFinite refuses numbers that cannot be drawn. Standard errors may be NaN.
func checkFinite(result named, q Quantity) error {
	for row, values := range q.table(result.moments) {
		for a, value := range values {
			if math.IsInf(value, 0) || math.IsNaN(value) && result.column != "standard_error" {
				return &bnn.InputError{Path: fmt.Sprintf("%s.%s[%d][%d]", result.name, q, row, a), Value: exact(value), Allowed: "a finite number"}
			}
		}
	}
	return nil
}

func momentsPanel(q Quantity, label string, runs *bnn.Summary, limit, finite *bnn.Trajectory, every int) *plot.Plot {
	panel := newPanel(timeLabel, label)
	var ends endLabels
	for _, result := range results(runs, limit, finite) {
		moments := result.moments
		ends = endLabels{x: moments.Times[len(moments.Times)-1]}
		for a, population := range moments.Populations {
			points := column(moments.Times, q.table(moments), a)
			ends.labels = append(ends.labels, endLabel{points[len(points)-1].Y, population, palette[a]})
			switch result.column {
			case "limit":
				panel.Add(newLine(points, palette[a], lineWidth(q.table(moments), a), nil))
			case "finite":
				panel.Add(newLine(points, palette[a], lineWidth(q.table(moments), a), dashes))
			}
		}
		if result.column == "standard_error" {
			ends.labels = nil
		}
	}
	if runs != nil {
		for a := range runs.Populations {
			for _, mark := range simulationMarks(runs, q, a, every) {
				panel.Add(mark)
			}
		}
	}
	panel.Add(ends)
	widen(panel)
	return panel
}

// lineWidth is larger for a curve that one of a later population would hide, so that
// both are seen.
func lineWidth(table [][]float64, a int) vg.Length {
	least, greatest := math.Inf(1), math.Inf(-1)
	for _, row := range table {
		least, greatest = min(least, slices.Min(row)), max(greatest, slices.Max(row))
	}
	for later := a + 1; later < len(table[0]); later++ {
		hidden := true
		for _, row := range table {
			hidden = hidden && math.Abs(row[a]-row[later]) <= 0.01*(greatest-least)
		}
		if hidden {
			return 3.8
		}
	}
	return 1.6
}

// simulationMarks are the points and error bars of one population.
func simulationMarks(runs *bnn.Summary, q Quantity, a, every int) []plot.Plotter {
	var points plotter.XYs
	var errors plotter.YErrors
	for row := 0; row < len(runs.Times); row += every {
		points = append(points, plotter.XY{X: runs.Times[row], Y: q.table(&runs.Moments)[row][a]})
		bar := 2 * q.table(&runs.StandardError)[row][a]
		if math.IsNaN(bar) {
			bar = 0
		}
		errors = append(errors, struct{ Low, High float64 }{-bar, bar})
	}
	bars := &plotter.YErrorBars{XYs: points, YErrors: errors,
		LineStyle: draw.LineStyle{Color: palette[a], Width: 0.9}}
	return []plot.Plotter{bars, &plotter.Scatter{XYs: points, GlyphStyle: pointStyle(palette[a])}}
}

func pointStyle(c color.Color) draw.GlyphStyle {
	return draw.GlyphStyle{Color: c, Radius: 2, Shape: draw.CircleGlyph{}}
}

// barMark draws the bar of a point in the key.
type barMark struct{}

func (barMark) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.9}, c.Center().X, c.Min.Y-1, c.Center().X, c.Max.Y+1)
}

func momentsKeys(runs *bnn.Summary, limit, finite *bnn.Trajectory) []key {
	var keys []key
	if runs != nil {
		keys = append(keys, key{fmt.Sprintf("simulation, n = %d", runs.N),
			[]plot.Thumbnailer{barMark{}, &plotter.Scatter{GlyphStyle: pointStyle(ink)}}})
	}
	if finite != nil {
		keys = append(keys, key{"finite-n equations", []plot.Thumbnailer{newLine(nil, ink, 1.6, dashes)}})
	}
	if limit != nil {
		keys = append(keys, key{"limit n → ∞", []plot.Thumbnailer{newLine(nil, ink, 1.6, nil)}})
	}
	return keys
}

func momentsCaption(runs *bnn.Summary, limit, finite *bnn.Trajectory, every int) string {
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
func momentsAlt(list []named) string {
	first := list[0].moments
	last := len(first.Times) - 1
	var text strings.Builder
	fmt.Fprintf(&text, "Two line charts over time, from t = %s to %s.", short(first.Times[0], 4), short(first.Times[last], 4))
	for _, result := range list {
		if result.column == "standard_error" {
			continue
		}
		for a, population := range first.Populations {
			m, k := result.moments.Mean, result.moments.Variance
			fmt.Fprintf(&text, " %s, %s: mean from %s to %s, variance from %s to %s.", sentence(result.column), population,
				short(m[0][a], 3), short(m[last][a], 3), short(k[0][a], 3), short(k[last][a], 3))
		}
	}
	return text.String()
}

// sentence names a column of a frame at the start of a sentence.
func sentence(column string) string {
	return map[string]string{"simulation": "Simulation", "limit": "Limit", "finite": "Finite-n equations"}[column]
}
