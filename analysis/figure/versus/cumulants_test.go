package versus_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/analysis/figure"
	"balanced/analysis/figure/versus"
	"balanced/analysis/solvable"
	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/theory/shotnoise"
)

// The formula is a line from the first time to the last, and the simulation lies on it.
func TestCumulants(t *testing.T) {
	ensemble := simulate.Ensemble{Network: shotnoise.Deaf(0), N: 5, Replicas: 200, Seed: 1}
	runs := bnn.Must(solvable.Simulate(context.Background(), "test", ensemble, []float64{0, 1}))
	panel, err := versus.Cumulants(axes, runs, 1)
	if err != nil || len(panel.Lines) != 2 || len(panel.Points) != 2 || len(axes.Lines) != 0 {
		t.Fatalf("%d lines, %d points, %v", len(panel.Lines), len(panel.Points), err)
	}
	for a := range 2 {
		line, points := panel.Lines[a], panel.Points[a]
		last := len(line.X) - 1
		if line.Color != figure.PopulationColor(a) || line.X[0] != 0 || line.X[last] != 1 || !slices.Equal(points.X, runs.Times) {
			t.Errorf("population %d: from %g to %g, points at %v", a, line.X[0], line.X[last], points.X)
		}
		if off := points.Y[1] - line.Y[last]; math.Abs(off) > 5*points.Error[1] {
			t.Errorf("population %d: the simulation is %g ± %g off", a, off, points.Error[1])
		}
	}
	var input *bnn.InputError
	if _, err := versus.Cumulants(axes, runs, 9); !errors.As(err, &input) {
		t.Errorf("a ninth cumulant: %v", err)
	}
}
