package figure

import (
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/sweep"
)

// A point of a sweep that ended numerically is left out of its picture; the others are drawn.
func TestSweepWithoutSomePoints(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	one := sweep.Sweep{Design: sweep.Grid(network, sweep.Linear("weights[*][1]", -0.9, -0.3, 3)),
		Measures: []sweep.Measure{sweep.Simulation(50, 4, 1, simulate.Exact{})}}
	one.Seed = 1
	table := bnn.Must(one.Table(t.Context()))
	for i, column := range table.Columns {
		if column.Name == "simulation_mean_E" || column.Name == "simulation_se_mean_E" {
			table.Rows[1][i] = nil
		}
	}
	if _, err := Sweep(t.Context(), table); err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	kept := measured(Points{X: []float64{1, 2, 3}, Y: []float64{4, nan, 6}, Error: []float64{7, nan, nan}})
	if !slices.Equal(kept.X, []float64{1, 3}) || !slices.Equal(kept.Y, []float64{4, 6}) || kept.Error[0] != 7 || !math.IsNaN(kept.Error[1]) {
		t.Errorf("kept %v %v %v", kept.X, kept.Y, kept.Error)
	}
}
