package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"

	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// An Axis of a Panel.
type Axis struct {
	// Label says what the numbers are.
	Label string
	// Of says what they measure, for Figure.In.
	Of Dimension
	// Log makes the axis logarithmic; all that is drawn must then be positive.
	Log bool
	// Low and High are the ends of the axis, both finite. Where they are equal the ends
	// are those of the data, with a little room on a vertical axis.
	Low, High float64
}

// greatest is the largest size of a number in a figure: differences stay finite.
const greatest = 1e300

// check refuses ends that are no range.
func (a Axis) check(path string) error {
	if a.Low == a.High {
		return nil
	}
	for _, end := range []struct {
		key   string
		value float64
	}{{"low", a.Low}, {"high", a.High}} {
		if err := a.checkValue(path+"."+end.key, end.value); err != nil {
			return err
		}
	}
	if a.Low > a.High {
		return &bnn.InputError{Path: path + ".low", Value: number.Exact(a.Low), Allowed: fmt.Sprintf("at most high, %s", number.Exact(a.High))}
	}
	return nil
}

// checkValue refuses a number that has no place on the axis.
func (a Axis) checkValue(path string, value float64) error {
	if !(math.Abs(value) <= greatest) {
		return &bnn.InputError{Path: path, Value: number.Exact(value), Allowed: "a finite number"}
	}
	if a.Log && value < 1/greatest {
		return &bnn.InputError{Path: path, Value: number.Exact(value), Allowed: "a finite number > 0, the axis being logarithmic"}
	}
	return nil
}

// An extent is the range of the numbers to be drawn on an axis.
type extent struct {
	log       bool
	low, high float64
}

func newExtent(log bool) extent {
	return extent{log: log, low: math.Inf(1), high: math.Inf(-1)}
}

// include takes numbers into the range. NaN is none.
func (e *extent) include(values ...float64) {
	for _, value := range values {
		if !math.IsNaN(value) {
			e.low, e.high = min(e.low, value), max(e.high, value)
		}
	}
}

func (e extent) empty() bool { return e.low > e.high }

// widen gives the range room at both ends, as a fraction of its length. A range of one
// number, or of numbers that differ by rounding only, becomes one around it.
func (e extent) widen(room float64) extent {
	if e.high-e.low <= 1e-12*max(math.Abs(e.low), math.Abs(e.high)) {
		if e.log {
			return extent{e.log, e.low / 2, e.high * 2}
		}
		around := 0.1 * max(math.Abs(e.low), math.Abs(e.high))
		if around == 0 {
			around = 1
		}
		return extent{e.log, e.low - around, e.high + around}
	}
	if e.log {
		factor := math.Exp(room * (math.Log(e.high) - math.Log(e.low)))
		return extent{e.log, e.low / factor, e.high * factor}
	}
	more := room * (e.high - e.low)
	return extent{e.log, e.low - more, e.high + more}
}

// apply gives an axis of a plot its ends. A logarithmic one has decimal
// logarithms as its numbers.
func (a Axis) apply(axis *plot.Axis, data extent, room float64) {
	low, high := a.Low, a.High
	if low == high {
		wide := data.widen(room)
		low, high = wide.low, wide.high
	}
	axis.Min, axis.Max = a.place(low), a.place(high)
}

// place is the number of a plot that stands for a value: −Inf for one below any
// logarithmic axis.
func (a Axis) place(value float64) float64 {
	if a.Log {
		return math.Log10(max(value, 0))
	}
	return value
}
