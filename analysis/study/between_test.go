package study_test

import (
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

func TestVarianceOfMean(t *testing.T) {
	var replicas []bnn.Moments
	for _, mean := range []float64{1, 2, 3} {
		replicas = append(replicas, bnn.Moments{Mean: [][]float64{{0, 0}, {5, 2 * mean}}})
	}
	runs := &study.Runs[bnn.Moments]{Sizes: []study.Size{{N: 10, Replicas: 3}}, Seeds: []uint64{1}, Replicas: [][]bnn.Moments{replicas}}
	series, err := study.VarianceOfMean(runs, 1, 1)
	if err != nil || series.N[0] != 10 || series.Estimates[0].Value != 4 {
		t.Errorf("of 2, 4 and 6 it is %+v: %v", series, err)
	}
}
