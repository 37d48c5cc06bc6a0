package study_test

import (
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
	if difference, square = study.Distance(&m, &from, bnn.Means, 1); difference != 0 || square != 0 {
		t.Errorf("the means differ by %v", difference)
	}
}
