package shape

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"

	"gonum.org/v1/gonum/stat/distuv"
)

// The potentials are counted in bins of a fiftieth of a standard deviation, up to 8 of them, and
// replicas in so many groups: the bootstrap then costs 1000·100·800 additions whatever is counted.
const (
	reach  = 8.0
	bins   = 800
	groups = 100
)

// Distances estimates how far the law of one neuron is from the Gaussian of a mean and a variance > 0, in
// units of its standard deviation: W₁ = ∫ |F(z) − Φ(z)| dz and max |F(z) − Φ(z)|, Kolmogorov's, with the share F of all
// neurons of all replicas. The Gaussian is given, not fitted.
//
// Standard errors are those of analysis.Bootstrap over a hundred groups of replicas, or over the replicas
// if there are fewer. A law that is the Gaussian has small positive distances, by chance: both are for distances
// of several of their errors. Binning changes W₁ by less than 1e-4 of itself and Kolmogorov's distance by less than 3e-4. The
// error is a *bnn.InputError: fewer than 2 replicas, one without neurons, a value that is not finite.
func Distances(replicas [][]float64, mean, variance float64) (wasserstein, kolmogorov analysis.Estimate, err error) {
	if !(variance > 0) || math.IsInf(variance, 0) {
		return wasserstein, kolmogorov, &bnn.InputError{Path: "variance", Value: fmt.Sprint(variance), Allowed: "positive"}
	}
	counts := make([][bins]float64, min(groups, len(replicas)))
	for r, sample := range replicas {
		if len(sample) == 0 {
			return wasserstein, kolmogorov, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", r), Value: "none", Allowed: "1 or more values"}
		}
		for i, v := range sample {
			z := (v - mean) / math.Sqrt(variance)
			if math.IsNaN(z) || math.IsInf(z, 0) {
				return wasserstein, kolmogorov, &bnn.InputError{Path: fmt.Sprintf("replicas[%d][%d]", r, i), Value: fmt.Sprint(v), Allowed: "a finite number"}
			}
			bin := math.Floor((z + reach) * bins / (2 * reach))
			counts[r%len(counts)][int(min(max(bin, 0), bins-1))]++
		}
	}
	var gaussian [bins]float64
	for i := range gaussian {
		gaussian[i] = distuv.UnitNormal.CDF(float64(i+1)*2*reach/bins - reach)
	}
	var results [2]analysis.Estimate
	for kind := range results {
		results[kind], err = analysis.Bootstrap(len(counts), 1, func(chosen []int) float64 {
			return distance(counts, chosen, &gaussian)[kind]
		})
		if err != nil {
			return wasserstein, kolmogorov, err
		}
	}
	return results[0], results[1], nil
}

// distance is that of the chosen groups together.
func distance(counts [][bins]float64, chosen []int, gaussian *[bins]float64) (d [2]float64) {
	var pooled [bins]float64
	for _, g := range chosen {
		for i, c := range counts[g] {
			pooled[i] += c
		}
	}
	for i := 1; i < bins; i++ {
		pooled[i] += pooled[i-1]
	}
	for i, below := range pooled {
		off := math.Abs(below/pooled[bins-1] - gaussian[i])
		d[0] += off * 2 * reach / bins
		d[1] = max(d[1], off)
	}
	return d
}
