package study

import "gonum.org/v1/gonum/floats"

// Curve is a function, such as a theory, at so many points, 2 or more, evenly from low to high: what a figure.Line draws.
func Curve(low, high float64, points int, of func(x float64) float64) (x, y []float64) {
	x = floats.Span(make([]float64, points), low, high)
	return x, at(x, of)
}

// OverSizes is a function of n as Curve, evenly in log n, from the least n > 0 to the largest: for an axis of logarithms.
func OverSizes(least, largest float64, points int, of func(n float64) float64) (n, y []float64) {
	n = floats.LogSpan(make([]float64, points), least, largest)
	return n, at(n, of)
}

func at(x []float64, of func(x float64) float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = of(x[i])
	}
	return y
}
