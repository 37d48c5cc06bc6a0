package analysis

import (
	"fmt"
	"slices"
	"strconv"

	"balanced/bnn"
	"balanced/bnn/simulate"
)

// words is the name of a quantity in a sentence.
func words(q bnn.Quantity) string {
	if q == bnn.ThirdCumulants {
		return "third cumulant"
	}
	return string(q)
}

// A Result is the moments of a simulation or a theory, the name that error messages call them and
// their column in a frame.
type Result struct {
	Name, Column string
	Moments      *bnn.Moments
}

// Results lists what is there of a simulation and its two theories.
func Results(runs *simulate.Summary, limit, finite *bnn.Trajectory) []Result {
	var list []Result
	if runs != nil {
		list = append(list, Result{"runs", "simulation", &runs.Moments}, Result{"runs.standardError", "standard_error", &runs.StandardError})
	}
	if limit != nil {
		list = append(list, Result{"limit", "limit", &limit.Moments})
	}
	if finite != nil {
		list = append(list, Result{"finite", "finite", &finite.Moments})
	}
	return list
}

// CheckSame refuses results that cannot be laid side by side: none at all, other times
// or populations than the first, or tables of another shape than those.
func CheckSame(list []Result) error {
	if len(list) == 0 {
		return &bnn.InputError{Path: "results", Value: "none", Allowed: "a simulation or a theory"}
	}
	first := list[0]
	for _, other := range list {
		if !slices.Equal(other.Moments.Populations, first.Moments.Populations) {
			return &bnn.InputError{Path: other.Name + ".populations", Value: fmt.Sprintf("%q", other.Moments.Populations),
				Allowed: fmt.Sprintf("those of %s, %q", first.Name, first.Moments.Populations)}
		}
		if !slices.Equal(other.Moments.Times, first.Moments.Times) {
			return &bnn.InputError{Path: other.Name + ".times", Value: describeTimes(other.Moments.Times),
				Allowed: "those of " + first.Name + ", " + describeTimes(first.Moments.Times)}
		}
		for _, q := range bnn.Quantities() {
			if err := checkShape(other, q); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkShape(result Result, q bnn.Quantity) error {
	table := result.Moments.Table(q)
	rows, columns := len(result.Moments.Times), len(result.Moments.Populations)
	right := len(table) == rows && rows > 0 && columns > 0
	for _, row := range table {
		right = right && len(row) == columns
	}
	if !right {
		return &bnn.InputError{Path: result.Name + "." + string(q), Value: fmt.Sprintf("a table of %d rows", len(table)),
			Allowed: fmt.Sprintf("a table of %d times (rows) and %d populations (columns), 1 or more of each", rows, columns)}
	}
	return nil
}

func describeTimes(times []float64) string {
	if len(times) == 0 {
		return "no times"
	}
	return fmt.Sprintf("%d times from %s to %s", len(times), ExactNumber(times[0]), ExactNumber(times[len(times)-1]))
}

// ExactNumber writes a number with as few digits as give the same number when read again.
func ExactNumber(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// ShortNumber writes a number for a reader, with at most the given significant digits.
func ShortNumber(x float64, digits int) string { return strconv.FormatFloat(x, 'g', digits, 64) }
