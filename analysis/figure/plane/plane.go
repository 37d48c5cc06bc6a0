// Package plane draws networks of two populations in the plane of their two mean potentials: the balanced
// manifold, the fibres along which networks fall onto it, where it folds, and runs, still or in motion.
package plane

import (
	"context"
	"fmt"
	"math"

	"balanced/analysis/figure"
	"balanced/bnn"
	"balanced/bnn/theory"
)

// A Run is drawn as points, one a time: what one simulation went through. Populations 0 and 1 are the axes.
type Run struct {
	Name    string // in the key
	Color   figure.Color
	Moments *bnn.Moments
}

// New is a panel with the balanced manifold at the given variances, at time 0, and a dozen fibres: the directions
// U of the weights, along which means move at rates of order √n (theory.md §2). The axes need ends. Points of the manifold
// are where theory.Project lands from 200 starts across the panel; where no network lands the manifold has a gap.
// Another number of populations or rank than 2 and 1, and axes without ends, are a *bnn.InputError; the
// error may also be the cause of the context.
func New(ctx context.Context, network *bnn.Network, variance []float64, x, y figure.Axis) (figure.Panel, error) {
	rank, err := theory.Rank(network)
	if err != nil {
		return figure.Panel{}, err
	}
	if p := len(network.Populations); p != 2 || rank != 1 {
		return figure.Panel{}, &bnn.InputError{Path: "network", Value: fmt.Sprintf("%d populations, weights of rank %d", p, rank), Allowed: "2 populations and rank 1"}
	}
	if !(x.Low < x.High) || !(y.Low < y.High) {
		return figure.Panel{}, &bnn.InputError{Path: "axes", Value: fmt.Sprintf("from %g to %g and %g to %g", x.Low, x.High, y.Low, y.High), Allowed: "ends that increase"}
	}
	// The direction is a column of B: its longer one, for rank 1.
	u := []float64{network.Weights[0][0], network.Weights[1][0]}
	if math.Hypot(u[0], u[1]) < math.Hypot(network.Weights[0][1], network.Weights[1][1]) {
		u = []float64{-network.Weights[0][1], -network.Weights[1][1]}
	}
	length := math.Hypot(u[0], u[1])
	u[0], u[1] = u[0]/length, u[1]/length
	// Starts are on a line through the middle across the fibres, as long as the diagonal.
	const starts, everyFibre = 201, 18
	diagonal := math.Hypot(x.High-x.Low, y.High-y.Low)
	panel := figure.Panel{X: x, Y: y}
	manifold := figure.Line{Name: "balanced manifold", Color: figure.Grey}
	for i := range starts {
		across := diagonal * (float64(i)/(starts-1) - 0.5)
		start := []float64{(x.Low+x.High)/2 - across*u[1], (y.Low+y.High)/2 + across*u[0]}
		mean, err := theory.Project(ctx, network, 0, start, variance)
		if ctx.Err() != nil {
			return figure.Panel{}, context.Cause(ctx)
		}
		if err != nil {
			mean = []float64{math.NaN(), math.NaN()}
		}
		manifold.X, manifold.Y = append(manifold.X, mean[0]), append(manifold.Y, mean[1])
		if i%everyFibre == everyFibre/2 {
			panel.Lines = append(panel.Lines, figure.Line{Name: "fibres", Color: figure.Grey, Dotted: true,
				X: []float64{start[0] - diagonal*u[0], start[0] + diagonal*u[0]}, Y: []float64{start[1] - diagonal*u[1], start[1] + diagonal*u[1]}})
		}
	}
	panel.Lines = append(panel.Lines, manifold)
	return panel, nil
}

// With returns a panel with theories as black lines of one name and runs as points, at all their times.
func With(panel figure.Panel, name string, theories []*bnn.Moments, runs ...Run) figure.Panel {
	panel.Lines = append([]figure.Line(nil), panel.Lines...)
	panel.Points = append([]figure.Points(nil), panel.Points...)
	for _, m := range theories {
		x, y := columns(m)
		panel.Lines = append(panel.Lines, figure.Line{Name: name, X: x, Y: y})
	}
	for _, run := range runs {
		x, y := columns(run.Moments)
		panel.Points = append(panel.Points, figure.Points{Name: run.Name, X: x, Y: y, Color: run.Color})
	}
	return panel
}

// Motion is an animation of runs of the same number of times over a panel: their paths are lines,
// and one point each runs along them, through the given rows of their times. The caption is
// that of the first frame, which a print shows; so is the alternative text. The error is a *bnn.InputError
// for rows that are not there, and what figure.New says.
func Motion(caption, alt string, panel figure.Panel, perSecond float64, rows []int, runs ...Run) (figure.Animation, error) {
	animation := figure.Animation{PerSecond: perSecond}
	still := With(panel, "", nil)
	for _, run := range runs {
		x, y := columns(run.Moments)
		still.Lines = append(still.Lines, figure.Line{X: x, Y: y, Color: run.Color})
	}
	for _, row := range rows {
		frame := With(still, "", nil)
		for _, run := range runs {
			x, y := columns(run.Moments)
			if row < 0 || row >= len(x) {
				return figure.Animation{}, &bnn.InputError{Path: "rows", Value: fmt.Sprint(row), Allowed: fmt.Sprintf("0 to %d", len(x)-1)}
			}
			frame.Points = append(frame.Points, figure.Points{Name: run.Name, X: x[row : row+1], Y: y[row : row+1], Color: run.Color})
		}
		drawn, err := figure.New(caption, alt, frame)
		if err != nil {
			return figure.Animation{}, err
		}
		animation.Frames = append(animation.Frames, drawn)
	}
	return animation, nil
}

// columns are the means of the two populations over time.
func columns(m *bnn.Moments) (x, y []float64) {
	for _, mean := range m.Mean {
		x, y = append(x, mean[0]), append(y, mean[1])
	}
	return x, y
}
