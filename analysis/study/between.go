package study

import "balanced/bnn"

// VarianceOfMean is the unbiased variance over the replicas of each size of the mean of one population at one time, both counted
// from 0: how much a population as a whole varies from run to run. The errors are those of Runs.Covariance.
func VarianceOfMean(runs *Runs[bnn.Moments], row, population int) (*Series, error) {
	mean := func(m bnn.Moments) float64 { return m.Mean[row][population] }
	return runs.Covariance(mean, mean)
}
