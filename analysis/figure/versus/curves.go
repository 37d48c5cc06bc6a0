package versus

import (
	"balanced/analysis"
	"balanced/analysis/figure"
)

// Curve is a theory as a line: a function at each x, in their order.
func Curve(name string, color figure.Color, x []float64, of func(x float64) float64) figure.Line {
	line := figure.Line{Name: name, Color: color, X: x}
	for _, at := range x {
		line.Y = append(line.Y, of(at))
	}
	return line
}

// Level is a dashed line at one height y, from one x to another: where something leads, or a rival that does not move.
func Level(name string, color figure.Color, low, high, y float64) figure.Line {
	return figure.Line{Name: name, Color: color, X: []float64{low, high}, Y: []float64{y, y}, Dashed: true}
}

// Estimates are points over anything, such as a distance: what was measured at each x, with its error.
func Estimates(name string, color figure.Color, x []float64, of func(x float64) analysis.Estimate) figure.Points {
	points := figure.Points{Name: name, Color: color, X: x}
	for _, at := range x {
		e := of(at)
		points.Y, points.Error = append(points.Y, e.Value), append(points.Error, e.StandardError)
	}
	return points
}
