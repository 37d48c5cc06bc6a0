// Package versus lays simulations beside theories, population by population: theory as lines, simulation as points with bars of
// two standard errors, each population in its colour.
//
//	panel := versus.Sizes(figure.Panel{X: figure.Axis{Label: "n", Log: true}}, names, series, predicted)
//
// Functions take a panel with its axes and give one with lines and points as well; the panel that they were given stays as it is.
package versus

import (
	"context"
	"fmt"
	"math"
	"slices"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory"

	"gonum.org/v1/gonum/floats"
)

// Sizes is a quantity by size: series of populations, in their order, and lines of what is predicted of all of them at a size, at
// 16 sizes from a fifth below the least to a fifth above the largest one, evenly in log n. The names, one a series, are in the
// key as "E, predicted" and "E, simulated". A prediction may be nil where there is none, and otherwise must give a value a
// series; series must not be empty.
func Sizes(panel figure.Panel, names []string, series []*study.Series, predicted func(n float64) []float64) figure.Panel {
	panel = with(panel)
	for a, s := range series {
		panel.Points = append(panel.Points, Points(names[a]+", simulated", s, figure.PopulationColor(a), false))
	}
	if predicted == nil {
		return panel
	}
	least, largest := math.Inf(1), 0.0
	for _, s := range series {
		least, largest = min(least, slices.Min(s.N)), max(largest, slices.Max(s.N))
	}
	sizes := floats.LogSpan(make([]float64, 16), least/1.25, largest*1.25)
	return curves(panel, names, sizes, predicted)
}

// Points are those of a series, with their errors.
func Points(name string, series *study.Series, color figure.Color, hollow bool) figure.Points {
	return figure.Points{Name: name, X: series.N, Y: series.Values(), Error: series.Errors(), Color: color, Hollow: hollow}
}

// Line is a quantity of one population of a theory over time, as a line of the name. The error is that of bnn.Moments.Series.
func Line(name string, theory *bnn.Moments, quantity bnn.Quantity, population int) (figure.Line, error) {
	return OverTime(name, figure.Ink, theory, quantity, population)
}

// curves are the predicted lines over x.
func curves(panel figure.Panel, names []string, x []float64, predicted func(x float64) []float64) figure.Panel {
	lines := make([]figure.Line, len(names))
	for a, name := range names {
		lines[a] = figure.Line{Name: name + ", predicted", X: x, Color: figure.PopulationColor(a)}
	}
	for _, at := range x {
		for a, value := range predicted(at)[:len(names)] {
			lines[a].Y = append(lines[a].Y, value)
		}
	}
	panel.Lines = append(panel.Lines, lines...)
	return panel
}

// Spectra are those of the means of populations in a network of size n: by theory.Spectrum from the least frequency to the
// largest, both > 0, and as measured, in the same unit, one a population. Of what is measured there are some 20 points, the closer
// the lower the frequency. Grey dashed lines show neurons that fluctuate each for itself, 2Kτ/q/(1 + ω²τ²), with the variances K
// at rest, one a population. The error is that of theory.Spectrum.
func Spectra(ctx context.Context, panel figure.Panel, network *bnn.Network, n int, least, largest float64, variance []float64,
	measured []*analysis.Spectrum) (figure.Panel, error) {
	panel = with(panel)
	omega := floats.LogSpan(make([]float64, 120), least, largest)
	predicted, err := theory.Spectrum(ctx, network, n, omega)
	if err != nil {
		return figure.Panel{}, err
	}
	var grey []figure.Line
	for a, p := range network.Populations {
		line := figure.Line{Name: p.Name + ", predicted", X: omega, Color: figure.PopulationColor(a)}
		alone := figure.Line{Name: "neurons by themselves", X: omega, Color: figure.Grey, Dashed: true}
		for i, w := range omega {
			line.Y = append(line.Y, real(predicted.Mean[i][a][a]))
			alone.Y = append(alone.Y, 2*variance[a]*p.Tau/p.Size/(1+w*w*p.Tau*p.Tau))
		}
		panel.Lines, grey = append(panel.Lines, line), append(grey, alone)
	}
	panel.Lines = append(panel.Lines, grey...)
	for a, spectrum := range measured {
		points := figure.Points{Name: network.Populations[a].Name + ", simulated", Color: figure.PopulationColor(a)}
		for i := 0; i < len(spectrum.Frequencies); i += 1 + i/6 {
			if w := spectrum.Frequencies[i]; w >= least && w <= largest {
				density := spectrum.Density[i]
				points.X, points.Y, points.Error = append(points.X, w), append(points.Y, density.Value), append(points.Error, density.StandardError)
			}
		}
		panel.Points = append(panel.Points, points)
	}
	return panel, nil
}

// Times is a quantity over time: of a theory as lines of the name, and of summaries, as points named by their n and the first
// hollow. All are of the same populations. The error is a *bnn.InputError for a quantity that they do not have.
func Times(panel figure.Panel, quantity bnn.Quantity, name string, theory *bnn.Moments, runs ...*simulate.Summary) (figure.Panel, error) {
	panel = with(panel)
	for a := range theory.Populations {
		line, err := theory.Series(quantity, a)
		if err != nil {
			return figure.Panel{}, err
		}
		panel.Lines = append(panel.Lines, figure.Line{Name: name, X: theory.Times, Y: line, Color: figure.PopulationColor(a)})
		for i, run := range runs {
			values, err := run.Series(quantity, a)
			if err != nil {
				return figure.Panel{}, err
			}
			errors, err := run.StandardError.Series(quantity, a)
			if err != nil {
				return figure.Panel{}, err
			}
			panel.Points = append(panel.Points, figure.Points{Name: fmt.Sprint("n = ", run.N), X: run.Times, Y: values, Error: errors,
				Color: figure.PopulationColor(a), Hollow: i == 0 && len(runs) > 1})
		}
	}
	return panel, nil
}

// with is a panel whose lines and points are its own.
func with(panel figure.Panel) figure.Panel {
	panel.Lines, panel.Points = slices.Clone(panel.Lines), slices.Clone(panel.Points)
	return panel
}
