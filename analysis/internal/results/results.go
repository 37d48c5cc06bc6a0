// Package results lays simulations and theories side by side, for frames, tests and pictures.
package results

import (
	"fmt"
	"math"
	"slices"

	"balanced/analysis/internal/number"
	"balanced/bnn"
	"balanced/bnn/simulate"
)

// A Result is the moments of a simulation or a theory, the name that error messages call them and
// their column in a frame.
type Result struct {
	Name, Column string
	Moments      *bnn.Moments
}

// Of lists what is there of a simulation and its two theories.
func Of(runs *simulate.Summary, limit, finite *bnn.Trajectory) []Result {
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
	return fmt.Sprintf("%d times from %s to %s", len(times), number.Exact(times[0]), number.Exact(times[len(times)-1]))
}

// CheckFinite refuses numbers that cannot be drawn. Standard errors may be NaN.
func CheckFinite(result Result, q bnn.Quantity) error {
	for row, values := range result.Moments.Table(q) {
		for a, value := range values {
			if math.IsInf(value, 0) || math.IsNaN(value) && result.Column != "standard_error" {
				return &bnn.InputError{Path: fmt.Sprintf("%s.%s[%d][%d]", result.Name, q, row, a), Value: number.Exact(value), Allowed: "a finite number"}
			}
		}
	}
	return nil
}
