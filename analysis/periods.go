package analysis

import (
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/dsp/fourier"
	"gonum.org/v1/gonum/dsp/window"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// Period estimates the period of a series that goes round: the mean time between
// upward passages through a level, interpolated between the two values about it. A
// passage counts once the series has been below arm ≤ level since the one before, so
// that noise near the level does not make two of one. Times are increasing.
//
// The periods between 3 or more passages are taken to be independent, as those of a
// cycle are whose phase diffuses. The error is a *bnn.InputError.
func Period(times, series []float64, arm, level float64) (Estimate, error) {
	if len(times) != len(series) {
		return Estimate{}, &bnn.InputError{Path: "series", Value: number.Exact(float64(len(series))) + " values", Allowed: "one a time"}
	}
	if !(arm <= level) {
		return Estimate{}, &bnn.InputError{Path: "arm", Value: number.Exact(arm), Allowed: "at most the level " + number.Exact(level)}
	}
	var periods []float64
	armed, last := false, math.NaN()
	for i, value := range series {
		if armed && i > 0 && series[i-1] < level && value >= level {
			at := times[i-1] + (times[i]-times[i-1])*(level-series[i-1])/(value-series[i-1])
			if !math.IsNaN(last) {
				periods = append(periods, at-last)
			}
			armed, last = false, at
		}
		armed = armed || value < arm
	}
	if len(periods) < 2 {
		return Estimate{}, &bnn.InputError{Path: "series", Value: number.Exact(float64(len(periods))) + " periods", Allowed: "one that passes the level 3 times or more"}
	}
	return MeanOf(periods)
}

// RingingFrequency returns the angular frequency at which a series rings, whose values
// are step > 0 apart: the centroid of its spectrum around the highest peak, as far as it
// exceeds half of that. The spectrum is the mean of the periodograms of windows of so
// many values, 16 or more, which overlap by half and are tapered by the window of Hann
// (P. D. Welch, IEEE Trans. Audio Electroacoust. 15, 70–73, 1967). Its resolution is
// 2π/(window·step). The cost is O(N log window). The error is a *bnn.InputError.
func RingingFrequency(series []float64, step float64, width int) (float64, error) {
	if width < 16 || width > len(series) {
		return 0, &bnn.InputError{Path: "width", Value: number.Exact(float64(width)), Allowed: "from 16 to the number of values"}
	}
	if !(step > 0) || math.IsInf(step, 1) {
		return 0, &bnn.InputError{Path: "step", Value: number.Exact(step), Allowed: "a finite number > 0"}
	}
	transform := fourier.NewFFT(width)
	power := make([]float64, width/2+1)
	for from := 0; from+width <= len(series); from += width / 2 {
		piece := slices.Clone(series[from : from+width])
		mean := 0.0
		for _, value := range piece {
			mean += value / float64(width)
		}
		for i := range piece {
			piece[i] -= mean
		}
		for k, c := range transform.Coefficients(nil, window.Hann(piece)) {
			power[k] += real(c * cmplx.Conj(c))
		}
	}
	peak := 1
	for k := 1; k < len(power); k++ {
		if power[k] > power[peak] {
			peak = k
		}
	}
	if !(power[peak] > 0) || math.IsInf(power[peak], 1) {
		return 0, &bnn.InputError{Path: "series", Value: "a series without a peak", Allowed: "finite and not constant"}
	}
	low, high := peak, peak
	for low > 1 && power[low-1] > power[peak]/2 {
		low--
	}
	for high < len(power)-1 && power[high+1] > power[peak]/2 {
		high++
	}
	sum, moment := 0.0, 0.0
	for k := low; k <= high; k++ {
		sum, moment = sum+power[k], moment+float64(k)*power[k]
	}
	return 2 * math.Pi * moment / sum / (float64(width) * step), nil
}
