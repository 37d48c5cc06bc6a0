package sweep

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// An Axis is what a sweep varies: numbers of the network that get one value together. It is
// made by Linear, Log or Values, and its other fields are set afterwards.
type Axis struct {
	// Name names its column of the table, and is unique; "" for the first of Paths.
	Name string
	// Paths are in the notation of bnn.Network.Set. The path n is the size of the network.
	Paths []string
	// Values are those on the axis. If there are none, they are Count values from From to To.
	Values   []float64
	From, To float64
	Count    int  // ≥ 1; a Latin hypercube does not look at it
	Log      bool // equal ratios from one to the next, not equal differences
	// Factor multiplies the numbers by the value, instead of setting them to it.
	Factor bool
}

// Linear is an axis of so many values from one to another at equal distances.
func Linear(path string, from, to float64, count int) Axis {
	return Axis{Paths: []string{path}, From: from, To: to, Count: count}
}

// Log is an axis of so many values from one to another, both of one sign, at equal ratios.
func Log(path string, from, to float64, count int) Axis {
	return Axis{Paths: []string{path}, From: from, To: to, Count: count, Log: true}
}

// Values is an axis of the values given.
func Values(path string, values ...float64) Axis {
	return Axis{Paths: []string{path}, Values: values}
}

// sizePath is the path of the size n, which is no number of a network file.
const sizePath = "n"

// sized tells whether the axis varies n. Its values are whole numbers then: those between
// From and To are rounded.
func (a Axis) sized() bool { return slices.Contains(a.Paths, sizePath) }

// label is the name of its column.
func (a Axis) label() string {
	if a.Name == "" && len(a.Paths) > 0 {
		return a.Paths[0]
	}
	return a.Name
}

// length is the number of values on the axis of a grid.
func (a Axis) length() int {
	if len(a.Values) > 0 {
		return len(a.Values)
	}
	return a.Count
}

// value is that of number i on the axis of a grid.
func (a Axis) value(i int) float64 {
	switch {
	case len(a.Values) > 0:
		return a.Values[i]
	case i == 0:
		return a.round(a.From)
	case i == a.Count-1:
		return a.round(a.To)
	}
	return a.between(float64(i), float64(a.Count-1))
}

// part is the value at a part of the axis, from 0 to below 1: of equal parts of it each
// listed value has one.
func (a Axis) part(x float64) float64 {
	if count := len(a.Values); count > 0 {
		return a.Values[min(int(x*float64(count)), count-1)]
	}
	return a.between(x, 1)
}

// between is the value at a part of the axis, given as a fraction. Values on a logarithmic
// scale are rounded to 15 digits, so that a tenth is one.
func (a Axis) between(part, whole float64) float64 {
	if !a.Log {
		// The conversion keeps processors that could from rounding once only.
		return a.round(a.From + float64((a.To-a.From)*part)/whole)
	}
	value := a.From * math.Pow(a.To/a.From, part/whole)
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		return value
	}
	return a.round(rounded)
}

func (a Axis) round(value float64) float64 {
	if a.sized() {
		return math.Round(value)
	}
	return value
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// check refuses what no network makes right, by an *InputError for the axis at a path.
func (a Axis) check(path string, latin bool) error {
	if name := a.label(); blank(name) || !utf8.ValidString(name) || strings.ContainsAny(name, "\r\n\x00") {
		return &bnn.InputError{Path: path + ".name", Value: strconv.Quote(name), Allowed: "a text that is not blank, on one line"}
	}
	if len(a.Paths) == 0 {
		return &bnn.InputError{Path: path + ".paths", Value: "a list of 0", Allowed: "a list of 1 or more paths"}
	}
	if a.sized() && a.Factor {
		return &bnn.InputError{Path: path + ".factor", Value: "true", Allowed: "false where the path n is among the paths: n has no value to multiply"}
	}
	for i, value := range a.Values {
		at := bnn.IndexPath(path+".values", i)
		if err := bnn.AnyNumber.Check(at, value); err != nil {
			return err
		}
		if err := a.checkSize(at, value); err != nil {
			return err
		}
	}
	if len(a.Values) > 0 {
		return nil
	}
	if !latin && (a.Count < 1 || a.Count > maxPoints) {
		return &bnn.InputError{Path: path + ".count", Value: fmt.Sprint(a.Count), Allowed: fmt.Sprintf("a whole number from 1 to %d, or values given one by one", maxPoints)}
	}
	return a.checkRange(path)
}

func (a Axis) checkRange(path string) error {
	if err := bnn.AnyNumber.Check(path+".from", a.From); err != nil {
		return err
	}
	if err := bnn.AnyNumber.Check(path+".to", a.To); err != nil {
		return err
	}
	switch {
	case math.IsInf(a.To-a.From, 0):
		return &bnn.InputError{Path: path + ".to", Value: numbers.Text(a.To), Allowed: "such that its distance from from is a finite number"}
	case a.Log && a.From == 0:
		return &bnn.InputError{Path: path + ".from", Value: "0", Allowed: "unlike 0 on a logarithmic scale"}
	case a.Log && !(a.To/a.From > 0 && numbers.Finite(a.To/a.From)):
		return &bnn.InputError{Path: path + ".to", Value: numbers.Text(a.To), Allowed: fmt.Sprintf("of the sign of from, which is %v, on a logarithmic scale", a.From)}
	}
	if err := a.checkSize(path+".from", a.round(a.From)); err != nil {
		return err
	}
	return a.checkSize(path+".to", a.round(a.To))
}

// checkSize holds a value of n to whole numbers.
func (a Axis) checkSize(path string, value float64) error {
	if a.sized() && (value != math.Trunc(value) || value < 1 || value > bnn.MaxSize) {
		return &bnn.InputError{Path: path, Value: numbers.Text(value), Allowed: fmt.Sprintf("a whole number from 1 to %d where the path n is among the paths", bnn.MaxSize)}
	}
	return nil
}
