package study

import (
	"fmt"

	"balanced/bnn"
)

// Course averages a quantity over replicas, 2 or more with the same times, at each so-many-th row of their tables from the row from
// on, counted from 0: a Series over t. The error, for rows that they do not have and values that are not finite, is a *bnn.InputError.
func Course(replicas []bnn.Moments, from, every int, quantity func(m bnn.Moments, row int) float64) (*Series, error) {
	if every < 1 {
		return nil, &bnn.InputError{Path: "every", Value: fmt.Sprint(every), Allowed: "1 or more"}
	}
	if len(replicas) < 2 {
		return nil, &bnn.InputError{Path: "replicas", Value: fmt.Sprint(len(replicas)), Allowed: "2 or more"}
	}
	times := replicas[0].Times
	if err := bnn.CheckIndex("from", from, len(times)); err != nil {
		return nil, err
	}
	for i, m := range replicas {
		if len(m.Times) != len(times) {
			return nil, &bnn.InputError{Path: fmt.Sprintf("replicas[%d]", i), Value: fmt.Sprint(len(m.Times), " times"),
				Allowed: fmt.Sprintf("the %d of the first", len(times))}
		}
	}
	series := &Series{Over: "t"}
	for row := from; row < len(times); row += every {
		e, err := Mean(replicas, func(m bnn.Moments) float64 { return quantity(m, row) })
		if err != nil {
			return nil, err
		}
		series.N, series.Estimates = append(series.N, times[row]), append(series.Estimates, e)
	}
	return series, nil
}

// TimeMean is the average over rows from the first to the last ≥ first, both included: of one replica, say, from when its start is
// forgotten.
func TimeMean(first, last int, of func(row int) float64) (mean float64) {
	rows := float64(last - first + 1)
	for row := first; row <= last; row++ {
		mean += of(row) / rows
	}
	return mean
}

// EachTime is a quantity at each time of moments, such as a theory's: what Course averages over replicas.
func EachTime(moments bnn.Moments, quantity func(m bnn.Moments, row int) float64) []float64 {
	values := make([]float64, len(moments.Times))
	for row := range values {
		values[row] = quantity(moments, row)
	}
	return values
}

// CourseOf is Course of a quantity that moments have, of one population, counted from 0.
func CourseOf(replicas []bnn.Moments, quantity bnn.Quantity, population, from, every int) (*Series, error) {
	for _, m := range replicas {
		if _, err := m.Series(quantity, population); err != nil {
			return nil, err
		}
	}
	return Course(replicas, from, every, func(m bnn.Moments, row int) float64 { return m.Table(quantity)[row][population] })
}

// LateMean is TimeMean of a quantity of one population, counted from 0, as Runs.Measure takes it.
func LateMean(quantity bnn.Quantity, population, first, last int) func(n float64, m bnn.Moments) float64 {
	return func(_ float64, m bnn.Moments) float64 {
		return TimeMean(first, last, func(row int) float64 { return m.Table(quantity)[row][population] })
	}
}

// Change is by how much a quantity, averaged over rows as by TimeMean, is larger so many rows later, as Runs.Measure takes it: the
// answer to a stimulus in replicas that are their own control.
func Change(first, last, later int, of func(m bnn.Moments, row int) float64) func(n float64, m bnn.Moments) float64 {
	return func(_ float64, m bnn.Moments) float64 {
		return TimeMean(first, last, func(row int) float64 { return of(m, row+later) - of(m, row) })
	}
}
