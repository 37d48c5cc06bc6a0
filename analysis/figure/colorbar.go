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
func (m Map) barWidth() vg.Length {
	width := barGap + barThickness + barTick + m.barNumbers()
	if m.Label != "" {
		width += textStyle(pen.Ink).Height(m.Label)
	}
	return width
}

func (m Map) barTicks() []plot.Tick { return ticks{}.Ticks(m.scale()) }

// barNumbers is the width of the numbers at the bar.
func (m Map) barNumbers() (width vg.Length) {
	for _, tick := range m.barTicks() {
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
	for _, tick := range m.barTicks() {
		y := bar.Min.Y + bar.Size().Y*vg.Length((tick.Value-low)/(high-low))
		f.StrokeLine2(line, bar.Max.X, y, bar.Max.X+barTick, y)
		f.FillText(style, vg.Point{X: bar.Max.X + barTick + barLabelGaps - 1, Y: y + style.FontExtents().Descent}, tick.Label)
	}
	style.XAlign, style.YAlign, style.Rotation = draw.XCenter, draw.YTop, math.Pi/2
	f.FillText(style, vg.Point{X: bar.Max.X + barTick + m.barNumbers(), Y: bar.Min.Y + bar.Size().Y/2}, m.Label)
}
