package results

import (
	"strings"

	"balanced/bnn"
	"balanced/internal/table"
)

// ToUnit changes the numbers of a table of moments to the units of a laboratory: times to ms,
// potentials to mV, their variances to mV² and third cumulants to mV³, rates to Hz, and inputs to
// mV/ms, as the residual, which is one; the stability and the eigenvalues of branches to 1/ms. Columns keep their names, and other
// columns their numbers.
func ToUnit(t *table.Table, unit bnn.Unit) {
	ms, mV := unit.TimeMS, unit.PotentialMV
	scale(t, map[string]float64{
		"t": ms, "mean": mV, "var": mV * mV, "third": mV * mV * mV, "rate": 1000 / ms,
		"input": mV / ms, "residual": mV / ms, "stability": 1 / ms, "fast": 1 / ms, "slow": 1 / ms,
	})
}

// FluctuationsToUnit does so for what Spectrum and Covariances give: angular frequencies to 1/s and
// lags to ms, spectra of means to mV²·ms and of rates to Hz, covariances to mV² and Hz².
func FluctuationsToUnit(t *table.Table, unit bnn.Unit) {
	ms, mV := unit.TimeMS, unit.PotentialMV
	hertz := 1000 / ms
	if t.Columns[0] == "omega" {
		scale(t, map[string]float64{"omega": hertz, "mean": mV * mV * ms, "rate": hertz})
		return
	}
	scale(t, map[string]float64{"lag": ms, "mean": mV * mV, "rate": hertz * hertz})
}

// scale multiplies columns by the factors of the quantities that their names begin with.
func scale(t *table.Table, factors map[string]float64) {
	for column, name := range t.Columns {
		quantity, _, _ := strings.Cut(strings.TrimPrefix(name, "se_"), "_")
		factor, known := factors[quantity]
		if !known {
			continue
		}
		for _, row := range t.Rows {
			if number, is := row[column].(float64); is {
				row[column] = number * factor
			}
		}
	}
}
