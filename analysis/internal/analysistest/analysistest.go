// Package analysistest has simulations that tests of statistics and of figures share.
package analysistest

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// Summary makes a simulation of normal replicas around a prediction, with one error
// planted at the last time of the last population.
func Summary(random *rand.Rand, replicas, times int, planted float64) (*simulate.Summary, *bnn.Trajectory) {
	moments := func() bnn.Moments {
		m := bnn.Moments{Populations: []string{"E", "I"}}
		for row := range times {
			m.Times = append(m.Times, float64(row))
			for _, table := range []*[][]float64{&m.Mean, &m.Variance, &m.Third, &m.Rate} {
				*table = append(*table, make([]float64, 2))
			}
		}
		return m
	}
	runs := &simulate.Summary{N: 100, Replicas: replicas, Moments: moments(), StandardError: moments()}
	prediction := &bnn.Trajectory{Moments: moments()}
	for row := range times {
		for a := range 2 {
			prediction.Variance[row][a] = 0.5
			sample := make([]float64, replicas)
			for i := range sample {
				sample[i] = 0.5 + 0.05*random.NormFloat64()
				if row == times-1 && a == 1 {
					sample[i] += planted
				}
			}
			mean, deviation := stat.MeanStdDev(sample, nil)
			runs.Variance[row][a] = mean
			runs.StandardError.Variance[row][a] = stat.StdErr(deviation, float64(replicas))
		}
	}
	return runs, prediction
}

// Near fails the test unless a number is wanted up to a tolerance.
func Near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %.8g, want %.8g ± %g", what, got, want, tolerance)
	}
}
