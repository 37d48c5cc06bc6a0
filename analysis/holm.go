package analysis

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// Holm returns the p-values of several tests, adjusted for their number: those below a
// false alarm α may be rejected, and the probability that a true claim is among them is
// α at most, however the tests depend on each other. The i-th smallest of N becomes
//
//	max_{j ≤ i} min(1, (N − j + 1) p_(j)),   i, j = 1 … N,
//
// which is never more than Bonferroni's N p (S. Holm, Scand. J. Stat. 6, 65–70, 1979).
// The order stays. NaN, a test without an outcome, stays NaN; it counts in N, as the test
// was meant to be made.
func Holm(pValues []float64) []float64 {
	sorted, order := slices.Clone(pValues), make([]int, len(pValues))
	for i, p := range sorted {
		if math.IsNaN(p) {
			sorted[i] = math.Inf(1) // last, so that it changes none of the others
		}
	}
	floats.Argsort(sorted, order)
	adjusted, largest := make([]float64, len(pValues)), 0.0
	for j, p := range sorted {
		largest = max(largest, min(1, float64(len(sorted)-j)*p))
		adjusted[order[j]] = largest
	}
	for i, p := range pValues {
		if math.IsNaN(p) {
			adjusted[i] = p
		}
	}
	return adjusted
}
