package results

import (
	"fmt"
	"testing"

	"balanced/bnn"
	"balanced/bnn/sweep"
	"balanced/internal/table"
)

func TestToUnit(t *testing.T) {
	moments := &table.Table{Columns: []string{"t", "mean_E", "var_E", "third_E", "rate_rate_E", "input_E", "stability", "residual", "se_mean_E", "se_rate_E", "other"},
		Rows: [][]any{{1., 1., 1., 1., 1., 1., 1., 1., 1., 1., 1.}, {0., nil, 2., 2., 2., 2., 2., 2., 2., 2., 2.}}}
	ToUnit(moments, bnn.Unit{TimeMS: 10, PotentialMV: 0.5})
	want := "[[10 0.5 0.25 0.125 100 0.05 0.1 0.05 0.5 100 1] [0 <nil> 0.5 0.25 200 0.1 0.2 0.1 1 200 2]]"
	if got := fmt.Sprint(moments.Rows); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestFluctuationsToUnit(t *testing.T) {
	unit := bnn.Unit{TimeMS: 10, PotentialMV: 0.5}
	for first, want := range map[string]string{"omega": "[[100 2.5 100]]", "lag": "[[10 0.25 10000]]"} {
		fluctuations := &table.Table{Columns: []string{first, "mean_E_I", "rate_E_I"}, Rows: [][]any{{1., 1., 1.}}}
		FluctuationsToUnit(fluctuations, unit)
		if got := fmt.Sprint(fluctuations.Rows); got != want {
			t.Errorf("by %s: %s, want %s", first, got, want)
		}
	}
}

// Of a sweep, what is measured is in units, and its rows stay what they are.
func TestSweepToUnit(t *testing.T) {
	columns := []sweep.Column{{Name: "point"}, {Name: "weights[0][1]"}, {Name: "limit2_mean_E"}, {Name: "simulation_se_rate_E"}, {Name: "stationary_states"}, {Name: "limit_error"}}
	row := []any{1, 1., 1., 1., 1., "none"}
	var got string
	for row := range SweepToUnit(columns, func(yield func([]any, error) bool) { yield(row, nil) }, bnn.Unit{TimeMS: 10, PotentialMV: 0.5}) {
		got = fmt.Sprint(row)
	}
	if got != "[1 1 0.5 100 1 none]" || fmt.Sprint(row) != "[1 1 1 1 1 none]" {
		t.Errorf("%s of %v", got, row)
	}
}
