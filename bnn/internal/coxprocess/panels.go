package coxprocess

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"balanced/bnn"
	"balanced/bnn/internal/normal"
	"balanced/bnn/internal/pieces"
	"balanced/bnn/internal/quadrature"
)

// kinks returns the places sign·z at which the rate says to have kinks or jumps.
func (p Potential) kinks(sign float64) []float64 {
	kinked, is := p.rate.(bnn.KinkedRate)
	if !is || !p.Varies() {
		return nil
	}
	var places []float64
	for _, kink := range kinked.Kinks() {
		places = append(places, sign*(kink-p.mean)/p.deviation)
	}
	return places
}

// resolvedPanels cuts ±reach at the kinks of any rate and into panels of at most panelLength,
// which it halves as long as the rule of panelPoints and its two halves disagree about the
// integral of λ√φ by 1e-14 of the bound: towards kinks and jumps that are not told, and where λ
// is steep. Next to a kink that is told a power of the distance is left, which halves too.
func (p Potential) resolvedPanels() []pieces.Interval {
	const enough, deepest = 1e-14, 40
	places := p.kinks(1)
	for z := -reach + panelLength; z < reach; z += panelLength {
		places = append(places, z)
	}
	cuts := quadrature.Pieces(-reach, reach, places)
	nodes, weights := make([]float64, panelPoints), make([]float64, panelPoints)
	quad.Legendre{}.FixedLocations(nodes, weights, -1, 1)
	integral := func(low, high float64) float64 {
		sum := 0.0
		for i, x := range nodes {
			z := low + (high-low)*(1+x)/2
			sum += weights[i] * p.at(z) * math.Sqrt(normal.Density(z))
		}
		return sum * (high - low) / 2
	}
	var panels []pieces.Interval
	var resolve func(low, high, whole float64, depth int)
	resolve = func(low, high, whole float64, depth int) {
		middle := low + (high-low)/2
		left, right := integral(low, middle), integral(middle, high)
		if depth == deepest || !(low < middle && middle < high) || math.Abs(left+right-whole) <= enough*p.rate.Bound() {
			panels = append(panels, pieces.Interval{Start: low, End: high})
			return
		}
		resolve(low, middle, left, depth+1)
		resolve(middle, high, right, depth+1)
	}
	for i, low := range cuts[:len(cuts)-1] {
		resolve(low, cuts[i+1], integral(low, cuts[i+1]), 0)
	}
	return panels
}
