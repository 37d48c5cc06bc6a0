package figure

import (
	"image/color"
	"math"

	"balanced/analysis/figure/internal/pen"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The bar of colours right of a map, all in points.
const (
	barGap, barThickness  = 9, 9
	barTick, barLabelGaps = 3, 4
)

// barWidth is the room that the bar, its numbers and its label take.
func (m Map) barWidth(on *plot.Plot) vg.Length {
	marks, label := m.barTicks(on)
	width := barGap + barThickness + barTick + barNumbers(marks)
	if label != "" {
		width += textStyle(pen.Ink).Height(label)
	}
	return width
}

// barTicks are the numbers at the bar and its label, in the unit that the panel is in.
func (m Map) barTicks(on *plot.Plot) (marks []plot.Tick, label string) {
	factor, name := m.Of.in(on.X.Tick.Marker.(ticks).unit)
	if name == "" {
		return ticks{}.Ticks(m.scale()), m.Label
	}
	if m.Label != "" {
		label = m.Label + " (" + name + ")"
	}
	return ticks{factor: factor}.Ticks(m.scale()), label
}

// barNumbers is the width of the numbers at the bar.
func barNumbers(marks []plot.Tick) (width vg.Length) {
	for _, tick := range marks {
		width = max(width, textStyle(pen.Ink).Width(tick.Label))
	}
	return width + barLabelGaps
}

// paintBar draws the bar beside the frame, as high as it.
func (m Map) paintBar(f frame, colours color.Palette, low, high float64) {
	left := f.Max.X + barGap
	bar := vg.Rectangle{Min: vg.Point{X: left, Y: f.Min.Y}, Max: vg.Point{X: left + barThickness, Y: f.Max.Y}}
	paintColours(f.Canvas, bar, colours, func(at vg.Point) int {
		return int(float64((at.Y-bar.Min.Y)/bar.Size().Y) * float64(len(colours)))
	})
	style := textStyle(pen.Ink)
	style.YAlign = draw.YCenter
	line := draw.LineStyle{Color: pen.Ink, Width: 0.8}
	marks, label := m.barTicks(f.plot)
	for _, tick := range marks {
		y := bar.Min.Y + bar.Size().Y*vg.Length((tick.Value-low)/(high-low))
		f.StrokeLine2(line, bar.Max.X, y, bar.Max.X+barTick, y)
		f.FillText(style, vg.Point{X: bar.Max.X + barTick + barLabelGaps - 1, Y: y + style.FontExtents().Descent}, tick.Label)
	}
	style.XAlign, style.YAlign, style.Rotation = draw.XCenter, draw.YTop, math.Pi/2
	f.FillText(style, vg.Point{X: bar.Max.X + barTick + barNumbers(marks), Y: bar.Min.Y + bar.Size().Y/2}, label)
}
