// Package solvable lays simulated potentials beside the exact solution of a network that does not listen
// (package shotnoise): cumulants, covariances over time, and what neurons, populations, replicas and seeds
// may not share. Each comparison has the prediction of a named rival, for analysis.Claim.
package solvable

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/analysis/study"
	"balanced/bnn"
	"balanced/bnn/theory/shotnoise"
)

// Runs are the potentials of replicas at some times, and the solution of their network.
type Runs struct {
	Name     string             // of the simulator, for the words of comparisons
	Solution *shotnoise.Network // of which no population that is asked for hears one that listens
	Times    []float64
	Replicas [][][][]float64 // by replica, time, population and neuron
}

// where says in words what was measured.
func (r *Runs) where(a, row int) string {
	return fmt.Sprintf("%s, class %s, t = %g", r.Name, r.Solution.Populations()[a], r.Times[row])
}

// moments are the known mean and variance.
func moments(solution *shotnoise.Network, a int, t float64) (mean, variance float64, err error) {
	if mean, err = solution.Cumulant(1, a, t); err != nil {
		return 0, 0, err
	}
	variance, err = solution.Cumulant(2, a, t)
	return mean, variance, err
}

// Cumulant estimates the first, second or third cumulant of population a at one of the times, counted from 0.
// The Hermite polynomials x, x² and x³ − 3Kx of x = v − m have them for their expectation, with the known
// mean m and variance K; they are averaged over the neurons of a replica, and then over replicas.
func (r *Runs) Cumulant(k, a, row int) (analysis.Estimate, error) {
	if k < 1 || k > 3 {
		return analysis.Estimate{}, &bnn.InputError{Path: "k", Value: fmt.Sprint(k), Allowed: "1, 2 or 3"}
	}
	mean, variance, err := moments(r.Solution, a, r.Times[row])
	if err != nil {
		return analysis.Estimate{}, err
	}
	return study.Mean(r.Replicas, func(replica [][][]float64) float64 {
		sum := 0.0
		for _, v := range replica[row][a] {
			x := v - mean
			switch k {
			case 1:
				sum += v
			case 2:
				sum += x * x
			case 3:
				sum += x*x*x - 3*variance*x
			}
		}
		return sum / float64(len(replica[row][a]))
	})
}

// Cumulants compares all of them up to the given order, at some of the times, within a margin and with
// the solution of a rival network.
func (r *Runs) Cumulants(order int, margin float64, rival *shotnoise.Network, rows ...int) ([]analysis.Comparison, error) {
	var comparisons []analysis.Comparison
	for a := range r.Solution.Populations() {
		for _, row := range rows {
			for k := 1; k <= order; k++ {
				measured, err := r.Cumulant(k, a, row)
				if err != nil {
					return nil, err
				}
				predicted, err := r.Solution.Cumulant(k, a, r.Times[row])
				if err != nil {
					return nil, err
				}
				wrong, err := rival.Cumulant(k, a, r.Times[row])
				if err != nil {
					return nil, err
				}
				where := fmt.Sprintf("%s, cumulant %d", r.where(a, row), k)
				comparisons = append(comparisons, analysis.Near(where, measured, predicted, margin).Against(wrong))
			}
		}
	}
	return comparisons, nil
}

// Sums has, by replica, Σ_j (v_j − m) / √(N K) over the N neurons of population a: of variance 1 if they
// are independent.
func (r *Runs) Sums(a, row int) ([]float64, error) {
	mean, variance, err := moments(r.Solution, a, r.Times[row])
	if err != nil {
		return nil, err
	}
	sums := make([]float64, len(r.Replicas))
	for i, replica := range r.Replicas {
		for _, v := range replica[row][a] {
			sums[i] += (v - mean) / math.Sqrt(float64(len(replica[row][a]))*variance)
		}
	}
	return sums, nil
}

// product averages the products of two columns, as far as both go: a correlation, if they are standardised.
func product(x, y []float64) (analysis.Estimate, error) {
	products := make([]float64, min(len(x), len(y)))
	for i := range products {
		products[i] = x[i] * y[i]
	}
	return analysis.MeanOf(products)
}
