package figure

import (
	"slices"

	"balanced/analysis/figure/internal/pen"
	"balanced/bnn"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

const panelHeight = 2.9 * vg.Inch

// columns is the number of panels in a row.
func columns(panels int) int {
	switch panels {
	case 1, 2:
		return panels
	case 4:
		return 2
	}
	return 3
}

// newFigure lays panels out in rows of so many, with their data areas aligned, below
// the keys.
func newFigure(columns int, panels []*plot.Plot, keys []key, caption, alt string) *Figure {
	var rows [][]*plot.Plot
	for row := range slices.Chunk(panels, columns) {
		rows = append(rows, append(slices.Clone(row), make([]*plot.Plot, columns-len(row))...))
	}
	align := func(c draw.Canvas, strip vg.Length) (canvases [][]draw.Canvas, left vg.Length) {
		tiles := draw.Tiles{Rows: len(rows), Cols: columns, PadX: 14, PadY: 14,
			PadTop: strip + 2, PadBottom: 5, PadLeft: 5, PadRight: 6}
		canvases = plot.Align(rows, tiles, c)
		return canvases, rows[0][0].DataCanvas(canvases[0][0]).Min.X - c.Min.X
	}
	height := panelHeight * vg.Length(len(rows))
	canvases, left := align(draw.Canvas{Rectangle: vg.Rectangle{Max: vg.Point{X: width, Y: height}}}, 0)
	for i, row := range rows {
		for j, panel := range row {
			if panel != nil {
				fitTicks(panel, canvases[i][j])
			}
		}
	}
	lines := keyLines(keys, width-left-6)
	strip := stripHeight(len(lines))
	return &Figure{Caption: caption, Alt: alt, columns: columns, panels: panels, keys: keys, height: strip + height, draw: func(c draw.Canvas) {
		c.SetColor(pen.Paper)
		c.Fill(c.Rectangle.Path())
		canvases, left := align(c, strip)
		for i, row := range rows {
			for j, panel := range row {
				if panel != nil {
					panel.Draw(canvases[i][j])
				}
			}
		}
		drawKeys(draw.Crop(c, left, 0, height, 0), lines)
	}}
}

// withTexts is a figure whose texts have numbers with units.
func withTexts(columns int, panels []*plot.Plot, keys []key, texts func(bnn.Unit) (caption, alt string)) *Figure {
	caption, alt := texts(bnn.Unit{})
	drawn := newFigure(columns, panels, keys, caption, alt)
	drawn.texts = texts
	return drawn
}

// fitTicks leaves out numbers on the axes that have no place there.
func fitTicks(panel *plot.Plot, c draw.Canvas) {
	size := panel.DataCanvas(c).Size()
	for _, axis := range []struct {
		*plot.Axis
		length   vg.Length
		vertical bool
	}{{&panel.X, size.X, false}, {&panel.Y, size.Y, true}} {
		if marker, ok := axis.Tick.Marker.(ticks); ok {
			marker.length, marker.vertical = axis.length, axis.vertical
			axis.Tick.Marker = marker
		}
	}
}

// endLabels name curves at their right ends, in their colours.
type endLabels struct {
	x      float64
	labels []endLabel
}

type endLabel struct {
	y     float64
	text  string
	color pen.Color
}

const labelGap = 4 // points between the end of a curve and its label

// Plot implements plot.Plotter. Labels that would overlap are moved apart.
func (e endLabels) Plot(c draw.Canvas, p *plot.Plot) {
	labels := slices.Clone(e.labels)
	slices.SortStableFunc(labels, func(a, b endLabel) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return 0
	})
	trX, trY := p.Transforms(&c)
	wanted := make([]float64, len(labels))
	for i, label := range labels {
		wanted[i] = float64(trY(label.y))
	}
	for i, y := range apart(wanted, 13) {
		style := textStyle(labels[i].color.ForText())
		style.YAlign = draw.YCenter
		c.FillText(style, vg.Point{X: trX(e.x) + labelGap, Y: vg.Length(y)}, labels[i].text)
	}
}

// GlyphBoxes implements plot.GlyphBoxer, which makes room for the labels: to the right
// only, since panels with different room above and below would not line up.
func (e endLabels) GlyphBoxes(p *plot.Plot) []plot.GlyphBox {
	var boxes []plot.GlyphBox
	for _, label := range e.labels {
		right := labelGap + textStyle(pen.Ink).Width(label.text)
		boxes = append(boxes, plot.GlyphBox{X: p.X.Norm(e.x), Y: p.Y.Norm(label.y),
			Rectangle: vg.Rectangle{Max: vg.Point{X: right}}})
	}
	return boxes
}

// apart moves increasing positions as little as it takes to be a gap apart, in the
// sense of least squares: less i gaps they need only not decrease, so that averaging
// neighbours that do (pooling adjacent violators) solves it.
func apart(positions []float64, gap float64) []float64 {
	type pool struct{ sum, count float64 }
	var pools []pool
	for i, position := range positions {
		pools = append(pools, pool{position - float64(i)*gap, 1})
		for n := len(pools); n > 1 && pools[n-2].sum/pools[n-2].count > pools[n-1].sum/pools[n-1].count; n-- {
			pools[n-2].sum += pools[n-1].sum
			pools[n-2].count += pools[n-1].count
			pools = pools[:n-1]
		}
	}
	var moved []float64
	for _, pool := range pools {
		for range int(pool.count) {
			moved = append(moved, pool.sum/pool.count+float64(len(moved))*gap)
		}
	}
	return moved
}
