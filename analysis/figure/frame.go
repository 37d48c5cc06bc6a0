package figure

import (
	"fmt"
	"math"

	"balanced/analysis/figure/internal/pen"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A frame is the area of a canvas between the axes, on which marks are drawn.
type frame struct {
	draw.Canvas
	plot  *plot.Plot
	panel Panel
}

// x is where a number of the horizontal axis is. Numbers far beyond the axis are moved
// nearer, for the lengths to stay exact.
func (f frame) x(value float64) vg.Length { return f.X(near01(f.plot.X.Norm(f.panel.X.place(value)))) }

// y is where a number of the vertical axis is.
func (f frame) y(value float64) vg.Length { return f.Y(near01(f.plot.Y.Norm(f.panel.Y.place(value)))) }

func near01(fraction float64) float64 { return min(max(fraction, -1e4), 1e4) }

func (f frame) point(x, y float64) vg.Point { return vg.Point{X: f.x(x), Y: f.y(y)} }

// runs are the polylines between breaks, which are NaN.
func (f frame) runs(x, y []float64) [][]vg.Point {
	var lines [][]vg.Point
	broken := true
	for i := range x {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			broken = true
			continue
		}
		if broken {
			lines, broken = append(lines, nil), false
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], f.point(x[i], y[i]))
	}
	return lines
}

// stroke draws lines as one path, without what is outside of the frame.
func (f frame) stroke(style draw.LineStyle, lines ...[]vg.Point) {
	var path vg.Path
	for _, line := range f.ClipLinesXY(lines...) {
		for i, at := range line {
			if i == 0 {
				path.Move(at)
			} else {
				path.Line(at)
			}
		}
	}
	if len(path) > 0 {
		f.SetLineStyle(style)
		f.Stroke(path)
	}
}

// panelPlotter draws what is in a panel, and its title.
type panelPlotter struct{ panel Panel }

const titleHeight = 17

// Plot implements plot.Plotter.
func (p panelPlotter) Plot(c draw.Canvas, on *plot.Plot) {
	f := frame{c, on, p.panel}
	for _, m := range p.panel.marks() {
		m.paint(f)
	}
	for _, slope := range p.panel.Slopes {
		slope.name(f)
	}
	style := textStyle(pen.Ink)
	style.Font.Weight = xfont.WeightBold
	c.FillText(style, vg.Point{X: c.Min.X, Y: c.Max.Y + 6}, p.panel.Title)
}

// DataRange implements plot.DataRanger, for things that are added to the panel.
func (p panelPlotter) DataRange() (xmin, xmax, ymin, ymax float64) {
	return math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
}

// GlyphBoxes implements plot.GlyphBoxer, which makes room for what is outside of the
// axes.
func (p panelPlotter) GlyphBoxes(on *plot.Plot) []plot.GlyphBox {
	var above, right vg.Length
	if p.panel.Title != "" {
		above = titleHeight
	}
	for _, m := range p.panel.Maps {
		right = m.barWidth(on)
	}
	return []plot.GlyphBox{
		{X: 1, Y: 1, Rectangle: vg.Rectangle{Max: vg.Point{Y: above}}},
		{X: 1, Y: 1, Rectangle: vg.Rectangle{Max: vg.Point{X: right}}},
	}
}

// checkValues refuses a number that has no place on the axis. NaN may stand for a gap.
func checkValues(path string, values []float64, axis Axis, gaps bool) error {
	for i, value := range values {
		if gaps && math.IsNaN(value) {
			continue
		}
		if err := axis.checkValue(fmt.Sprintf("%s[%d]", path, i), value); err != nil {
			return err
		}
	}
	return nil
}
