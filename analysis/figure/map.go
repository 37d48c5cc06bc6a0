package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette/moreland"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/check"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Map shows numbers on a grid as colours, with a bar right of the panel that tells
// what the colours are. Each cell reaches halfway to its neighbours.
type Map struct {
	// X and Y are the middles of the cells, 2 or more each, increasing.
	X, Y []float64
	// Values has one row for each Y, from bottom to top, of one value for each X. A cell
	// of NaN is hatched.
	Values [][]float64
	// Label names the values, beside the bar, and Of tells what they measure, for Figure.In.
	Label string
	Of    Dimension
	// Zero makes the colours diverge from nearly the ground at 0, cool below and warm above,
	// to the same size on both sides. Otherwise they leave the ground from the least value to
	// the greatest: from light to dark, or on dark ground from dark to light.
	Zero bool
}

func (m Map) kind() string { return "maps" }

func (m Map) label() (string, plot.Thumbnailer) { return "", nil }

func (m Map) check(path string, x, y Axis) error {
	if err := checkGrid(path, m.X, m.Y, x, y); err != nil {
		return err
	}
	if len(m.Values) != len(m.Y) {
		return &bnn.InputError{Path: path + ".values", Value: fmt.Sprintf("%d rows", len(m.Values)),
			Allowed: fmt.Sprintf("one row for each of the %d of y", len(m.Y))}
	}
	for j, row := range m.Values {
		at := fmt.Sprintf("%s.values[%d]", path, j)
		if err := check.Length(at, row, len(m.X), "of x"); err != nil {
			return err
		}
		if err := checkValues(at, row, Axis{}, true); err != nil {
			return err
		}
	}
	if m.values().empty() {
		return &bnn.InputError{Path: path + ".values", Value: "all NaN", Allowed: "1 or more finite numbers"}
	}
	return nil
}

// checkGrid refuses values of a grid that do not increase on their axes.
func checkGrid(path string, xs, ys []float64, x, y Axis) error {
	for _, side := range []struct {
		path   string
		middle []float64
		axis   Axis
	}{{path + ".x", xs, x}, {path + ".y", ys, y}} {
		if len(side.middle) < 2 {
			return &bnn.InputError{Path: side.path, Value: fmt.Sprintf("%d values", len(side.middle)), Allowed: "2 or more values"}
		}
		if err := checkValues(side.path, side.middle, side.axis, false); err != nil {
			return err
		}
		for i := 1; i < len(side.middle); i++ {
			if side.middle[i] <= side.middle[i-1] {
				return &bnn.InputError{Path: fmt.Sprintf("%s[%d]", side.path, i), Value: number.Exact(side.middle[i]),
					Allowed: "greater than the value before it, " + number.Exact(side.middle[i-1])}
			}
		}
	}
	return nil
}

func (m Map) values() extent {
	values := newExtent(false)
	for _, row := range m.Values {
		values.include(row...)
	}
	return values
}

// scale is the range of the colours.
func (m Map) scale() (low, high float64) {
	values := m.values()
	if size := max(math.Abs(values.low), math.Abs(values.high)); m.Zero && size > 0 {
		return -size, size
	}
	values = values.widen(0)
	return values.low, values.high
}

func (m Map) extend(x, y *extent) {
	for _, side := range []struct {
		middle []float64
		of     *extent
	}{{m.X, x}, {m.Y, y}} {
		edges := cellEdges(side.middle, side.of.log)
		side.of.include(edges[0], edges[len(edges)-1])
	}
}

// cellEdges are halfway between the middles of cells, on the scale of the axis; the
// outer cells are symmetric.
func cellEdges(middles []float64, log bool) []float64 {
	at := slices.Clone(middles)
	if log {
		for i := range at {
			at[i] = math.Log(at[i])
		}
	}
	last := len(at) - 1
	edges := []float64{at[0] - (at[1]-at[0])/2}
	for i := range last {
		edges = append(edges, at[i]+(at[i+1]-at[i])/2)
	}
	edges = append(edges, at[last]+(at[last]-at[last-1])/2)
	if log {
		for i := range edges {
			edges[i] = math.Exp(edges[i])
		}
	}
	return edges
}

func (m Map) paint(f frame) {
	x, y := cellEdges(m.X, f.panel.X.Log), cellEdges(m.Y, f.panel.Y.Log)
	low, high := m.scale()
	colours := m.colours()
	paintColours(f.Canvas, f.Rectangle, colours, func(at vg.Point) int {
		i, j := cell(x, at.X, f.x), cell(y, at.Y, f.y)
		if i < 0 || j < 0 || math.IsNaN(m.Values[j][i]) {
			return -1
		}
		return int((m.Values[j][i]-low)/(high-low)*float64(len(colours)-1) + 0.5)
	})
	f.stroke(draw.LineStyle{Color: pen.Grey, Width: 0.5}, m.hatch(f, x, y)...)
	m.paintBar(f, colours, low, high)
}

// hatch has slanting lines through the cells of NaN, which neighbours share.
func (m Map) hatch(f frame, x, y []float64) [][]vg.Point {
	const gap = 5
	var slanting, inside [][]vg.Point
	size := f.Size()
	for from := f.Min.X - size.Y; from < f.Max.X; from += gap {
		slanting = append(slanting, []vg.Point{{X: from, Y: f.Min.Y}, {X: from + size.Y, Y: f.Max.Y}})
	}
	for j, row := range m.Values {
		for i := 0; i < len(row); i++ {
			first := i
			for i < len(row) && math.IsNaN(row[i]) {
				i++
			}
			if i > first {
				cells := draw.Canvas{Rectangle: vg.Rectangle{Min: f.point(x[first], y[j]), Max: f.point(x[i], y[j+1])}}
				inside = append(inside, cells.ClipLinesXY(slanting...)...)
			}
		}
	}
	return inside
}

// cell is the index of the cell with a place on the canvas, or −1.
func cell(edges []float64, at vg.Length, place func(float64) vg.Length) int {
	i, _ := slices.BinarySearchFunc(edges, at, func(edge float64, at vg.Length) int {
		if place(edge) < at {
			return -1
		}
		return 1
	})
	if i == len(edges) {
		return -1
	}
	return i - 1
}

// paintColours fills a rectangle with the colours of its points, as an image: cells of
// their own would be many times as large and show seams. No colour is −1.
func paintColours(c draw.Canvas, area vg.Rectangle, colours color.Palette, index func(vg.Point) int) {
	const pixels = 2.0 // a point of length
	columns, rows := int(math.Ceil(area.Size().X.Points()*pixels)), int(math.Ceil(area.Size().Y.Points()*pixels))
	if columns < 1 || rows < 1 {
		return
	}
	picture := image.NewPaletted(image.Rect(0, 0, columns, rows), append(slices.Clone(colours), color.Transparent))
	for row := range rows {
		for column := range columns {
			i := index(vg.Point{
				X: area.Min.X + area.Size().X*vg.Length((float64(column)+0.5)/float64(columns)),
				Y: area.Max.Y - area.Size().Y*vg.Length((float64(row)+0.5)/float64(rows))})
			if i < 0 {
				i = len(colours)
			}
			picture.SetColorIndex(column, row, uint8(i))
		}
	}
	c.DrawImage(area, picture)
}

// colours go from the low to the high end of the scale, which is the dark one on light
// ground and the light one on dark ground.
func (m Map) colours() color.Palette {
	const count = 101 // odd, so that zero has one of its own
	if m.Zero {
		cool, warm := pen.Palette[1], pen.Palette[0]
		var colours color.Palette
		for i, light := range moreland.SmoothBlueRed().Palette(count).Colors() {
			side, strength := warm, 2*float64(i)/(count-1)-1
			if strength < 0 {
				side, strength = cool, -strength
			}
			dark := side.Faded(0.03 + 0.97*strength).Dark
			colours = append(colours, pen.Color{Light: color.NRGBAModel.Convert(light).(color.NRGBA), Dark: dark})
		}
		return colours
	}
	// The ends and the middle of the scale YlGnBu of C. A. Brewer.
	scale, err := moreland.NewLuminance([]color.Color{
		color.NRGBA{R: 8, G: 29, B: 88, A: 255}, color.NRGBA{R: 65, G: 182, B: 196, A: 255}, color.NRGBA{R: 255, G: 255, B: 217, A: 255}})
	if err != nil {
		panic(err) // the colours above get lighter
	}
	scale.SetMax(1)
	upwards := scale.Palette(count).Colors()
	var colours color.Palette
	for i := range upwards {
		light, dark := color.NRGBAModel.Convert(upwards[count-1-i]), color.NRGBAModel.Convert(upwards[i])
		colours = append(colours, pen.Color{Light: light.(color.NRGBA), Dark: dark.(color.NRGBA)})
	}
	return colours
}
