package figure

import (
	"math"
	"slices"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/check"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Band is the area between Low and High over X, lightly filled; NaN breaks it.
type Band struct {
	// Name is the name in the key; without one the band has no key.
	Name         string
	X, Low, High []float64
	Color        Color
}

// bandLook is how bands look: what is below them shows through.
type bandLook struct{ color Color }

func (b bandLook) fill() pen.Color { return b.color.pen().Through(56) }

// Thumbnail implements plot.Thumbnailer.
func (b bandLook) Thumbnail(c *draw.Canvas) {
	c.FillPolygon(b.fill(), []vg.Point{c.Min, {X: c.Min.X, Y: c.Max.Y}, c.Max, {X: c.Max.X, Y: c.Min.Y}})
}

func (b Band) kind() string { return "bands" }

func (b Band) label() (string, plot.Thumbnailer) { return b.Name, bandLook{b.Color} }

func (b Band) check(path string, x, y Axis) error {
	if err := checkColor(path, b.Color); err != nil {
		return err
	}
	if err := checkValues(path+".x", b.X, x, true); err != nil {
		return err
	}
	for _, side := range []struct {
		path   string
		values []float64
	}{{path + ".low", b.Low}, {path + ".high", b.High}} {
		if err := check.Length(side.path, side.values, len(b.X), "of x"); err != nil {
			return err
		}
		if err := checkValues(side.path, side.values, y, true); err != nil {
			return err
		}
	}
	return nil
}

func (b Band) extend(x, y *extent) {
	for i := range b.X {
		if !math.IsNaN(b.X[i] + b.Low[i] + b.High[i]) {
			x.include(b.X[i])
			y.include(b.Low[i], b.High[i])
		}
	}
}

func (b Band) paint(f frame) {
	low, high := slices.Clone(b.Low), slices.Clone(b.High)
	for i := range low { // the sides break together
		if math.IsNaN(low[i] + high[i]) {
			low[i], high[i] = math.NaN(), math.NaN()
		}
	}
	above := f.runs(b.X, high)
	for i, below := range f.runs(b.X, low) {
		slices.Reverse(below)
		f.FillPolygon(bandLook{b.Color}.fill(), f.ClipPolygonXY(append(above[i], below...)))
	}
}
