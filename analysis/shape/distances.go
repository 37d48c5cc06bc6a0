package shape

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"

	"gonum.org/v1/gonum/floats"
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
	counts, first, last := make([][bins]float64, min(groups, len(replicas))), bins-1, 0 // and the bins that are in use
	for r, sample := range replicas {
		if len(sample) == 0 {
			return wasserstein, kolmogorov, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", r), Value: "none", Allowed: "1 or more values"}
		}
		for i, v := range sample {
			z := (v - mean) / math.Sqrt(variance)
			if math.IsNaN(z) || math.IsInf(z, 0) {
				return wasserstein, kolmogorov, &bnn.InputError{Path: fmt.Sprintf("replicas[%d][%d]", r, i), Value: fmt.Sprint(v), Allowed: "a finite number"}
			}
			bin := int(min(max(math.Floor((z+reach)*bins/(2*reach)), 0), bins-1))
			counts[r%len(counts)][bin]++
			first, last = min(first, bin), max(last, bin)
		}
	}
	for g := range counts {
		floats.CumSum(counts[g][:], counts[g][:])
	}
	var gaussian [bins]float64
	for i := range gaussian {
		gaussian[i] = distuv.UnitNormal.CDF(float64(i+1)*2*reach/bins - reach)
	}
	var results [2]analysis.Estimate
	var of [][2]float64 // samples, which are the same for both
	for kind := range results {
		sample := -1
		results[kind], err = analysis.Bootstrap(len(counts), 1, func(chosen []int) float64 {
			if sample++; kind == 0 {
				of = append(of, distance(counts, chosen, first, last+1, &gaussian))
			}
			return of[sample][kind]
		})
		if err != nil {
			return wasserstein, kolmogorov, err
		}
	}
	return results[0], results[1], nil
}

// distance is that of the chosen groups together, whose counts are cumulated and rise within the given bins.
func distance(counts [][bins]float64, chosen []int, first, end int, gaussian *[bins]float64) (d [2]float64) {
	var pooled [bins]float64
	for _, g := range chosen {
		floats.Add(pooled[first:end], counts[g][first:end])
	}
	for i := range pooled {
		below := 1.0
		if i < end {
			below = pooled[i] / pooled[end-1]
		}
		off := math.Abs(below - gaussian[i])
		d[0] += off * 2 * reach / bins
		d[1] = max(d[1], off)
	}
	return d
}
