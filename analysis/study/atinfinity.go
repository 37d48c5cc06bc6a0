package study

import (
	"fmt"

	"balanced/analysis"
	"balanced/bnn"
)

// AllAtInfinity lays AtInfinity(2) of quantities, of all populations and at some of the times, counted from 0, beside what a
// theory says, within a margin, and what a rival does. The theory and the rival are of the populations and times of the replicas.
// What is compared is named as "NAME, mean of E at t = 1": first all of the first quantity, by population and then by time. The
// error is a *bnn.InputError for a quantity, or a time, that there is not, and otherwise that of AtInfinity.
func AllAtInfinity(name string, runs *Runs[bnn.Moments], quantities []bnn.Quantity, rows []int, theory, rival *bnn.Moments,
	margin float64) (all []analysis.Comparison, err error) {
	for _, quantity := range quantities {
		predicted, other := theory.Table(quantity), rival.Table(quantity)
		if predicted == nil {
			return nil, &bnn.InputError{Path: "quantities", Value: string(quantity), Allowed: fmt.Sprint("one of ", bnn.Quantities())}
		}
		for a, population := range theory.Populations {
			for _, row := range rows {
				if row < 0 || row >= len(predicted) || row >= len(other) {
					return nil, &bnn.InputError{Path: "rows", Value: fmt.Sprint(row), Allowed: fmt.Sprintf("0 to %d", len(predicted)-1)}
				}
				series, err := runs.Measure(func(_ float64, m bnn.Moments) float64 { return m.Table(quantity)[row][a] })
				if err != nil {
					return nil, err
				}
				end, err := series.AtInfinity(2)
				if err != nil {
					return nil, err
				}
				where := fmt.Sprintf("%s, %s of %s at t = %g", name, quantity, population, theory.Times[row])
				all = append(all, analysis.Near(where, end, predicted[row][a], margin).Against(other[row][a]))
			}
		}
	}
	return all, nil
}
