package solvable

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn/simulate"
	"balanced/bnn/theory/shotnoise"
)

// Shared compares what the sums of populations have in common, at some of the times and within a margin,
// with nothing: their variances with 1, and their correlations with the next population, with the next
// replica and with the replicas of another seed with 0. The rival is that a share ρ of 0 to 1 of all random
// numbers is common: 1 + ρ(N−1) and ρ.
func (r *Runs) Shared(other *Runs, margin, share float64, rows ...int) ([]analysis.Comparison, error) {
	var comparisons []analysis.Comparison
	populations := len(r.Solution.Populations())
	for a := range populations {
		for _, row := range rows {
			x, err := r.Sums(a, row)
			if err != nil {
				return nil, err
			}
			next, err := r.Sums((a+1)%populations, row)
			if err != nil {
				return nil, err
			}
			again, err := other.Sums(a, row)
			if err != nil {
				return nil, err
			}
			for _, pair := range []struct {
				words            string
				y                []float64
				predicted, rival float64
			}{
				{"variance of the sum", x, 1, 1 + share*float64(r.Solution.Count(a)-1)},
				{"correlation with the next class", next, 0, share},
				{"correlation with the next replica", x[min(1, len(x)):], 0, share},
				{"correlation with another seed", again, 0, share},
			} {
				if populations == 1 && pair.words == "correlation with the next class" {
					continue
				}
				measured, err := product(x, pair.y)
				if err != nil {
					return nil, err
				}
				comparisons = append(comparisons, analysis.Near(r.where(a, row)+", "+pair.words, measured, pair.predicted, margin).Against(pair.rival))
			}
		}
	}
	return comparisons, nil
}

// Memory compares the covariance of the potentials at two of the times with the solution, as a fraction of
// the variance at the first, within a margin and with the solution of a rival network. It is that of the sums,
// and so of each neuron where they share nothing.
func (r *Runs) Memory(first, second int, margin float64, rival *shotnoise.Network) ([]analysis.Comparison, error) {
	var comparisons []analysis.Comparison
	for a := range r.Solution.Populations() {
		x, err := r.Sums(a, first)
		if err != nil {
			return nil, err
		}
		y, err := r.Sums(a, second)
		if err != nil {
			return nil, err
		}
		measured, err := product(x, y)
		if err != nil {
			return nil, err
		}
		variance, err := r.Solution.Cumulant(2, a, r.Times[first])
		if err != nil {
			return nil, err
		}
		later, err := r.Solution.Cumulant(2, a, r.Times[second])
		if err != nil {
			return nil, err
		}
		scale := math.Sqrt(later / variance) // from a correlation to a covariance by the first variance
		predicted, err := r.Solution.Covariance(a, r.Times[first], r.Times[second])
		if err != nil {
			return nil, err
		}
		wrong, err := rival.Covariance(a, r.Times[first], r.Times[second])
		if err != nil {
			return nil, err
		}
		measured.Value, measured.StandardError = measured.Value*scale, measured.StandardError*scale
		where := r.where(a, first) + fmt.Sprintf(" and %g", r.Times[second])
		comparisons = append(comparisons, analysis.Near(where, measured, predicted/variance, margin).Against(wrong/variance))
	}
	return comparisons, nil
}

// Spikes compares the spikes of all pathways until the last time of a summary with those expected, per pair,
// within a margin, and with the rival that pairs of a neuron with itself count too.
func Spikes(name string, solution *shotnoise.Network, runs *simulate.Summary, margin float64) ([]analysis.Comparison, error) {
	var comparisons []analysis.Comparison
	last := len(runs.Times) - 1
	for a, target := range runs.Populations {
		for b, source := range runs.Populations {
			expected, err := solution.Spikes(a, b, 0, runs.Times[last])
			if err != nil {
				return nil, err
			}
			pairs, all := float64(solution.Count(a)*solution.Count(b)), 1.0
			if a == b {
				all = pairs / (pairs - float64(solution.Count(a)))
				pairs -= float64(solution.Count(a))
			}
			measured := analysis.Estimate{Value: runs.Spikes[last][a][b] / pairs, StandardError: runs.SpikesError[last][a][b] / pairs, DegreesOfFreedom: float64(runs.Replicas - 1)}
			near := analysis.Near(fmt.Sprintf("%s, spikes of class %s to class %s", name, source, target), measured, expected/pairs, margin)
			comparisons = append(comparisons, near.Against(all*expected/pairs))
		}
	}
	return comparisons, nil
}

// Poisson compares trains of constant rate, by replica, with a Poisson process, within a margin: the variance over
// mean of counts in windows of length 1, and the CV of intervals, both 1. The rival is an instrument that
// reads rival, such as 1.05, in their place.
func Poisson(replicas [][][]float64, from, to, margin, rival float64) ([]analysis.Comparison, error) {
	var counts, intervals []float64
	for _, trains := range replicas {
		fano, err := analysis.FanoFactors(trains, from, to, []float64{1})
		if err != nil {
			return nil, err
		}
		variation, err := analysis.IntervalVariation(trains, from, to)
		if err != nil {
			return nil, err
		}
		counts, intervals = append(counts, fano[0].Value), append(intervals, variation.Value)
	}
	count, err := analysis.MeanOf(counts)
	if err != nil {
		return nil, err
	}
	interval, err := analysis.MeanOf(intervals)
	if err != nil {
		return nil, err
	}
	return []analysis.Comparison{analysis.Near("variance over mean of counts", count, 1, margin).Against(rival), analysis.Near("CV of intervals", interval, 1, margin).Against(rival)}, nil
}
