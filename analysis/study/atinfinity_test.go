package study_test

import (
	"errors"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

// Moments that are exactly a value and a correction of order n to the power −1/2, but for noise that cancels.
func TestAllAtInfinity(t *testing.T) {
	runs := &study.Runs[bnn.Moments]{Seeds: []uint64{1, 2, 3, 4}}
	for i, n := range []int{100, 400, 1600, 6400} {
		runs.Sizes = append(runs.Sizes, study.Size{N: n, Replicas: 2})
		var replicas []bnn.Moments
		for _, noise := range []float64{-0.01, 0.01} {
			m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
			for a := range 2 {
				m.Mean[1][a] = 1 + float64(a) + float64(int(8)>>i) + noise
				m.Variance[1][a] = 3 + float64(a) + noise
			}
			replicas = append(replicas, m)
		}
		runs.Replicas = append(runs.Replicas, replicas)
	}
	theory, rival := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1}), bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
	theory.Mean[1], theory.Variance[1] = []float64{1, 2}, []float64{3, 4}
	rival.Mean[1][1] = 7
	both := []bnn.Quantity{bnn.Means, bnn.Variances}
	all, err := study.AllAtInfinity("some", runs, both, []int{1}, &theory, &rival, 0.1)
	if err != nil || len(all) != 4 {
		t.Fatalf("%v: %v", all, err)
	}
	for i, c := range all {
		if off := c.Measured.Value - []float64{1, 2, 3, 4}[i]; off > 1e-9 || off < -1e-9 {
			t.Errorf("%s is off by %v", c.Where, off)
		}
	}
	if all[1].Where != "some, mean of I at t = 1" || all[1].Low != 1.9 || all[1].High != 2.1 {
		t.Errorf("the second is %+v", all[1])
	}
	var bad *bnn.InputError
	if _, err := study.AllAtInfinity("some", runs, []bnn.Quantity{"colour"}, []int{1}, &theory, &rival, 0.1); !errors.As(err, &bad) {
		t.Errorf("of another quantity: %v", err)
	}
	if _, err := study.AllAtInfinity("some", runs, both, []int{2}, &theory, &rival, 0.1); !errors.As(err, &bad) {
		t.Errorf("at a time that there is not: %v", err)
	}
}
