// Package check refuses numbers and lists of numbers of which no statistics can be made and
// no picture drawn. Errors are of type *bnn.InputError.
package check

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// Finite refuses NaN and infinities.
func Finite(path string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return &bnn.InputError{Path: path, Value: number.Exact(x), Allowed: "a finite number"}
	}
	return nil
}

// Positive refuses lists that are not of the given length, and numbers in them that are not
// finite and > 0.
func Positive(path string, numbers []float64, length int) error {
	if err := Length(path, numbers, length, "others"); err != nil {
		return err
	}
	for i, x := range numbers {
		if !(x > 0) || math.IsInf(x, 1) {
			return &bnn.InputError{Path: fmt.Sprintf("%s[%d]", path, i), Value: number.Exact(x), Allowed: "a finite number > 0"}
		}
	}
	return nil
}

// Length refuses a list that has not one value for each of something.
func Length(path string, values []float64, want int, each string) error {
	if len(values) != want {
		return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d values", len(values)),
			Allowed: fmt.Sprintf("one value for each of the %d %s", want, each)}
	}
	return nil
}

// Count refuses lists that are too short.
func Count(path string, count, least int) error {
	if count < least {
		return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d values", count), Allowed: fmt.Sprintf("%d or more values", least)}
	}
	return nil
}

// Sample refuses fewer than two values and values that are not finite.
func Sample(path string, sample []float64) error {
	if err := Count(path, len(sample), 2); err != nil {
		return err
	}
	for i, x := range sample {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return Finite(fmt.Sprintf("%s[%d]", path, i), x)
		}
	}
	return nil
}

// Normal refuses a mean that is not finite and a variance that is not positive.
func Normal(mean, variance float64) (distuv.Normal, error) {
	if err := Finite("mean", mean); err != nil {
		return distuv.Normal{}, err
	}
	if !(variance > 0) || math.IsInf(variance, 0) {
		return distuv.Normal{}, &bnn.InputError{Path: "variance", Value: number.Exact(variance), Allowed: "a finite number > 0"}
	}
	return distuv.Normal{Mu: mean, Sigma: math.Sqrt(variance)}, nil
}
