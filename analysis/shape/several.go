package shape

import (
	"fmt"

	"balanced/analysis"
	"balanced/bnn"
)

// Pairs is Cov(f(v_i), f(v_j)) of two different neurons of a population, from all pairs of all replicas, 2
// or more of 2 or more neurons: the variance over replicas of the average of f, less what one neuron
// shares with itself, 1/N of the variance within a replica. It is unbiased. The standard error is that of
// the mean over replicas of these products, right up to relative order 1/replicas. The error is a *bnn.InputError.
func Pairs(replicas [][]float64, f func(v float64) float64) (analysis.Estimate, error) {
	averages, within := make([]float64, len(replicas)), make([]float64, len(replicas))
	var mean float64
	for r, sample := range replicas {
		if len(sample) < 2 {
			return analysis.Estimate{}, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", r), Value: fmt.Sprint(len(sample)), Allowed: "2 or more neurons"}
		}
		neurons, sum, squares := float64(len(sample)), 0.0, 0.0
		for _, v := range sample {
			sum += f(v) / neurons
		}
		for _, v := range sample {
			squares += (f(v) - sum) * (f(v) - sum) / (neurons - 1)
		}
		averages[r], within[r] = sum, squares/neurons
		mean += sum / float64(len(replicas))
	}
	products, count := make([]float64, len(replicas)), float64(len(replicas))
	for r := range replicas {
		products[r] = (averages[r]-mean)*(averages[r]-mean)*count/max(count-1, 1) - within[r]
	}
	return analysis.MeanOf(products)
}

// PairsOf is Pairs of a function of the potential, as a function of the replicas alone.
func PairsOf(f func(v float64) float64) func(replicas [][]float64) (analysis.Estimate, error) {
	return func(replicas [][]float64) (analysis.Estimate, error) { return Pairs(replicas, f) }
}

// Potential is the function of the potential that is the potential itself.
func Potential(v float64) float64 { return v }

// Together is the probability that k ≥ 1 different neurons of a population are all in a set, from all groups of k in
// all replicas, 2 or more of k or more neurons: the unbiased Π_{j<k} (M − j)/(N − j), M of the N neurons
// of a replica being in the set, averaged. For independent neurons it is the k-th power of that of
// one. The error is a *bnn.InputError.
func Together(replicas [][]float64, k int, in func(v float64) bool) (analysis.Estimate, error) {
	if k < 1 {
		return analysis.Estimate{}, &bnn.InputError{Path: "k", Value: fmt.Sprint(k), Allowed: "1 or more"}
	}
	shares := make([]float64, len(replicas))
	for r, sample := range replicas {
		if len(sample) < k {
			return analysis.Estimate{}, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", r), Value: fmt.Sprint(len(sample)), Allowed: fmt.Sprintf("%d or more neurons", k)}
		}
		inside := 0
		for _, v := range sample {
			if in(v) {
				inside++
			}
		}
		shares[r] = 1
		for j := range k {
			shares[r] *= float64(inside-j) / float64(len(sample)-j)
		}
	}
	return analysis.MeanOf(shares)
}

// TogetherAbove is Together for potentials above a level.
func TogetherAbove(replicas [][]float64, k int, level float64) (analysis.Estimate, error) {
	return Together(replicas, k, func(v float64) bool { return v > level })
}
