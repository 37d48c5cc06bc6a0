package bnn

import (
	"fmt"
	"math"

	"balanced/bnn/internal/numbers"
)

// A NumberRule says which numbers a value may be; NaN and infinity no rule allows.
type NumberRule struct {
	allowed string
	holds   func(float64) bool
}

// The rules of network files, and of the arguments of this package and its rooms.
var (
	AnyNumber         = NumberRule{"a finite number", func(float64) bool { return true }}
	PositiveNumber    = NumberRule{"a finite number > 0", func(x float64) bool { return x > 0 }}
	NonNegativeNumber = NumberRule{"a finite number ≥ 0", func(x float64) bool { return x >= 0 }}
)

func (r NumberRule) accepts(value float64) bool {
	return numbers.Finite(value) && r.holds(value)
}

// Check refuses a value that breaks the rule, by an *InputError for the path.
func (r NumberRule) Check(path string, value float64) error {
	if r.accepts(value) {
		return nil
	}
	return &InputError{path, numbers.Text(value), r.allowed}
}

// CheckAll refuses a list that is not of one number a population, and a number in it that
// breaks the rule, by an *InputError for the list or the number.
func (r NumberRule) CheckAll(path string, values []float64, populations int) error {
	if len(values) != populations {
		return &InputError{path, fmt.Sprintf("a list of %d", len(values)),
			fmt.Sprintf("a list of %d numbers, one a population", populations)}
	}
	// Paths are made for refused numbers only: a large network has millions of weights.
	for i, value := range values {
		if !r.accepts(value) {
			return r.Check(IndexPath(path, i), value)
		}
	}
	return nil
}

// CheckRate refuses a rate that no network may have, by an *InputError for the path or one
// of the parameters below it.
func CheckRate(path string, rate Rate) error { return checkRate(path, rate) }

// CheckIndex refuses an index into a list of the given length, by an *InputError for the path.
func CheckIndex(path string, index, length int) error {
	if index >= 0 && index < length {
		return nil
	}
	return &InputError{path, fmt.Sprint(index), fmt.Sprintf("an index ≥ 0 and < %d", length)}
}

// CheckTimes refuses output times that are not finite, not increasing or negative, or none
// at all, by an *InputError for times or times[i].
func CheckTimes(times []float64) error {
	if len(times) == 0 {
		return &InputError{"times", "none", "at least one time"}
	}
	previous := math.Inf(-1)
	for i, t := range times {
		if !(t >= 0) || math.IsInf(t, 0) || t <= previous {
			return &InputError{IndexPath("times", i), numbers.Text(t), "finite times ≥ 0, each later than the one before"}
		}
		previous = t
	}
	return nil
}
