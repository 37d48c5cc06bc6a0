package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"balanced/bnn"
)

// checkFiniteNumber refuses NaN and infinities.
func checkFiniteNumber(path string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return &bnn.InputError{Path: path, Value: ExactNumber(x), Allowed: "a finite number"}
	}
	return nil
}

// checkPositiveNumbers refuses lists that are not of the given length, and numbers in
// them that are not finite and > 0.
func checkPositiveNumbers(path string, numbers []float64, length int) error {
	if err := CheckLength(path, numbers, length, "others"); err != nil {
		return err
	}
	for i, x := range numbers {
		if !(x > 0) || math.IsInf(x, 1) {
			return &bnn.InputError{Path: fmt.Sprintf("%s[%d]", path, i), Value: ExactNumber(x), Allowed: "a finite number > 0"}
		}
	}
	return nil
}

// CheckLength refuses a list that has not one value for each of something.
func CheckLength(path string, values []float64, want int, each string) error {
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

// CheckSample refuses fewer than two values and values that are not finite.
func CheckSample(path string, sample []float64) error {
	if len(sample) < 2 {
		return &bnn.InputError{Path: path, Value: fmt.Sprintf("%d values", len(sample)), Allowed: "2 or more values"}
	}
	for i, x := range sample {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return &bnn.InputError{Path: fmt.Sprintf("%s[%d]", path, i), Value: ExactNumber(x), Allowed: "a finite number"}
		}
	}
	return nil
}

// Normal refuses a mean that is not finite and a variance that is not positive.
func Normal(mean, variance float64) (distuv.Normal, error) {
	if math.IsNaN(mean) || math.IsInf(mean, 0) {
		return distuv.Normal{}, &bnn.InputError{Path: "mean", Value: ExactNumber(mean), Allowed: "a finite number"}
	}
	if !(variance > 0) || math.IsInf(variance, 0) {
		return distuv.Normal{}, &bnn.InputError{Path: "variance", Value: ExactNumber(variance), Allowed: "a finite number > 0"}
	}
	return distuv.Normal{Mu: mean, Sigma: math.Sqrt(variance)}, nil
}

// CheckFinite refuses numbers that cannot be drawn. Standard errors may be NaN.
func CheckFinite(result Result, q bnn.Quantity) error {
	for row, values := range result.Moments.Table(q) {
		for a, value := range values {
			if math.IsInf(value, 0) || math.IsNaN(value) && result.Column != "standard_error" {
				return &bnn.InputError{Path: fmt.Sprintf("%s.%s[%d][%d]", result.Name, q, row, a), Value: ExactNumber(value), Allowed: "a finite number"}
			}
		}
	}
	return nil
}

// Minus sets the minus sign of a number that is to be read by people.
func Minus(number string) string {
	if number != "" && number[0] == '-' {
		return "−" + number[1:]
	}
	return number
}
