package study

import (
	"fmt"
	"math"

	"balanced/analysis"
	"balanced/bnn"
)

// Record is √n times a quantity of one population, counted from 0, over the times from one on: a series for each replica, as
// analysis.WelchSpectrum and Autocovariances take them. The covariances of what is recorded are n times those of the
// quantity, which have a limit. The error is a *bnn.InputError for a replica without such a population.
func Record(replicas []bnn.Moments, quantity bnn.Quantity, population int, from float64, n int) ([][]float64, error) {
	records := make([][]float64, len(replicas))
	for r, m := range replicas {
		series, err := m.Series(quantity, population)
		if err != nil {
			return nil, err
		}
		for i, t := range m.Times {
			if t >= from {
				records[r] = append(records[r], math.Sqrt(float64(n))*series[i])
			}
		}
	}
	return records, nil
}

// OverTime is the Course, from the first time on, of what a function says of the means of replicas, over what stands in x for their
// times, one a time, such as times in another unit. The error is that of Course, and a *bnn.InputError for another number of times.
func OverTime(replicas []bnn.Moments, x []float64, every int, of func(mean []float64) float64) (*Series, error) {
	series, err := Course(replicas, 0, every, func(m bnn.Moments, row int) float64 { return of(m.Mean[row]) })
	if err != nil {
		return nil, err
	}
	if rows := len(replicas[0].Times); len(x) != rows {
		return nil, &bnn.InputError{Path: "x", Value: fmt.Sprint(len(x)), Allowed: fmt.Sprintf("one for each of the %d times", rows)}
	}
	for i := range series.N {
		series.N[i] = x[i*every]
	}
	return series, nil
}

// Lagged are the covariances of records with themselves, by analysis.Autocovariances, at lags ≥ 0 that are whole numbers of
// steps: a Series over the lag. Errors are those of Autocovariances.
func Lagged(records [][]float64, step float64, lags ...float64) (*Series, error) {
	longest := 0.0
	for _, lag := range lags {
		if rows := lag / step; lag < 0 || math.Abs(rows-math.Round(rows)) > 1e-6 {
			return nil, &bnn.InputError{Path: "lags", Value: fmt.Sprint(lag), Allowed: fmt.Sprintf("whole numbers ≥ 0 of steps of %g", step)}
		}
		longest = max(longest, lag)
	}
	covariances, err := analysis.Autocovariances(records, step, longest)
	if err != nil {
		return nil, err
	}
	series := &Series{Over: "lag"}
	for _, lag := range lags {
		series.N, series.Estimates = append(series.N, lag), append(series.Estimates, covariances.Covariance[int(math.Round(lag/step))])
	}
	return series, nil
}

// Spectral is the spectrum of records, by analysis.WelchSpectrum, at the chosen of its frequencies, by their numbers from 0 on: a
// Series over the angular frequency ω. Errors are those of WelchSpectrum, and a *bnn.InputError for a number it has not.
func Spectral(records [][]float64, step float64, width int, chosen ...int) (*Series, error) {
	spectrum, err := analysis.WelchSpectrum(records, step, width)
	if err != nil {
		return nil, err
	}
	series := &Series{Over: "ω"}
	for _, i := range chosen {
		if err := bnn.CheckIndex("chosen", i, len(spectrum.Frequencies)); err != nil {
			return nil, err
		}
		series.N, series.Estimates = append(series.N, spectrum.Frequencies[i]), append(series.Estimates, spectrum.Density[i])
	}
	return series, nil
}
