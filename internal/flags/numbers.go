package flags

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/spf13/pflag"
)

// Count is the value of a flag that counts something, at least so many of them: a whole
// number, which may be spelled as in 1000, 1e3 or 1.5e3.
func Count(number *int, least int) pflag.Value { return countValue{number, least} }

// Seed is the value of a flag for a seed, spelled like a count.
func Seed(number *uint64) pflag.Value { return seedValue{number} }

// Number is the value of a flag for a finite number ≥ 0.
func Number(number *float64) pflag.Value { return numberValue{number: number} }

// AnyNumber is the value of a flag for a finite number of either sign.
func AnyNumber(number *float64) pflag.Value { return numberValue{number: number, signed: true} }

// A countValue is the value of a flag made by Count.
type countValue struct {
	number *int
	least  int
}

func (v countValue) String() string {
	if v.number == nil { // pflag makes such a value to compare with
		return "0"
	}
	return strconv.Itoa(*v.number)
}

func (v countValue) Type() string { return "int" }
func (v countValue) allowed() string {
	return fmt.Sprintf("a whole number ≥ %d, such as 1000 or 1e3", v.least)
}

func (v countValue) Set(text string) error {
	number, err := strconv.Atoi(text)
	if err != nil {
		whole, ok := wholeNumber(text)
		if !ok {
			return errors.New(v.allowed())
		}
		number = int(whole)
	}
	if number < v.least {
		return errors.New(v.allowed())
	}
	*v.number = number
	return nil
}

// A seedValue is the value of a flag made by Seed.
type seedValue struct{ number *uint64 }

func (v seedValue) String() string {
	if v.number == nil {
		return "0"
	}
	return strconv.FormatUint(*v.number, 10)
}

func (v seedValue) Type() string { return "uint" }
func (v seedValue) allowed() string {
	return fmt.Sprintf("a whole number from 0 to %d", uint64(math.MaxUint64))
}

func (v seedValue) Set(text string) error {
	number, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		whole, ok := wholeNumber(text)
		if !ok || whole < 0 {
			return errors.New(v.allowed())
		}
		number = uint64(whole)
	}
	*v.number = number
	return nil
}

// wholeNumber reads a whole number that is spelled with a point or an exponent. Beyond
// 2⁵³ such a spelling does not tell which one is meant.
func wholeNumber(text string) (float64, bool) {
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil && number == math.Trunc(number) && math.Abs(number) <= 1<<53
}

// A numberValue is the value of a flag for a finite number.
type numberValue struct {
	number   *float64
	positive bool   // 0 is not allowed
	signed   bool   // less than 0 is
	unit     string // said after what is allowed
}

func (v numberValue) String() string {
	if v.number == nil {
		return "0"
	}
	return strconv.FormatFloat(*v.number, 'g', -1, 64)
}

func (v numberValue) Type() string { return "float" }

func (v numberValue) allowed() string {
	if v.signed {
		return "a finite number" + v.unit
	}
	if v.positive {
		return "a finite number > 0" + v.unit
	}
	return "a finite number ≥ 0" + v.unit
}

func (v numberValue) Set(text string) error {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !(number >= 0 || v.signed) || math.IsNaN(number) || math.IsInf(number, 0) || v.positive && number == 0 {
		return errors.New(v.allowed())
	}
	*v.number = number
	return nil
}
