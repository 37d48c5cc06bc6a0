// Package twosample compares two samples by their order and by the distances of their points.
package twosample

import "math"

// Distances are those of all pairs of points: between[i][j], j < i, of two, sums[i] of one to all
// others, and All of all pairs.
type Distances struct {
	between [][]float64
	sums    []float64
	All     float64
}

// NewDistances takes them between points of one space.
func NewDistances(points [][]float64) *Distances {
	pairs := &Distances{between: make([][]float64, len(points)), sums: make([]float64, len(points))}
	for i, p := range points {
		pairs.between[i] = make([]float64, i)
		for j := range i {
			square := 0.0
			for k, q := range points[j] {
				square += (p[k] - q) * (p[k] - q)
			}
			d := math.Sqrt(square)
			pairs.between[i][j] = d
			pairs.sums[i], pairs.sums[j], pairs.All = pairs.sums[i]+d, pairs.sums[j]+d, pairs.All+d
		}
	}
	return pairs
}

// Energy is the energy distance between the points of a list and all others.
func (p *Distances) Energy(list []int) float64 {
	within, touched := 0.0, 0.0 // touched has those within twice
	for a, i := range list {
		touched += p.sums[i]
		for _, j := range list[:a] {
			within += p.between[max(i, j)][min(i, j)]
		}
	}
	across := touched - 2*within
	n, m := float64(len(list)), float64(len(p.sums)-len(list))
	return 2*across/(n*m) - 2*within/(n*n) - 2*(p.All-within-across)/(m*m)
}
