package study

import (
	"slices"

	"balanced/analysis"
)

// FanoFactors are those of trains in windows of some lengths from start to end, as analysis.FanoFactors has them for one replica,
// averaged over replicas, 2 or more: one a length. The error is that of analysis.FanoFactors and of Mean.
func FanoFactors(replicas [][][]float64, start, end float64, windows []float64) (all []analysis.Estimate, err error) {
	for k := range windows {
		values := make([]float64, len(replicas))
		for i, trains := range replicas {
			of, err := analysis.FanoFactors(trains, start, end, windows[k:k+1])
			if err != nil {
				return nil, err
			}
			values[i] = of[0].Value
		}
		mean, err := Mean(values, func(value float64) float64 { return value })
		if err != nil {
			return nil, err
		}
		all = append(all, mean)
	}
	return all, nil
}

// Between are the parts of trains, which are sorted, from a time on and before another: what a raster of a while shows. They are
// not copied.
func Between(trains [][]float64, from, to float64) (parts [][]float64) {
	for _, train := range trains {
		first, _ := slices.BinarySearch(train, from)
		last, _ := slices.BinarySearch(train, to)
		parts = append(parts, train[first:max(first, last)])
	}
	return parts
}
