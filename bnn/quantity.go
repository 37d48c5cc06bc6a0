package bnn

import (
	"fmt"
	"slices"

	"balanced/bnn/internal/numbers"
)

// A Quantity names one of the tables of Moments, as the columns of tables and frames do.
type Quantity string

// The quantities, in the order in which tables show them.
const (
	Means          Quantity = "mean"     // m, mean of the potentials of a population
	Variances      Quantity = "variance" // K, their variance
	ThirdCumulants Quantity = "third"    // C, their third cumulant
	Rates          Quantity = "rate"     // spikes per synaptic time constant and neuron
)

// Quantities returns all quantities, in the order in which tables show them.
func Quantities() []Quantity { return []Quantity{Means, Variances, ThirdCumulants, Rates} }

// Table returns the table of a quantity, one row a time and one column a population; nil
// for a quantity that is not one of Quantities.
func (m *Moments) Table(quantity Quantity) [][]float64 {
	switch quantity {
	case Means:
		return m.Mean
	case Variances:
		return m.Variance
	case ThirdCumulants:
		return m.Third
	case Rates:
		return m.Rate
	}
	return nil
}

// Series returns a quantity of one population, by its index, over all Times: a copy. The
// error is an *InputError for a quantity or a population that there is not.
func (m *Moments) Series(quantity Quantity, population int) ([]float64, error) {
	if !slices.Contains(Quantities(), quantity) {
		return nil, &InputError{"quantity", quoteShort(string(quantity)), fmt.Sprintf("one of %q", Quantities())}
	}
	if err := CheckIndex("population", population, len(m.Populations)); err != nil {
		return nil, err
	}
	table := m.Table(quantity)
	values := make([]float64, len(table))
	for row := range table {
		values[row] = table[row][population]
	}
	return values, nil
}

// At returns the moments at one time: those of the same populations with t as the only time,
// whose rows are shared. The error is an *InputError unless t is one of Times, exactly:
// nothing is interpolated.
func (m *Moments) At(t float64) (Moments, error) {
	row := slices.Index(m.Times, t)
	if row < 0 {
		allowed := "one of the times, of which there are none"
		if len(m.Times) > 0 {
			allowed = fmt.Sprintf("one of the %d times from %s to %s", len(m.Times), numbers.Text(m.Times[0]), numbers.Text(m.Times[len(m.Times)-1]))
		}
		return Moments{}, &InputError{"t", numbers.Text(t), allowed}
	}
	one := func(table [][]float64) [][]float64 {
		if len(table) <= row { // a table that was left out
			return nil
		}
		return table[row : row+1 : row+1]
	}
	return Moments{Populations: m.Populations, Times: m.Times[row : row+1 : row+1],
		Mean: one(m.Mean), Variance: one(m.Variance), Third: one(m.Third), Rate: one(m.Rate)}, nil
}
