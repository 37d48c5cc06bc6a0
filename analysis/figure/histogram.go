package figure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/check"
	"balanced/analysis/internal/results"
	"balanced/bnn"
)

// Histogram draws the distribution of the potentials of each population at time
// t, one panel each: the density of the sample as a histogram, and the normal law with
// the mean and variance of the prediction as a line. The potentials are by population,
// such as a row of simulate.StateRecorder.Potentials, 2 or more a population; populations
// are named as in the prediction, which must have a row of time t.
//
// The bins are of the width of D. W. Scott (Biometrika 66, 605–610, 1979),
// 3.49 σ̂ N^{-1/3}, centred on the mean of the sample. The error is a *bnn.InputError.
func Histogram(t float64, potentials [][]float64, prediction *bnn.Trajectory) (*Figure, error) {
	if prediction == nil {
		return nil, &bnn.InputError{Path: "prediction", Value: "nil", Allowed: "a trajectory"}
	}
	result := results.Result{Name: "prediction", Column: "prediction", Moments: &prediction.Moments}
	if err := results.CheckSame([]results.Result{result}); err != nil {
		return nil, err
	}
	now, err := prediction.At(t)
	if err != nil {
		return nil, err
	}
	names := prediction.Populations
	if err := checkColours(names); err != nil {
		return nil, err
	}
	if len(potentials) != len(names) {
		return nil, &bnn.InputError{Path: "potentials", Value: fmt.Sprintf("%d lists", len(potentials)),
			Allowed: fmt.Sprintf("one list for each of the %d populations", len(names))}
	}
	var panels []*plot.Plot
	var sizes []string
	var parts []func(bnn.Unit) string
	for a, sample := range potentials {
		path := fmt.Sprintf("potentials[%d]", a)
		if err := check.Sample(path, sample); err != nil {
			return nil, err
		}
		law, err := check.Normal(now.Mean[0][a], now.Variance[0][a])
		if err != nil {
			return nil, err
		}
		mean, variance := stat.MeanVariance(sample, nil)
		if variance == 0 {
			return nil, &bnn.InputError{Path: path, Value: "all equal", Allowed: "values that differ"}
		}
		panels = append(panels, histogramPanel(a, names[a], sample, law))
		sizes = append(sizes, fmt.Sprintf("%d of %s", len(sample), names[a]))
		parts = append(parts, func(unit bnn.Unit) string {
			return fmt.Sprintf(" %s: sample mean %s and variance %s, normal curve with mean %s and variance %s.", names[a],
				Potential.say(unit, 3, "", mean), Variance.say(unit, 3, "", variance), Potential.say(unit, 3, "", law.Mu), Variance.say(unit, 3, "", law.Sigma*law.Sigma))
		})
	}
	unifyY(panels)
	for _, panel := range panels {
		widen(panel)
		panel.Y.Min = 0
	}
	keys := []key{
		{"sample", []plot.Thumbnailer{area(pen.Ink.Faded(0.35))}},
		{"predicted normal law", []plot.Thumbnailer{newLine(nil, pen.Ink, 1.6, nil)}},
	}
	return withTexts(columns(len(panels)), panels, keys, func(unit bnn.Unit) (caption, alt string) {
		now := Time.say(unit, 6, "", t)
		caption = fmt.Sprintf("Distribution of the membrane potentials at t = %s. Bars: density of the potentials of the sample (%s). Line: normal law with the predicted mean and variance.",
			now, strings.Join(sizes, ", "))
		alt = fmt.Sprintf("Histograms with a bell curve on each, at t = %s.", now)
		for _, part := range parts {
			alt += part(unit)
		}
		return caption, alt
	}), nil
}

func histogramPanel(a int, name string, sample []float64, law distuv.Normal) *plot.Plot {
	panel := newPanel(Axis{Label: "membrane potential v of " + name, Of: Potential}, Axis{Of: perPotential})
	if a == 0 {
		panel.Y.Label.Text = "density"
	}
	bins := density(sample)
	panel.Add(&plotter.Histogram{Bins: bins, Width: bins[0].Max - bins[0].Min, FillColor: pen.Palette[a].Faded(0.35),
		LineStyle: draw.LineStyle{Color: pen.Paper, Width: 0.6}})

	low := min(slices.Min(sample), law.Mu-3.5*law.Sigma)
	high := max(slices.Max(sample), law.Mu+3.5*law.Sigma)
	var curve plotter.XYs
	const pieces = 150
	for i := range pieces + 1 {
		x := low + (high-low)*float64(i)/pieces
		curve = append(curve, plotter.XY{X: x, Y: law.Prob(x)})
	}
	panel.Add(newLine(curve, pen.Palette[a], 1.6, nil))
	return panel
}

// density is the histogram of a sample, of unit area.
func density(sample []float64) []plotter.HistogramBin {
	mean, deviation := stat.MeanStdDev(sample, nil)
	count := float64(len(sample))
	width := 3.49 * deviation / math.Cbrt(count)
	index := func(x float64) int { return int(math.Floor((x-mean)/width + 0.5)) }
	least, greatest := index(slices.Min(sample)), index(slices.Max(sample))
	bins := make([]plotter.HistogramBin, greatest-least+1)
	for i := range bins {
		middle := mean + float64(least+i)*width
		bins[i].Min, bins[i].Max = middle-width/2, middle+width/2
	}
	for _, x := range sample {
		bins[index(x)-least].Weight += 1 / (count * width)
	}
	return bins
}
