package versus_test

import (
	"math"
	"reflect"
	"testing"

	"balanced/analysis"
	"balanced/analysis/figure"
	"balanced/analysis/figure/versus"
)

// A curve, a level and points have their x, what belongs to each, and their look, and make a figure.
func TestCurves(t *testing.T) {
	x := []float64{1, 4, 9}
	curve := versus.Curve("√x", figure.Ink, x, math.Sqrt)
	if want := (figure.Line{Name: "√x", Color: figure.Ink, X: x, Y: []float64{1, 2, 3}}); !reflect.DeepEqual(curve, want) {
		t.Errorf("the curve is %+v", curve)
	}
	level := versus.Level("limit", figure.Inhibitory, 1, 9, 3)
	want := figure.Line{Name: "limit", Color: figure.Inhibitory, X: []float64{1, 9}, Y: []float64{3, 3}, Dashed: true}
	if !reflect.DeepEqual(level, want) {
		t.Errorf("the level is %+v", level)
	}
	points := versus.Estimates("seen", figure.Excitatory, x, func(x float64) analysis.Estimate {
		return analysis.Estimate{Value: -x, StandardError: x / 10, DegreesOfFreedom: 5}
	})
	seen := figure.Points{Name: "seen", Color: figure.Excitatory, X: x, Y: []float64{-1, -4, -9}, Error: []float64{0.1, 0.4, 0.9}}
	if !reflect.DeepEqual(points, seen) {
		t.Errorf("the points are %+v", points)
	}
	panel := axes
	panel.Lines, panel.Points = []figure.Line{curve, level}, []figure.Points{points}
	if _, err := figure.New("c", "a", panel); err != nil {
		t.Error(err)
	}
}
