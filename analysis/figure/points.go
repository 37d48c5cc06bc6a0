package figure

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// Points are marks at (X[i], Y[i]), with bars of ±2 standard errors. Points are for
// simulation.
type Points struct {
	// Name is the name in the key; without one the points have no key.
	Name string
	X, Y []float64
	// Error has the standard errors of Y, each ≥ 0 or NaN for no bar; nil for no bars.
	// On a logarithmic axis a bar that reaches zero ends at the axis.
	Error []float64
	Color Color
	// Hollow draws circles instead of discs, for a second kind of simulation.
	Hollow bool
}

const barErrors = 2 // the half length of a bar in standard errors

// pointsLook is how points look, in the key and the panel.
type pointsLook struct {
	color        Color
	hollow, bars bool
}

// Thumbnail implements plot.Thumbnailer.
func (p pointsLook) Thumbnail(c *draw.Canvas) {
	f := frame{Canvas: *c}
	if p.bars {
		f.StrokeLine2(p.bar(), c.Center().X, c.Min.Y-1, c.Center().X, c.Max.Y+1)
	}
	p.discs(f, []vg.Point{c.Center()})
}

func (p pointsLook) bar() draw.LineStyle {
	return draw.LineStyle{Color: p.color.pen(), Width: 0.9}
}

// discs draws all points as one path. A hollow one is filled with white, for its bar to
// end at it.
func (p pointsLook) discs(f frame, centres []vg.Point) {
	if len(centres) == 0 {
		return
	}
	if !p.hollow {
		f.SetColor(p.color.pen())
		f.Fill(circles(centres, 2.2))
		return
	}
	path := circles(centres, 2.3)
	f.SetColor(pen.Paper)
	f.Fill(path)
	f.SetLineStyle(draw.LineStyle{Color: p.color.pen(), Width: 1})
	f.Stroke(path)
}

func circles(centres []vg.Point, radius vg.Length) vg.Path {
	var path vg.Path
	for _, at := range centres {
		path.Move(vg.Point{X: at.X + radius, Y: at.Y})
		path.Arc(at, radius, 0, 2*math.Pi)
		path.Close()
	}
	return path
}

func (p Points) kind() string { return "points" }

func (p Points) look() pointsLook { return pointsLook{p.Color, p.Hollow, p.Error != nil} }

func (p Points) label() (string, plot.Thumbnailer) { return p.Name, p.look() }

func (p Points) check(path string, x, y Axis) error {
	if err := checkColor(path, p.Color); err != nil {
		return err
	}
	if err := check.Length(path+".y", p.Y, len(p.X), "of x"); err != nil {
		return err
	}
	if err := checkValues(path+".x", p.X, x, false); err != nil {
		return err
	}
	if err := checkValues(path+".y", p.Y, y, false); err != nil {
		return err
	}
	if p.Error == nil {
		return nil
	}
	if err := check.Length(path+".error", p.Error, len(p.X), "of x"); err != nil {
		return err
	}
	for i, value := range p.Error {
		if value < 0 || value > greatest {
			return &bnn.InputError{Path: fmt.Sprintf("%s.error[%d]", path, i), Value: number.Exact(value), Allowed: "a finite number ≥ 0, or NaN"}
		}
	}
	return nil
}

// ends are those of the bar of a point: the point itself if there is none.
func (p Points) ends(i int) (low, high float64) {
	bar := 0.0
	if p.Error != nil && !math.IsNaN(p.Error[i]) {
		bar = barErrors * p.Error[i]
	}
	return p.Y[i] - bar, p.Y[i] + bar
}

// extend implements mark. A bar that comes near zero on a logarithmic axis is not let
// stretch it over decades: less than a third of its point does not count.
func (p Points) extend(x, y *extent) {
	for i := range p.X {
		low, high := p.ends(i)
		if y.log {
			low = max(low, p.Y[i]/3)
		}
		x.include(p.X[i])
		y.include(low, high)
	}
}

func (p Points) paint(f frame) {
	f.stroke(p.look().bar(), p.bars(f)...)
	centres := p.centres(f)
	if len(f.panel.Maps) > 0 { // a rim, to be seen on any colour
		f.SetColor(pen.Paper)
		f.Fill(circles(centres, 3))
	}
	p.look().discs(f, centres)
}

// bars are where the bars are, with no lower end on a logarithmic axis if they reach
// zero.
func (p Points) bars(f frame) [][]vg.Point {
	var bars [][]vg.Point
	for i := range p.X {
		low, high := p.ends(i)
		if low == high {
			continue
		}
		bars = append(bars, []vg.Point{f.point(p.X[i], low), f.point(p.X[i], high)})
	}
	return bars
}

// centres are where the points within the panel are.
func (p Points) centres(f frame) []vg.Point {
	var centres []vg.Point
	for i := range p.X {
		if at := f.point(p.X[i], p.Y[i]); f.Contains(at) {
			centres = append(centres, at)
		}
	}
	return centres
}
