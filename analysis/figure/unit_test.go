package figure

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"balanced/analysis/internal/analysistest"
	"balanced/bnn"
)

// Powers of two scale without rounding, so that the picture has to be that of numbers that were
// converted before, to the last byte.
func TestInIsThePictureOfConvertedNumbers(t *testing.T) {
	unit := bnn.Unit{TimeMS: 8, PotentialMV: 0.5}
	for _, row := range []struct {
		of     Dimension
		factor float64
		name   string
	}{{Time, 8, "ms"}, {Rate, 125, "Hz"}, {AngularFrequency, 125, "rad/s"}, {Potential, 0.5, "mV"}, {Variance, 0.25, "mV²"}, {ThirdCumulant, 0.125, "mV³"},
		{perPotential, 2, "1/mV"}, {meanSpectrum, 2, "mV²·ms"}, {rateCovariance, 15625, "Hz²"}} {
		if factor, name := row.of.in(unit); factor != row.factor || name != row.name {
			t.Errorf("1 is %g %s, want %g %s", factor, name, row.factor, row.name)
		}
	}
	x, y := []float64{0, 1, 2.5, 7}, []float64{-3, 4, 1.5, 0}
	draw := func(x, y []float64, across, up Axis) *Figure {
		return bnn.Must(New("caption", "alt", Panel{X: across, Y: up, Lines: []Line{{X: x, Y: y}}, Points: []Points{{X: x, Y: y}},
			Notes: []Note{{X: x[1], Y: y[1], Text: "here"}}}))
	}
	scaled := func(values []float64, factor float64) (list []float64) {
		for _, value := range values {
			list = append(list, factor*value)
		}
		return list
	}
	plain := draw(x, y, Axis{Label: timeLabel, Of: Time}, Axis{Label: "m", Of: Potential})
	before := bnn.Must(plain.SVG())
	got := bnn.Must(plain.In(unit).SVG())
	want := bnn.Must(draw(scaled(x, 8), scaled(y, 0.5), Axis{Label: "time t (ms)"}, Axis{Label: "m (mV)"}).SVG())
	if !bytes.Equal(got, want) {
		t.Error("a figure in ms and mV is not that of numbers in ms and mV")
	}
	if bytes.Equal(before, got) || !bytes.Equal(before, bnn.Must(plain.SVG())) {
		t.Error("In changed the figure that it was asked of, or nothing")
	}
	if !bytes.Equal(got, bnn.Must(plain.In(unit).In(unit).SVG())) {
		t.Error("a second In changed the figure")
	}
	if half := bnn.Must(plain.In(bnn.Unit{PotentialMV: 0.5}).SVG()); !bytes.Equal(half, bnn.Must(draw(x, scaled(y, 0.5), Axis{Label: timeLabel}, Axis{Label: "m (mV)"}).SVG())) {
		t.Error("a unit without milliseconds changed times, or left potentials as they were")
	}
	if !bytes.Equal(before, bnn.Must(plain.In(bnn.Unit{}).SVG())) {
		t.Error("no unit changed the figure")
	}
}

// Logarithmic axes show round numbers of the unit.
func TestInOfLogarithmicAxes(t *testing.T) {
	marks := ticks{log: true, factor: 50}.Ticks(0, 2) // 1 to 100, shown as 50 to 5000
	if got := labels(marks); got != "100 1000" {
		t.Errorf("ticks from 50 to 5000 ms: %s", got)
	}
	for _, mark := range marks {
		if mark.Label == "100" && (mark.Value < 0.3010299956 || mark.Value > 0.3010299957) {
			t.Errorf("100 ms of 50 ms a unit are at 10^%g, want 2", mark.Value)
		}
	}
}

// Texts with numbers of results have units, and those of the first figure stay.
func TestInOfTexts(t *testing.T) {
	runs, limit := analysistest.Summary(rand.New(rand.NewPCG(1, 2)), 5, 30, 0)
	plain := bnn.Must(Moments(runs, limit, nil))
	alt := plain.Alt
	converted := plain.In(bnn.Unit{TimeMS: 10, PotentialMV: 1})
	for _, want := range []string{" ms.", " mV, variance", " mV²."} {
		if !strings.Contains(converted.Alt, want) || strings.Contains(alt, want) {
			t.Errorf("%q is not in the text of a figure with units, or in that of one without: %s", want, converted.Alt)
		}
	}
	if plain.Alt != alt || converted.Caption != plain.Caption {
		t.Error("other texts changed")
	}
	for name, figure := range figures(t) {
		if _, err := figure.In(bnn.Unit{TimeMS: 10, PotentialMV: 1}).SVG(); err != nil {
			t.Errorf("%s in units: %v", name, err)
		}
	}
}

// The bar of a map is that of a map of numbers and label in the unit; one without a dimension stays.
func TestInOfColourBars(t *testing.T) {
	draw := func(scale float64, label string, of Dimension) *Figure {
		values := [][]float64{{0.1 * scale, 0.2 * scale}, {0.3 * scale, 0.7 * scale}}
		return bnn.Must(New("", "", Panel{X: Axis{Label: "x"}, Y: Axis{Label: "y"},
			Maps: []Map{{X: []float64{1, 2}, Y: []float64{1, 2}, Values: values, Label: label, Of: of}}}))
	}
	unit := bnn.Unit{TimeMS: 10}
	if got, want := bnn.Must(draw(1, "rate", Rate).In(unit).SVG()), bnn.Must(draw(100, "rate (Hz)", Dimension{}).SVG()); !bytes.Equal(got, want) {
		t.Error("the bar of a rate in Hz is not that of 100 times the numbers")
	}
	if !bytes.Equal(bnn.Must(draw(1, "rate", Rate).In(unit).In(bnn.Unit{TimeMS: 5}).SVG()), bnn.Must(draw(1, "rate", Rate).In(unit).SVG())) {
		t.Error("a second In changes the bar")
	}
	if !bytes.Equal(bnn.Must(draw(1, "share", Dimension{}).In(unit).SVG()), bnn.Must(draw(1, "share", Dimension{}).SVG())) {
		t.Error("a bar without a dimension changes")
	}
}
