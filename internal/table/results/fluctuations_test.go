package results

import (
	"fmt"
	"strings"
	"testing"

	"balanced/bnn/theory"
)

// Each number stands under the names of its populations, the row's first.
func TestNoiseTables(t *testing.T) {
	spectrum := Spectrum(&theory.CrossSpectrum{Populations: []string{"E", "I"}, Omega: []float64{0.5},
		Mean: [][][]complex128{{{1, 2 + 3i}, {2 - 3i, 4}}}, Rate: [][][]complex128{{{5, 6 + 7i}, {6 - 7i, 8}}}})
	const columns = "omega mean_E_E_re mean_E_E_im rate_E_E_re rate_E_E_im mean_E_I_re mean_E_I_im rate_E_I_re rate_E_I_im mean_I_I_re mean_I_I_im rate_I_I_re rate_I_I_im"
	if got := strings.Join(spectrum.Columns, " "); got != columns {
		t.Errorf("columns %s", got)
	}
	if got := fmt.Sprint(spectrum.Rows); got != "[[0.5 1 0 5 0 2 3 6 7 4 0 8 0]]" {
		t.Errorf("rows %s", got)
	}
	covariances := Covariances(&theory.Covariances{Populations: []string{"E", "I"}, Lags: []float64{-1},
		Mean: [][][]float64{{{1, 2}, {3, 4}}}, Rate: [][][]float64{{{5, 6}, {7, 8}}}})
	if got := strings.Join(covariances.Columns, " "); got != "lag mean_E_E rate_E_E mean_E_I rate_E_I mean_I_E rate_I_E mean_I_I rate_I_I" {
		t.Errorf("columns %s", got)
	}
	if got := fmt.Sprint(covariances.Rows); got != "[[-1 1 5 2 6 3 7 4 8]]" {
		t.Errorf("rows %s", got)
	}
}
