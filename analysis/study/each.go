package study

import (
	"balanced/analysis"
	"balanced/bnn/simulate"
)

// Each is a series over x of an estimate for each of its places, counted from 0. Its error is the first that is returned.
func Each(x []float64, of func(i int) (analysis.Estimate, error)) (*Series, error) {
	series := &Series{N: x}
	for i := range x {
		e, err := of(i)
		if err != nil {
			return nil, err
		}
		series.Estimates = append(series.Estimates, e)
	}
	return series, nil
}

// Spikes is the estimate of how many spikes a summary has at one of its times on the pathway to population a from b, all
// counted from 0.
func Spikes(runs *simulate.Summary, row, a, b int) analysis.Estimate {
	return analysis.Estimate{
		Value: runs.Spikes[row][a][b], StandardError: runs.SpikesError[row][a][b], DegreesOfFreedom: float64(runs.Replicas - 1),
	}
}
