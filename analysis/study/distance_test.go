package study_test

import (
	"math"
	"slices"
	"testing"

	"balanced/analysis/study"
	"balanced/bnn"
)

// The first time does not count, and the square is no square of the mean.
func TestDistance(t *testing.T) {
	m, from := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1, 2}), bnn.NewMoments([]string{"E", "I"}, []float64{0, 1, 2})
	for i, value := range []float64{100, 3, -1} {
		m.Variance[i][1] = value
	}
	from.Variance[1][1] = 1
	difference, square := study.Distance(&m, &from, bnn.Variances, 1)
	if difference != 0.5 || square != 2.5 {
		t.Errorf("difference %v and square %v, not 0.5 and 2.5", difference, square)
	}
	if alone := study.MeanDifference(&m, &from, bnn.Variances, 1); alone != difference {
		t.Errorf("by itself it is %v", alone)
	}
	if difference, square = study.Distance(&m, &from, bnn.Means, 1); difference != 0 || square != 0 {
		t.Errorf("the means differ by %v", difference)
	}
}

// Of the populations and times but the first: 10 % more in one of four places, 30 % less in another.
func TestRelativeDistance(t *testing.T) {
	m, from := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1, 2}), bnn.NewMoments([]string{"E", "I"}, []float64{0, 1, 2})
	for i := range 3 {
		for a := range 2 {
			m.Variance[i][a], from.Variance[i][a] = 2, 2
		}
	}
	m.Variance[0][0], m.Variance[1][0], m.Variance[2][1] = 7, 2.2, 1.4
	if off := study.RelativeDistance(&m, &from, bnn.Variances); math.Abs(off+0.05) > 1e-12 {
		t.Errorf("the distance is %v, not −0.05", off)
	}
}

// Of all populations and times, and without its sign.
func TestLargest(t *testing.T) {
	m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
	m.Mean[0][0], m.Mean[1][1], m.Variance[1][0] = 2, -3, 7
	if most := study.Largest(&m, bnn.Means); most != 3 {
		t.Errorf("the largest mean is %v, not 3", most)
	}
	if most := study.Largest(&bnn.Moments{}, bnn.Means); most != 0 {
		t.Errorf("of nothing it is %v", most)
	}
}

func TestOff(t *testing.T) {
	m := &bnn.Moments{Times: []float64{0, 1}, Mean: [][]float64{{1, 2}, {3, 5}}}
	from := &bnn.Moments{Times: []float64{0, 1}, Mean: [][]float64{{1, 1}, {1, 1}}}
	if off := study.Off(m, from, bnn.Means, 1); !slices.Equal(off, []float64{1, 4}) {
		t.Errorf("off by %v", off)
	}
}
