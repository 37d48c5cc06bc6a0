package figure

import (
	"image/color"

	"balanced/analysis/figure/internal/pen"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var (
	dashes = []vg.Length{5, 3}
	dots   = []vg.Length{1.5, 2.5}
)

const (
	timeUnit  = " (synaptic time constants)"
	timeLabel = "time t" + timeUnit
)

// textStyle is how all texts are set. In letters with serifs the name I is no stroke.
func textStyle(c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Serif", Size: 12, Weight: xfont.WeightNormal},
		Handler: pen.Symbols{Handler: plot.DefaultTextHandler},
	}
}

func newPanel(x, y Axis) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil // the figure has one
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		label, tick := &axis.Label.TextStyle, &axis.Tick.Label
		label.Font, tick.Font = textStyle(pen.Ink).Font, textStyle(pen.Ink).Font
		label.Handler, tick.Handler = textStyle(pen.Ink).Handler, textStyle(pen.Ink).Handler
		label.Color, tick.Color = pen.Ink, pen.Ink
		axis.Color, axis.Tick.LineStyle.Color = pen.Ink, pen.Ink
		axis.Width, axis.Tick.LineStyle.Width = 0.8, 0.8
		axis.Tick.Length, axis.Label.Padding = 4, 4
	}
	p.X.Label.Text, p.Y.Label.Text = x.Label, y.Label
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks{log: x.Log, of: x.Of}, ticks{log: y.Log, of: y.Of}
	p.X.Padding, p.Y.Padding = 4, 4
	return p
}

func newLine(points plotter.XYs, c color.Color, width vg.Length, dash []vg.Length) *plotter.Line {
	return &plotter.Line{XYs: points, LineStyle: draw.LineStyle{Color: c, Width: width, Dashes: dash}}
}

func xys(x, y []float64) plotter.XYs {
	points := make(plotter.XYs, len(x))
	for i := range x {
		points[i] = plotter.XY{X: x[i], Y: y[i]}
	}
	return points
}

// widen gives the data some room above and below, so that nothing touches an edge.
func widen(p *plot.Plot) {
	room := 0.04 * (p.Y.Max - p.Y.Min)
	p.Y.Min, p.Y.Max = p.Y.Min-room, p.Y.Max+room
}

// unifyY gives all panels the same vertical axis, so that they can be compared.
func unifyY(panels []*plot.Plot) {
	low, high := panels[0].Y.Min, panels[0].Y.Max
	for _, panel := range panels {
		low, high = min(low, panel.Y.Min), max(high, panel.Y.Max)
	}
	for _, panel := range panels {
		panel.Y.Min, panel.Y.Max = low, high
	}
}

// area is the key of a filled area.
func area(c color.Color) *plotter.Line { return &plotter.Line{FillColor: c} }
