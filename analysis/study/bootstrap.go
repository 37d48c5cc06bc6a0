package study

import "balanced/analysis"

// Bootstrap makes a series of a value that all replicas of a size give together, such as a ratio of averages, with the standard error
// of analysis.Bootstrap with a seed: that of the value for replicas drawn again. The function must not keep the slice. The error is what
// analysis.Bootstrap returns.
func (r *Runs[T]) Bootstrap(seed uint64, of func(replicas []T) float64) (*Series, error) {
	return r.Estimate(func(_ float64, replicas []T) (analysis.Estimate, error) {
		some := make([]T, len(replicas))
		return analysis.Bootstrap(len(replicas), seed, func(chosen []int) float64 {
			for k, i := range chosen {
				some[k] = replicas[i]
			}
			return of(some)
		})
	})
}
