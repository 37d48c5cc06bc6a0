package study

import "balanced/bnn/simulate"

// ExactUpTo is the plan of an ensemble that is looked at at the same times whatever its size: simulated exactly
// where n is at most the largest, and beyond it by another method, such as a simulate.Leap, whose cost does not grow with the
// number of spikes. Ensembles that name a method themselves are simulated by it up to the largest.
func ExactUpTo(largest int, ensemble simulate.Ensemble, beyond simulate.Method, times []float64) Plan {
	return func(n int) (simulate.Ensemble, []float64) {
		sized := ensemble
		if n > largest {
			sized.Method = beyond
		}
		return sized, times
	}
}

// AllSizes is the plan of an ensemble that is simulated by its own method and looked at at the same times, whatever its size.
func AllSizes(ensemble simulate.Ensemble, times []float64) Plan {
	return func(int) (simulate.Ensemble, []float64) { return ensemble, times }
}
