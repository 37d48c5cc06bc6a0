package results

import (
	"strings"

	"balanced/bnn"
	"balanced/internal/table"
)

// ToUnit changes the numbers of a table of moments to the units of a laboratory: times to ms,
// potentials to mV, their variances to mV² and third cumulants to mV³, rates to Hz, and inputs to
// mV/ms, as the residual, which is one; the stability to 1/ms. Columns keep their names, and other
// columns their numbers.
func ToUnit(t *table.Table, unit bnn.Unit) {
	ms, mV := unit.TimeMS, unit.PotentialMV
	factors := map[string]float64{
		"t": ms, "mean": mV, "var": mV * mV, "third": mV * mV * mV, "rate": 1000 / ms,
		"input": mV / ms, "residual": mV / ms, "stability": 1 / ms,
	}
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
