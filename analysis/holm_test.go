package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// R's p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") and an unsorted case by hand.
func TestHolmAgainstR(t *testing.T) {
	for _, row := range []struct{ given, want []float64 }{
		{[]float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		{[]float64{0.04, 0.001, 0.9, 0.02}, []float64{0.08, 0.004, 0.9, 0.06}},
		{[]float64{math.NaN(), 0.6, 0.7}, []float64{math.NaN(), 1, 1}},
		{[]float64{0.001, math.NaN(), 0.01}, []float64{0.003, math.NaN(), 0.02}},
		{[]float64{0.3}, []float64{0.3}},
		{nil, nil},
	} {
		for i, got := range Holm(row.given) {
			if math.IsNaN(row.want[i]) {
				if !math.IsNaN(got) {
					t.Errorf("a test without an outcome became %g", got)
				}
				continue
			}
			analysistest.Near(t, "adjusted", got, row.want[i], 1e-15)
		}
	}
}

// It is never below the p-value nor above Bonferroni's, keeps the order, and leaves what
// it is given alone.
func TestHolmProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		given := make([]float64, 1+random.IntN(9))
		for i := range given {
			given[i] = math.Pow(random.Float64(), 3)
		}
		before := slices.Clone(given)
		adjusted := Holm(given)
		if !slices.Equal(given, before) {
			t.Fatal("changed what it was given")
		}
		for i, p := range given {
			if adjusted[i] < p || adjusted[i] > min(1, p*float64(len(given)))+1e-15 {
				t.Errorf("%g became %g of %d", p, adjusted[i], len(given))
			}
			for j, q := range given {
				if p < q && adjusted[i] > adjusted[j] {
					t.Errorf("%g and %g changed places", p, q)
				}
			}
		}
	}
}
