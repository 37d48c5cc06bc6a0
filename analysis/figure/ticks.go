package figure

import (
	"math"
	"slices"
	"strconv"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/number"
	"balanced/bnn"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

// ticks are the numbers on an axis. A linear axis has three to six round ones, with no
// more decimals than tell them apart. A logarithmic axis, whose places are decimal
// logarithms, has powers of ten, with 2 and 5 times these where there are less than two
// decades, and small ticks between.
//
// On an axis of a known length, which is not 0, there are fewer if they would run into
// each other.
type ticks struct {
	log, vertical bool
	length        vg.Length
	of            Dimension
	factor        float64  // of the numbers that are shown; 0 is 1
	unit          bnn.Unit // that the panel is in, for bars of colours
}

// Ticks implements plot.Ticker.
func (t ticks) Ticks(low, high float64) []plot.Tick {
	if t.factor != 0 {
		return t.inUnit(low, high)
	}
	if !t.log {
		return t.linear(low, high)
	}
	marks := t.logarithmic(math.Pow(10, low), math.Pow(10, high), high-low)
	for i := range marks { // rounding must not move the last beyond the end
		marks[i].Value = min(max(math.Log10(marks[i].Value), low), high)
	}
	return marks
}

// inUnit gives the ticks of an axis that shows multiples of its numbers.
func (t ticks) inUnit(low, high float64) []plot.Tick {
	factor, shift := t.factor, 0.0
	if t.log {
		factor, shift = 1, math.Log10(factor)
	}
	t.factor = 0
	marks := t.Ticks(low*factor+shift, high*factor+shift)
	for i := range marks { // as above
		marks[i].Value = min(max((marks[i].Value-shift)/factor, low), high)
	}
	return marks
}

func (t ticks) linear(low, high float64) []plot.Tick {
	if !(high > low) {
		return []plot.Tick{{Value: low, Label: number.Minus(number.Short(low, 3))}}
	}
	place := func(value float64) float64 { return (value - low) / (high - low) }
	exponent := math.Floor(math.Log10((high - low) / 3))
	var marks []plot.Tick
	for _, factor := range []float64{1, 2, 5, 10, 20} {
		step := factor * math.Pow(10, exponent)
		if math.Floor(high/step)-math.Ceil(low/step) >= 6 {
			continue
		}
		found := multiples(low, high, step)
		if marks != nil && len(found) < 2 {
			break
		}
		if marks = found; t.fit(marks, place) {
			return marks
		}
	}
	return t.sparse(marks, place)
}

// multiples are the marks at all multiples of a step. Numbers that are very large or
// very small are written with a power of ten.
func multiples(low, high, step float64) []plot.Tick {
	power := int(math.Floor(math.Log10(step) + 1e-9))
	decimals, suffix, unit := max(0, -power), "", 1.0
	if largest := max(math.Abs(low), math.Abs(high)); power < -5 || largest >= 1e6 {
		top := int(math.Floor(math.Log10(largest)))
		if largest < 10.5*math.Pow(10, float64(power)) {
			top = power // 10·10⁻⁸ beside 8·10⁻⁸
		}
		decimals, suffix, unit = min(top-power, 15), "·"+powerOfTen(top), math.Pow(10, float64(top))
	}
	var marks []plot.Tick
	first := math.Ceil(low / step)
	for i := range int(math.Floor(high/step)-first) + 1 {
		value := (first+float64(i))*step + 0 // +0: no −0
		label := strconv.FormatFloat(value/unit, 'f', decimals, 64) + suffix
		if suffix != "" && value == 0 {
			label = "0"
		}
		marks = append(marks, plot.Tick{Value: value, Label: number.Minus(label)})
	}
	return marks
}

// logarithmic gives ticks at numbers, not at their logarithms.
func (t ticks) logarithmic(low, high, decades float64) []plot.Tick {
	place := func(value float64) float64 { return math.Log10(value/low) / decades }
	var labelled [][]int
	if decades < 0.7 {
		labelled = append(labelled, []int{1, 2, 3, 4, 5, 6, 7, 8, 9})
	}
	if decades < 2 {
		labelled = append(labelled, []int{1, 2, 5}, []int{1, 3})
	}
	for _, digits := range labelled {
		if marks, count := t.decadeMarks(low, high, digits, 1); count >= 2 && t.fit(marks, place) {
			return marks
		}
	}
	if decades < 1 { // perhaps not two of these numbers, but there are numbers between
		return t.linear(low, high)
	}
	for every := max(1, int(math.Ceil(decades/6))); ; every++ {
		marks, count := t.decadeMarks(low, high, []int{1}, every)
		if count >= 2 && t.fit(marks, place) {
			return marks
		}
		if count < 3 {
			break
		}
	}
	marks, _ := t.decadeMarks(low, high, []int{1, 3}, 1)
	return t.sparse(marks, place)
}

// decadeMarks are the marks at powers of ten, and at 2 to 9 times these if there is
// room. Those of the given digits have labels, in one of so many decades.
func (t ticks) decadeMarks(low, high float64, digits []int, every int) (marks []plot.Tick, labels int) {
	const slack = 1e-9 // of the logarithms that low and high come from
	decades := math.Log10(high / low)
	plain := high/low < 5000 && low >= 0.0005 && high <= 50000
	crowded := decades > 8 || t.length > 0 && float64(t.length)/decades < 22
	for exponent := int(math.Floor(math.Log10(low))); exponent <= int(math.Ceil(math.Log10(high))); exponent++ {
		for digit := 1; digit <= 9; digit++ {
			value := float64(digit) * math.Pow(10, float64(exponent))
			if value < low*(1-slack) || value > high*(1+slack) || digit > 1 && crowded {
				continue
			}
			mark := plot.Tick{Value: value}
			if slices.Contains(digits, digit) && exponent%every == 0 {
				mark.Label = logLabel(digit, exponent, plain)
				labels++
			}
			marks = append(marks, mark)
		}
	}
	return marks, labels
}

func logLabel(digit, exponent int, plain bool) string {
	switch {
	case plain:
		return strconv.FormatFloat(float64(digit)*math.Pow(10, float64(exponent)), 'f', max(0, -exponent), 64)
	case digit == 1:
		return powerOfTen(exponent)
	}
	return strconv.Itoa(digit) + "·" + powerOfTen(exponent)
}

func powerOfTen(exponent int) string {
	return "10" + pen.Superscript(number.Minus(strconv.Itoa(exponent)))
}

// fit tells whether the labels keep apart. The place of a number is a fraction of the
// axis.
func (t ticks) fit(marks []plot.Tick, place func(float64) float64) bool {
	if t.length == 0 {
		return true
	}
	const gap = 7
	style := textStyle(pen.Ink)
	end := vg.Length(math.Inf(-1))
	for _, mark := range marks {
		if mark.Label == "" {
			continue
		}
		middle, half := t.length*vg.Length(place(mark.Value)), style.Width(mark.Label)/2
		if t.vertical {
			half = style.Font.Size/2 - gap/2 // lines of text have gaps of their own
		}
		if middle-half < end+gap {
			return false
		}
		end = middle + half
	}
	return true
}

// sparse leaves the first and the last label, or the first only.
func (t ticks) sparse(marks []plot.Tick, place func(float64) float64) []plot.Tick {
	var labelled []*plot.Tick
	for i := range marks {
		if marks[i].Label != "" {
			labelled = append(labelled, &marks[i])
		}
	}
	for len(labelled) > 2 {
		labelled[1].Label = ""
		labelled = slices.Delete(labelled, 1, 2)
	}
	if len(labelled) == 2 && !t.fit(marks, place) {
		labelled[1].Label = ""
	}
	return marks
}
