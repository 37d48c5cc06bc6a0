package figure

import (
	"math"
	"slices"

	"balanced/analysis/internal/check"

	"gonum.org/v1/gonum/stat/distuv"
)

// QuantilePanel compares a sample with the normal law of a mean and a variance: the
// standardised values (v − mean)/√variance, in order, against the quantiles of the
// standard normal law. They lie along the grey line if the sample has that law. The name
// is the title of the panel.
//
// The i-th of N values stands at the quantile of (i − 3/8)/(N + 1/4), nearly its
// expectation (G. Blom, Statistical Estimates and Transformed Beta-Variables, 1958). Of
// more than 200 values the 30 least and the 30 greatest are drawn, and 140 between them
// at even distances on the axis. The error is a *bnn.InputError for fewer than two
// values, values that are not finite or a variance that is not positive.
func QuantilePanel(name string, color Color, sample []float64, mean, variance float64) (Panel, error) {
	if err := check.Sample("sample", sample); err != nil {
		return Panel{}, err
	}
	law, err := check.Normal(mean, variance)
	if err != nil {
		return Panel{}, err
	}
	if err := checkColor("quantiles", color); err != nil {
		return Panel{}, err
	}
	ordered := slices.Sorted(slices.Values(sample))
	points := Points{Name: "quantiles of the sample", Color: color}
	for _, i := range drawnRanks(len(ordered)) {
		points.X = append(points.X, normalQuantile(i, len(ordered)))
		points.Y = append(points.Y, (ordered[i]-law.Mu)/law.Sigma)
	}
	ends := []float64{points.X[0], points.X[len(points.X)-1]}
	return Panel{
		Title:  name,
		X:      Axis{Label: "quantile of the normal law"},
		Y:      Axis{Label: "standardised sample"},
		Lines:  []Line{{Name: "normal law", X: ends, Y: ends, Color: Grey}},
		Points: []Points{points},
	}, nil
}

// normalQuantile is where the value of rank i, from 0, of so many is expected.
func normalQuantile(i, count int) float64 {
	return distuv.UnitNormal.Quantile((float64(i) + 1 - 0.375) / (float64(count) + 0.25))
}

// drawnRanks are the ranks of a sample to be drawn, increasing.
func drawnRanks(count int) []int {
	const most, tail = 200, 30
	var ranks []int
	if count <= most {
		for i := range count {
			ranks = append(ranks, i)
		}
		return ranks
	}
	for i := range tail {
		ranks = append(ranks, i)
	}
	const middle = most - 2*tail
	from, to := normalQuantile(tail, count), normalQuantile(count-tail-1, count)
	for k := range middle {
		x := from + (to-from)*float64(k)/(middle-1)
		i := int(math.Round(distuv.UnitNormal.CDF(x)*(float64(count)+0.25) + 0.375 - 1))
		if i > ranks[len(ranks)-1] && i < count-tail {
			ranks = append(ranks, i)
		}
	}
	for i := count - tail; i < count; i++ {
		ranks = append(ranks, i)
	}
	return ranks
}
