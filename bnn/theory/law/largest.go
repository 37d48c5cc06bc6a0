package law

import "math"

// Largest is the expectation of the largest distance |v − mean| among N ≥ 1 independent neurons of
// this law, in units of its standard deviation: ∫ 1 − P(|u| ≤ x)^N dx.
func (l Law) Largest(neurons int) float64 {
	const steps, reach = 4000, 12.0
	sigma, sum := math.Sqrt(l.Variance), 0.0
	for i := range steps {
		x := reach * (float64(i) + 0.5) / steps * sigma
		within := min(max(l.Distribution(l.Mean+x)-l.Distribution(l.Mean-x), 0), 1)
		sum += (1 - math.Pow(within, float64(neurons))) * reach / steps
	}
	return sum
}

// GumbelMean is the same for Gaussians to leading orders as N ≥ 2 grows, the mean of a law of Gumbel
// with a = √(2 log 2N) (theory.md §22):
//
//	a − (log log 2N + log 4π)/(2a) + 0.5772/a.
//
// It is 1.5 % too large at N = 100 and 0.3 % at 10⁵, where the leading term alone, √(2 log N), is 10 and 6 %.
func GumbelMean(neurons int) float64 {
	a := math.Sqrt(2 * math.Log(2*float64(neurons)))
	return a - (math.Log(a*a/2)+math.Log(4*math.Pi))/(2*a) + 0.5772156649015329/a
}
