package analysis

import (
	"fmt"
	"slices"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A Quantity is one of the tables of bnn.Moments.
type Quantity string

// The quantities, in the order of the rows of a frame.
const (
	Mean     Quantity = "mean"     // m, mean of the potentials of a population
	Variance Quantity = "variance" // K, their variance
	Third    Quantity = "third"    // C, their third cumulant
	Rate     Quantity = "rate"     // spikes per synaptic time constant and neuron
)

// Quantities returns all quantities, in the order of the rows of a frame.
func Quantities() []Quantity { return []Quantity{Mean, Variance, Third, Rate} }

// words is the name of the quantity in a sentence.
func (q Quantity) words() string {
	if q == Third {
		return "third cumulant"
	}
	return string(q)
}

// table returns the table of a quantity, and nil for an unknown one.
func (q Quantity) table(moments *bnn.Moments) [][]float64 {
	switch q {
	case Mean:
		return moments.Mean
	case Variance:
		return moments.Variance
	case Third:
		return moments.Third
	case Rate:
		return moments.Rate
	}
	return nil
}

// named is a result, the name that error messages call it and its column in a frame.
type named struct {
	name, column string
	moments      *bnn.Moments
}

// results lists what is there of a simulation and its two theories.
func results(runs *simulate.Summary, limit, finite *bnn.Trajectory) []named {
	var list []named
	if runs != nil {
		list = append(list, named{"runs", "simulation", &runs.Moments}, named{"runs.standardError", "standard_error", &runs.StandardError})
	}
	if limit != nil {
		list = append(list, named{"limit", "limit", &limit.Moments})
	}
	if finite != nil {
		list = append(list, named{"finite", "finite", &finite.Moments})
	}
	return list
}

// checkSame refuses results that cannot be laid side by side: none at all, other times
// or populations than the first, or tables of another shape than those.
func checkSame(list []named) error {
	if len(list) == 0 {
		return &bnn.InputError{Path: "results", Value: "none", Allowed: "a simulation or a theory"}
	}
	first := list[0]
	for _, other := range list {
		if !slices.Equal(other.moments.Populations, first.moments.Populations) {
			return &bnn.InputError{Path: other.name + ".populations", Value: fmt.Sprintf("%q", other.moments.Populations),
				Allowed: fmt.Sprintf("those of %s, %q", first.name, first.moments.Populations)}
		}
		if !slices.Equal(other.moments.Times, first.moments.Times) {
			return &bnn.InputError{Path: other.name + ".times", Value: describeTimes(other.moments.Times),
				Allowed: "those of " + first.name + ", " + describeTimes(first.moments.Times)}
		}
		for _, q := range Quantities() {
			if err := checkShape(other, q); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkShape(result named, q Quantity) error {
	table := q.table(result.moments)
	rows, columns := len(result.moments.Times), len(result.moments.Populations)
	right := len(table) == rows && rows > 0 && columns > 0
	for _, row := range table {
		right = right && len(row) == columns
	}
	if !right {
		return &bnn.InputError{Path: result.name + "." + string(q), Value: fmt.Sprintf("a table of %d rows", len(table)),
			Allowed: fmt.Sprintf("a table of %d times (rows) and %d populations (columns), 1 or more of each", rows, columns)}
	}
	return nil
}

func describeTimes(times []float64) string {
	if len(times) == 0 {
		return "no times"
	}
	return fmt.Sprintf("%d times from %s to %s", len(times), exact(times[0]), exact(times[len(times)-1]))
}

// row finds a time among the times of a result.
func (r named) row(t float64) (int, error) {
	row := slices.Index(r.moments.Times, t)
	if row < 0 {
		return 0, &bnn.InputError{Path: "t", Value: exact(t), Allowed: "one of the " + describeTimes(r.moments.Times) + " of " + r.name}
	}
	return row, nil
}

// exact writes a number with as few digits as give the same number when read again.
func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// short writes a number for a reader, with at most the given significant digits.
func short(x float64, digits int) string { return strconv.FormatFloat(x, 'g', digits, 64) }
