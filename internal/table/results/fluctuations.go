package results

import (
	"balanced/bnn/theory"
	"balanced/internal/table"
)

// Spectrum has a row a frequency: for each pair of populations, in file order, n times the
// cross-spectral density of their means and of their rates, as real and imaginary parts.
func Spectrum(s *theory.CrossSpectrum) *table.Table {
	t := &table.Table{Columns: []string{"omega"}}
	for a, first := range s.Populations {
		for _, second := range s.Populations[a:] {
			for _, quantity := range []string{"mean", "rate"} {
				name := quantity + "_" + first + "_" + second
				t.Columns = append(t.Columns, name+"_re", name+"_im")
			}
		}
	}
	for i, omega := range s.Omega {
		t.Rows = append(t.Rows, []any{omega})
		for a := range s.Populations {
			for b := a; b < len(s.Populations); b++ {
				mean, rate := s.Mean[i][a][b], s.Rate[i][a][b]
				t.AppendNumbers(real(mean), imag(mean), real(rate), imag(rate))
			}
		}
	}
	return t
}

// Covariances has a row a lag: for each ordered pair of populations n times the covariance of the
// first one at t + lag and the second one at t.
func Covariances(c *theory.Covariances) *table.Table {
	t := &table.Table{Columns: []string{"lag"}}
	for _, first := range c.Populations {
		for _, second := range c.Populations {
			t.Columns = append(t.Columns, "mean_"+first+"_"+second, "rate_"+first+"_"+second)
		}
	}
	for i, lag := range c.Lags {
		t.Rows = append(t.Rows, []any{lag})
		for a := range c.Populations {
			for b := range c.Populations {
				t.AppendNumbers(c.Mean[i][a][b], c.Rate[i][a][b])
			}
		}
	}
	return t
}
