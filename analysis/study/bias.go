package study

import (
	"math"

	"balanced/analysis"
	"balanced/bnn"
)

// Bias is the average over replicas of the Distance from what a theory says at each size, of one quantity of one population
// counted from 0. Its error is that of the average: what is left where many replicas are averaged is the theory's.
func Bias(runs *Runs[bnn.Moments], quantity bnn.Quantity, population int, theory func(n float64) *bnn.Moments) (*Series, error) {
	return runs.Estimate(func(n float64, replicas []bnn.Moments) (analysis.Estimate, error) {
		from := theory(n)
		return Mean(replicas, func(m bnn.Moments) float64 {
			difference, _ := Distance(&m, from, quantity, population)
			return difference
		})
	})
}

// OfOneRun is the root mean square Distance of a single replica from what a theory says at each size: its bias and
// its fluctuation together.
func OfOneRun(runs *Runs[bnn.Moments], quantity bnn.Quantity, population int, theory func(n float64) *bnn.Moments) (*Series, error) {
	squares, err := runs.Estimate(func(n float64, replicas []bnn.Moments) (analysis.Estimate, error) {
		from := theory(n)
		return Mean(replicas, func(m bnn.Moments) float64 {
			_, square := Distance(&m, from, quantity, population)
			return square
		})
	})
	if err != nil {
		return nil, err
	}
	return squares.Transformed(func(_, square float64) float64 { return math.Sqrt(square) }), nil
}

// Always is the theory that is the same at every size, such as the limit.
func Always(moments *bnn.Moments) func(n float64) *bnn.Moments {
	return func(float64) *bnn.Moments { return moments }
}
