package study_test

import (
	"math"
	"testing"

	"balanced/analysis/study"
)

// Ends are met exactly, steps are even, and so are quotients of sizes.
func TestCurve(t *testing.T) {
	x, y := study.Curve(-1, 1, 5, func(x float64) float64 { return x * x })
	n, roots := study.OverSizes(1, 256, 5, math.Sqrt)
	for i := range 5 {
		if want := -1 + 0.5*float64(i); math.Abs(x[i]-want) > 1e-15 || y[i] != x[i]*x[i] {
			t.Errorf("point %d of the parabola is (%v, %v)", i, x[i], y[i])
		}
		if want := math.Pow(4, float64(i)); math.Abs(n[i]/want-1) > 1e-14 || roots[i] != math.Sqrt(n[i]) {
			t.Errorf("point %d of the root is (%v, %v)", i, n[i], roots[i])
		}
	}
	if len(x) != 5 || len(n) != 5 || x[0] != -1 || x[4] != 1 {
		t.Errorf("there are %v and %v", x, n)
	}
}
