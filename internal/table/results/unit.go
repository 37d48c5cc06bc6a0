package results

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"balanced/bnn"
	"balanced/bnn/sweep"
	"balanced/internal/table"
)

// ToUnit changes the numbers of a table of moments to the units of a laboratory: times to ms,
// potentials to mV, their variances to mV² and third cumulants to mV³, rates to Hz, and inputs to
// mV/ms, as the residual, which is one; the stability and the eigenvalues of branches to 1/ms. Columns keep their names, and other
// columns their numbers.
func ToUnit(t *table.Table, unit bnn.Unit) { scale(t, momentFactors(unit)) }

func momentFactors(unit bnn.Unit) map[string]float64 {
	ms, mV := unit.TimeMS, unit.PotentialMV
	return map[string]float64{
		"t": ms, "mean": mV, "var": mV * mV, "third": mV * mV * mV, "rate": 1000 / ms,
		"input": mV / ms, "residual": mV / ms, "stability": 1 / ms, "fast": 1 / ms, "slow": 1 / ms,
	}
}

// measured are the columns of a sweep that have a unit: a measure, its number among those of its
// kind, and the quantity.
var measured = regexp.MustCompile(`^(?:limit|finite|stationary|simulation)[0-9]*_(?:se_)?(mean|var|rate|fast|slow)(?:_|$)`)

// SweepToUnit does what ToUnit does for the rows of a sweep as they come: what is measured changes, the numbers
// of the axes and all else stay.
func SweepToUnit(columns []sweep.Column, rows iter.Seq2[[]any, error], unit bnn.Unit) iter.Seq2[[]any, error] {
	factors := make([]float64, len(columns))
	for i, column := range columns {
		factors[i] = 1
		if found := measured.FindStringSubmatch(column.Name); found != nil {
			factors[i] = momentFactors(unit)[found[1]]
		}
	}
	return func(yield func([]any, error) bool) {
		for row, err := range rows {
			row = slices.Clone(row)
			for i, value := range row {
				if number, is := value.(float64); is {
					row[i] = number * factors[i]
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
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
