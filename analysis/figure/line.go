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

// A Line joins points (X[i], Y[i]) in their order; NaN in X or Y breaks it. Lines are
// for theory. A line that a later one of the same dashes would hide is drawn thicker, so
// that both are seen.
type Line struct {
	// Name is the name in the key; without one the line has no key.
	Name   string
	X, Y   []float64
	Color  Color
	Dashed bool
	Dotted bool // and not dashed
}

// lineLook is how lines look, in the key and the panel.
type lineLook struct {
	color          Color
	dashed, dotted bool
}

func (l Line) look() lineLook { return lineLook{l.Color, l.Dashed, l.Dotted && !l.Dashed} }

func (l lineLook) style() draw.LineStyle {
	style := draw.LineStyle{Color: l.color.pen(), Width: 1.6}
	if l.dashed {
		style.Dashes = dashes
	}
	if l.dotted {
		style.Dashes = dots
	}
	return style
}

// Thumbnail implements plot.Thumbnailer.
func (l lineLook) Thumbnail(c *draw.Canvas) {
	c.StrokeLine2(l.style(), c.Min.X, c.Center().Y, c.Max.X, c.Center().Y)
}

func (l Line) kind() string { return "lines" }

func (l Line) label() (string, plot.Thumbnailer) { return l.Name, l.look() }

func (l Line) check(path string, x, y Axis) error {
	if err := checkColor(path, l.Color); err != nil {
		return err
	}
	if err := check.Length(path+".y", l.Y, len(l.X), "of x"); err != nil {
		return err
	}
	if err := checkValues(path+".x", l.X, x, true); err != nil {
		return err
	}
	return checkValues(path+".y", l.Y, y, true)
}

func (l Line) extend(x, y *extent) {
	for i := range l.X {
		if !math.IsNaN(l.X[i]) && !math.IsNaN(l.Y[i]) {
			x.include(l.X[i])
			y.include(l.Y[i])
		}
	}
}

// layered is a line that knows the lines drawn after it.
type layered struct {
	Line
	later []Line
}

func (l layered) paint(f frame) {
	style := l.look().style()
	runs := f.runs(l.X, l.Y)
	for _, other := range l.later {
		if other.Dashed == l.Dashed && other.Dotted == l.Dotted && cover(f.runs(other.X, other.Y), runs) {
			style.Width = 3.8
		}
	}
	f.stroke(style, runs...)
}

// cover tells whether polylines are nowhere further from others than can be seen.
func cover(above, below [][]vg.Point) bool {
	const seen = 1.5
	return slices.EqualFunc(above, below, func(one, other []vg.Point) bool {
		return slices.EqualFunc(one, other, func(p, q vg.Point) bool {
			return math.Abs(float64(p.X-q.X)) < seen && math.Abs(float64(p.Y-q.Y)) < seen
		})
	})
}

// horizontal is a reference line across the panel.
type horizontal float64

func (h horizontal) kind() string { return "horizontalAt" }

func (h horizontal) label() (string, plot.Thumbnailer) { return "", nil }

func (h horizontal) check(path string, x, y Axis) error { return y.checkValue(path, float64(h)) }

func (h horizontal) extend(x, y *extent) { y.include(float64(h)) }

func (h horizontal) paint(f frame) {
	y := f.y(float64(h))
	f.stroke(thin(nil), []vg.Point{{X: f.Min.X, Y: y}, {X: f.Max.X, Y: y}})
}

// thin is how reference lines look.
func thin(dash []vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: pen.Grey, Width: 0.8, Dashes: dash}
}
