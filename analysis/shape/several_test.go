package shape_test

import (
	"math"
	"testing"

	"balanced/analysis/shape"
)

// By hand: of two replicas of two neurons, and of all pairs of a replica of three.
func TestSeveralByHand(t *testing.T) {
	// Averages 2 and 5 with 1/N of the variances within, 1 and 4: 4.5 − 2.5.
	pairs, err := shape.PairsOf(shape.Potential)([][]float64{{1, 3}, {3, 7}})
	if err != nil || math.Abs(pairs.Value-2) > 1e-12 {
		t.Errorf("the covariance is %v, not 2: %v", pairs.Value, err)
	}
	// Of three neurons with two inside, one pair of three.
	together, err := shape.TogetherAbove([][]float64{{1, 1, 0}, {1, 1, 0}}, 2, 0.5)
	if err != nil || math.Abs(together.Value-1.0/3) > 1e-12 {
		t.Errorf("the share is %v, not 1/3: %v", together.Value, err)
	}
	none, err := shape.Together([][]float64{{1, 0, 0}, {1, 0, 0}}, 3, func(v float64) bool { return v > 0.5 })
	if err != nil || none.Value != 0 {
		t.Errorf("three of one: %v, %v", none.Value, err)
	}
}

// Neurons with a common shift of variance s² = 0.0025 have that covariance; two are above the mean together with the
// probability 1/4 + arcsin(s²/(1+s²))/2π.
func TestSeveralOfACommonShift(t *testing.T) {
	replicas := sample(4000, 50, 9, func(z float64) float64 { return z })
	pairs, err := shape.Pairs(replicas, func(v float64) float64 { return v })
	if err != nil || math.Abs(pairs.Value-0.0025) > 4*pairs.StandardError || pairs.StandardError > 0.001 {
		t.Errorf("%+v, not 0.0025: %v", pairs, err)
	}
	together, err := shape.Together(replicas, 2, func(v float64) bool { return v > 0 })
	if want := 0.25 + math.Asin(0.0025/1.0025)/(2*math.Pi); err != nil || math.Abs(together.Value-want) > 4*together.StandardError {
		t.Errorf("%+v, not %v: %v", together, want, err)
	}
}
