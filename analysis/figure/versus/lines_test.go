package versus_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/analysis/figure"
	"balanced/analysis/figure/versus"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

func TestLinesOfFunctions(t *testing.T) {
	square := func(x float64) float64 { return x * x }
	line := versus.Evenly("square", figure.Ink, -1, 1, 3, square)
	if line.Name != "square" || line.Color != figure.Ink || !slices.Equal(line.X, []float64{-1, 0, 1}) || !slices.Equal(line.Y, []float64{1, 0, 1}) {
		t.Errorf("the line is %+v", line)
	}
	sizes := versus.OverSizes("square", figure.Grey, 1, 100, 3, square)
	if sizes.Color != figure.Grey || len(sizes.X) != 3 || math.Abs(sizes.X[1]-10) > 1e-9 || math.Abs(sizes.Y[1]-100) > 1e-6 {
		t.Errorf("over sizes it is %+v", sizes)
	}
	straight := versus.Straight("level", figure.Ink, 1, 2, 3, 4)
	dashed := versus.Dashed(straight)
	if !slices.Equal(straight.X, []float64{1, 3}) || !slices.Equal(straight.Y, []float64{2, 4}) || straight.Dashed || !dashed.Dashed {
		t.Errorf("a straight line is %+v, and dashed %+v", straight, dashed)
	}
}

func TestOverTimeAndSimulated(t *testing.T) {
	moments := bnn.Moments{Populations: []string{"E", "I"}, Times: []float64{0, 1}, Mean: [][]float64{{1, 2}, {3, 4}}}
	spread := bnn.Moments{Populations: []string{"E", "I"}, Times: []float64{0, 1}, Mean: [][]float64{{0, 0.1}, {0, 0.2}}}
	line, err := versus.OverTime("I", figure.Ink, &moments, bnn.Means, 1)
	if err != nil || line.Name != "I" || !slices.Equal(line.X, moments.Times) || !slices.Equal(line.Y, []float64{2, 4}) {
		t.Errorf("the course is %+v, %v", line, err)
	}
	runs := &simulate.Summary{Moments: moments, StandardError: spread}
	points, err := versus.Simulated(runs, bnn.Means, 1)
	if err != nil || points.Name != "simulation" || points.Color != figure.Inhibitory || !slices.Equal(points.Y, []float64{2, 4}) ||
		!slices.Equal(points.Error, []float64{0.1, 0.2}) {
		t.Errorf("the points are %+v, %v", points, err)
	}
	var input *bnn.InputError
	if _, err := versus.OverTime("", figure.Ink, &moments, bnn.Means, 2); !errors.As(err, &input) {
		t.Errorf("a third population: %v", err)
	}
	if _, err := versus.Simulated(runs, bnn.Means, 2); !errors.As(err, &input) {
		t.Errorf("points of a third population: %v", err)
	}
}

func TestShares(t *testing.T) {
	points := versus.Shares("n = 4", figure.Ink, []float64{1, 2}, []int{1, 4}, []int{4, 4})
	if points.Name != "n = 4" || !slices.Equal(points.Y, []float64{0.25, 1}) || !slices.Equal(points.Error, []float64{math.Sqrt(0.25 * 0.75 / 4), 0}) {
		t.Errorf("the shares are %+v", points)
	}
}
