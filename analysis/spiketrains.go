package analysis

import (
	"fmt"
	"math"

	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/bnn"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// FanoFactors returns, for each length of window, the variance of the number of spikes in
// a window over its mean, which is 1 for a Poisson process:
//
//	F = ⟨(N − N̄)²⟩ / N̄,
//
// averaged over the trains and the adjacent windows that fit from the time from, on up to
// the time to. N̄ is the mean of all of them, so that slow changes count, from train to
// train as well: the trains must be alike, of neurons of one population that is
// stationary. Value and standard error are by the jackknife over the trains, which must be
// independent; there are as many degrees of freedom as trains less 1. The trains of one run
// are not quite: correlations of order 1/n between n neurons make the standard error too
// small at order 1, so that a test takes one train a run, or resamples runs (Bootstrap).
//
// trains[i] are the times of the spikes of train i, in order; there are 2 or more trains,
// which may be silent but for 2 of them. Windows are > 0 and no longer than to − from. The
// error is a *bnn.InputError.
func FanoFactors(trains [][]float64, from, to float64, windows []float64) ([]Estimate, error) {
	if err := checkTrains(trains); err != nil {
		return nil, err
	}
	if err := check.Finite("from", from); err != nil {
		return nil, err
	}
	if !(to > from) || math.IsInf(to, 1) {
		return nil, &bnn.InputError{Path: "to", Value: number.Exact(to), Allowed: "a finite number above from = " + number.Exact(from)}
	}
	if err := check.Count("windows", len(windows), 1); err != nil {
		return nil, err
	}
	var factors []Estimate
	for i, window := range windows {
		path := fmt.Sprintf("windows[%d]", i)
		if !(window > 0 && window <= to-from) {
			return nil, &bnn.InputError{Path: path, Value: number.Exact(window), Allowed: "a number > 0, no more than to − from = " + number.Exact(to-from)}
		}
		factor, err := fanoFactor(trains, from, to, window)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		factors = append(factors, factor)
	}
	return factors, nil
}

func fanoFactor(trains [][]float64, from, to, window float64) (Estimate, error) {
	count := math.Floor((to - from) / window * (1 + 1e-12)) // 1e-12: 0.3/0.1 is 3
	sums, squares := make([]float64, len(trains)), make([]float64, len(trains))
	sum, square, active := 0.0, 0.0, 0
	for i, train := range trains {
		last, spikes := -1.0, 0.0
		for _, t := range train {
			here := math.Floor((t - from) / window)
			if here < 0 || here >= count {
				continue
			}
			sums[i]++
			if here != last {
				squares[i] += spikes * spikes
				last, spikes = here, 0
			}
			spikes++
		}
		squares[i] += spikes * spikes
		sum, square = sum+sums[i], square+squares[i]
		if sums[i] > 0 {
			active++
		}
	}
	if active < 2 {
		return Estimate{}, &bnn.InputError{Path: "trains", Value: fmt.Sprintf("%d trains with a spike in a window", active), Allowed: "2 or more of them"}
	}
	return jackknife(len(trains), func(without int) float64 {
		first, second, total := sum, square, float64(len(trains))
		if without >= 0 {
			first, second, total = first-sums[without], second-squares[without], total-1
		}
		mean := first / (count * total)
		return (second/(count*total) - mean*mean) / mean // sums of integers: no rounding
	})
}

// IntervalVariation returns the coefficient of variation of the intervals between
// successive spikes that begin at a time t, from ≤ t < to: their standard deviation over
// their mean, all trains together. It is 1 for a Poisson process and 0 for a clock. Value
// and standard error are by the jackknife over those trains that have such intervals; there
// must be 2 or more of them, alike and independent.
//
// Trains that go on long after to, so that every interval comes to its end, leave out no
// long ones; otherwise they should last some hundred mean intervals for this not to matter.
// The error is a *bnn.InputError.
func IntervalVariation(trains [][]float64, from, to float64) (Estimate, error) {
	if err := checkTrains(trains); err != nil {
		return Estimate{}, err
	}
	if !(from < to) {
		return Estimate{}, &bnn.InputError{Path: "to", Value: fmt.Sprint(to), Allowed: fmt.Sprintf("more than from = %g", from)}
	}
	var begun [][]float64 // intervals, by train
	var counts, sums []float64
	count, sum := 0.0, 0.0
	for _, train := range trains {
		var own []float64
		total := 0.0
		for k := 1; k < len(train); k++ {
			if before := train[k-1]; before >= from && before < to {
				own, total = append(own, train[k]-before), total+train[k]-before
			}
		}
		if len(own) > 0 {
			begun, counts, sums = append(begun, own), append(counts, float64(len(own))), append(sums, total)
			count, sum = count+float64(len(own)), sum+total
		}
	}
	if len(counts) < 2 || !(sum > 0) {
		return Estimate{}, &bnn.InputError{Path: "trains", Value: fmt.Sprintf("%d trains of 2 or more spikes", len(counts)), Allowed: "2 or more of them, with spikes at different times"}
	}
	center := sum / count // squares about the mean do not cancel
	squares, square := make([]float64, 0, len(counts)), 0.0
	for _, intervals := range begun {
		own := 0.0
		for _, interval := range intervals {
			own += (interval - center) * (interval - center)
		}
		squares, square = append(squares, own), square+own
	}
	return jackknife(len(counts), func(without int) float64 {
		number, first, second := count, sum, square
		if without >= 0 {
			number, first, second = number-counts[without], first-sums[without], second-squares[without]
		}
		mean := first / number
		return math.Sqrt(max(0, second/number-(mean-center)*(mean-center))) / mean
	})
}

// checkTrains refuses times that are missing or out of order.
func checkTrains(trains [][]float64) error {
	if len(trains) < 2 {
		return &bnn.InputError{Path: "trains", Value: fmt.Sprintf("%d trains", len(trains)), Allowed: "2 or more, to know the standard error"}
	}
	for i, train := range trains {
		for k, t := range train {
			if math.IsNaN(t) || math.IsInf(t, 0) || k > 0 && t < train[k-1] {
				return &bnn.InputError{Path: fmt.Sprintf("trains[%d][%d]", i, k), Value: number.Exact(t), Allowed: "a finite number, no less than the time before"}
			}
		}
	}
	return nil
}

// CountCovariance returns the covariance of the numbers of spikes of two different trains in one
// window, averaged over all pairs of the trains and over the adjacent windows that fit from the time
// from on up to the time to, in which it is unbiased if windows are independent of each other. It is
// what theory.CountCovariance predicts for neurons of one population. There are 2 or more trains, and
// windows; the cost is one pass over the spikes. A single number has no error: several runs have.
// The error is a *bnn.InputError.
func CountCovariance(trains [][]float64, from, to, window float64) (float64, error) {
	if err := checkTrains(trains); err != nil {
		return 0, err
	}
	if !(window > 0) || !((to-from)/window >= 2) {
		return 0, &bnn.InputError{Path: "window", Value: fmt.Sprint(window), Allowed: "positive, and at most half of to − from"}
	}
	number := int((to - from) / window * (1 + 1e-12))
	counts := make([]float64, number) // of all trains together
	variances, own := 0.0, make([]float64, number)
	for _, train := range trains {
		clear(own)
		for _, t := range train {
			if i := int(math.Floor((t - from) / window)); i >= 0 && i < number {
				own[i]++
			}
		}
		variances += stat.Variance(own, nil)
		floats.Add(counts, own)
	}
	pairs := float64(len(trains)) * float64(len(trains)-1)
	return (stat.Variance(counts, nil) - variances) / pairs, nil
}
