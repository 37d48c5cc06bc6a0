package sweep

import (
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// A table has the rows of its sweep, columns by name, and further points in between.
func TestTable(t *testing.T) {
	s := Sweep{Design: Grid(networktest.ReadNetwork(t, "tipping"), Linear("weights[*][1]", -0.9, -0.15, 4), Values("populations[I].rate.slope", 2, 9)),
		Measures: []Measure{Regime(3), Limit(1)}}
	table, err := s.Table(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for row, err := range s.Rows(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(row, table.Rows[i]) {
			t.Errorf("row %d: %v, in the table %v", i, row, table.Rows[i])
		}
		i++
	}
	regimes, err := table.Texts("regime")
	if err != nil || len(regimes) != 8 || regimes[7] != "runaway" {
		t.Errorf("regimes %q, %v", regimes, err)
	}
	means, err := table.Numbers("limit_mean_E")
	if err != nil || !math.IsNaN(means[7]) || math.IsNaN(means[3]) {
		t.Errorf("means %g, %v", means, err)
	}
	row, err := table.Row(t.Context(), -0.65, 9) // the point of row 3, asked for again
	if err != nil || row[0] != int64(-1) || !slices.Equal(row[1:], table.Rows[3][1:]) {
		t.Errorf("row %v, want %v, %v", row, table.Rows[3], err)
	}
	for c, column := range table.Columns[3:] {
		cell, err := table.Cell(t.Context(), column.Name, -0.65, 9)
		if err != nil || cell != row[3+c] {
			t.Errorf("%s is %v alone, and %v in its row: %v", column.Name, cell, row[3+c], err)
		}
	}
	var input *bnn.InputError
	for _, ask := range []func() error{
		func() error { _, err := table.Numbers("speed"); return err },
		func() error { _, err := table.Numbers("regime"); return err },
		func() error { _, err := table.Texts("limit_mean_E"); return err },
		func() error { _, err := table.Row(t.Context(), 1); return err },
		func() error { _, err := table.Cell(t.Context(), "g", -0.65, 9); return err },
		func() error { _, err := table.Cell(t.Context(), "speed", -0.65, 9); return err },
	} {
		if err := ask(); !errors.As(err, &input) {
			t.Errorf("error %v", err)
		}
	}
}
