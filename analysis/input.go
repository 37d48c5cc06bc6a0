package analysis

import (
	"fmt"
	"math"

	"balanced/bnn"
)

// checkFiniteNumber refuses NaN and infinities.
func checkFiniteNumber(path string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return &bnn.InputError{Path: path, Value: exact(x), Allowed: "a finite number"}
	}
	return nil
}

// checkPositiveNumbers refuses lists that are not of the given length, and numbers in
// them that are not finite and > 0.
func checkPositiveNumbers(path string, numbers []float64, length int) error {
	if err := checkLength(path, numbers, length, "others"); err != nil {
		return err
	}
	for i, x := range numbers {
		if !(x > 0) || math.IsInf(x, 1) {
			return &bnn.InputError{Path: fmt.Sprintf("%s[%d]", path, i), Value: exact(x), Allowed: "a finite number > 0"}
		}
	}
	return nil
}

// checkLength refuses a list that has not one value for each of something.
func checkLength(path string, values []float64, want int, each string) error {
	if len(values) != want {
		return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d values", len(values)),
			Allowed: fmt.Sprintf("one value for each of the %d %s", want, each)}
	}
	return nil
}

// checkCount refuses lists that are too short.
func checkCount(path string, count, least int) error {
	if count < least {
		return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d values", count), Allowed: fmt.Sprintf("%d or more values", least)}
	}
	return nil
}
