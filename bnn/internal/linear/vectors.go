package linear

import "gonum.org/v1/gonum/floats"

// Norm returns the Euclidean norm of x.
func Norm(x []float64) float64 {
	return floats.Norm(x, 2)
}

// Difference returns a − b.
func Difference(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

// Dot returns the inner product.
func Dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
