package bnn

import (
	"fmt"
	"slices"

	"balanced/bnn/internal/numbers"

	"gonum.org/v1/gonum/interp"
)

// TableRate is λ(v) by a table of values at increasing potentials: between them the monotone
// cubic interpolation of Fritsch and Butland (SIAM J. Sci. Statist. Comput. 5, 300–304, 1984),
// known as PCHIP, and outside of them constant. It never leaves the range of the values, and
// rises where they rise. NewTableRate makes one of measured values, Tabulate one of a function.
type TableRate struct{ *rateTable }

type rateTable struct {
	v, rate []float64
	bound   float64
	curve   interp.FritschButland
	err     error // why it is no rate
}

// NewTableRate makes a rate of 2 or more potentials v, increasing, and the values there, finite
// and ≥ 0. The error is an *InputError for v or rate.
func NewTableRate(v, rate []float64) (TableRate, error) {
	table := tableOf(v, rate)
	return table, table.err
}

// Tabulate makes a table of a rate, at so many evenly spaced potentials from the lowest to the
// highest: network files hold tables, but no functions of Go. The error of the interpolation
// falls as the third power of the spacing at least, where λ is smooth.
func Tabulate(rate Rate, lowest, highest float64, points int) (TableRate, error) {
	if points < 2 {
		return TableRate{}, &InputError{"points", fmt.Sprint(points), "a whole number ≥ 2"}
	}
	v, values := make([]float64, points), make([]float64, points)
	for i := range v {
		v[i] = lowest + (highest-lowest)*float64(i)/float64(points-1)
		values[i] = rate.At(v[i])
	}
	return NewTableRate(v, values)
}

// tableOf keeps what is wrong with a table in it, for whoever checks a network.
func tableOf(v, rate []float64) TableRate {
	table := &rateTable{v: slices.Clone(v), rate: slices.Clone(rate)}
	if table.err = table.check(); table.err == nil {
		_ = table.curve.Fit(table.v, table.rate) // it panics or returns nil, and was checked
		table.bound = slices.Max(table.rate)
		table.err = table.checkCurve()
	}
	return TableRate{table}
}

func (t *rateTable) check() error {
	if len(t.v) < 2 {
		return &InputError{"v", fmt.Sprintf("a list of %d", len(t.v)), "a list of 2 or more numbers"}
	}
	if len(t.rate) != len(t.v) {
		return &InputError{"rate", fmt.Sprintf("a list of %d", len(t.rate)), fmt.Sprintf("a list of %d numbers, one a potential", len(t.v))}
	}
	for i, v := range t.v {
		if err := AnyNumber.Check(IndexPath("v", i), v); err != nil {
			return err
		}
		if i > 0 && v <= t.v[i-1] {
			return &InputError{IndexPath("v", i), numbers.Text(v), "such that potentials increase: greater than " + numbers.Text(t.v[i-1])}
		}
		if err := NonNegativeNumber.Check(IndexPath("rate", i), t.rate[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkCurve refuses points so close or so far apart that slopes overflow.
func (t *rateTable) checkCurve() error {
	for i, v := range t.v[1:] {
		if middle := t.v[i] + (v-t.v[i])/2; !numbers.Finite(t.curve.Predict(middle), t.curve.PredictDerivative(middle)) {
			return &InputError{IndexPath("v", i+1), numbers.Text(v), "such that the slope from the point before is a finite number"}
		}
	}
	return nil
}

// Points returns copies of the potentials and of the values at them.
func (r TableRate) Points() (v, rate []float64) { return slices.Clone(r.v), slices.Clone(r.rate) }

// At returns λ(v).
func (r TableRate) At(v float64) float64 {
	// Between two points the cubic stays between their values but for rounding.
	return min(max(r.curve.Predict(v), 0), r.bound)
}

// Bound returns the greatest of the values.
func (r TableRate) Bound() float64 { return r.bound }

// Key is the rate as it stands in network files.
func (r TableRate) Key() string { return kindKey[Rate](r, rateKinds) }

// Kinks returns the potentials of the table, where the second derivative jumps.
func (r TableRate) Kinks() []float64 { return slices.Clone(r.v) }

// Increasing tells whether no value is less than the one before.
func (r TableRate) Increasing() bool { return slices.IsSorted(r.rate) }
