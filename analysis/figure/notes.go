package figure

import (
	"fmt"
	"math"

	"balanced/analysis/figure/internal/pen"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A Note is a word at a point of a panel, which gets a mark: set beside it, above or below,
// where it covers least.
type Note struct {
	X, Y float64
	Text string
}

// notes are all of a panel, which make room for each other.
type notes struct {
	list  []Note
	lines []Line
}

func (n notes) kind() string { return "notes" }

func (n notes) label() (string, plot.Thumbnailer) { return "", nil }

func (n notes) check(path string, x, y Axis) error {
	for i, note := range n.list {
		at := fmt.Sprintf("%s[%d] %q", path[:len(path)-len("[0]")], i, note.Text)
		if err := x.checkValue(at+".x", note.X); err != nil {
			return err
		}
		if err := y.checkValue(at+".y", note.Y); err != nil {
			return err
		}
	}
	return nil
}

func (n notes) extend(x, y *extent) {
	for _, note := range n.list {
		x.include(note.X)
		y.include(note.Y)
	}
}

func (n notes) paint(f frame) {
	var taken []vg.Rectangle
	var under [][]vg.Point
	for _, line := range n.lines {
		under = append(under, f.runs(line.X, line.Y)...)
	}
	for _, note := range n.list {
		at := f.point(note.X, note.Y)
		if f.Contains(at) {
			taken = append(taken, around(at, 4))
		}
	}
	style := textStyle(pen.Ink)
	style.Font.Size = 10.5
	var marks []vg.Point // which lie on the lines that lead to them
	for _, note := range n.list {
		at := f.point(note.X, note.Y)
		if !f.Contains(at) {
			continue
		}
		area := n.place(f, at, style.Width(note.Text), style.Font.Size, taken, under)
		taken = append(taken, area)
		if end := nearestOf(area, at); math.Hypot(float64(end.X-at.X), float64(end.Y-at.Y)) > near {
			f.StrokeLine2(draw.LineStyle{Color: pen.Grey, Width: 0.6}, at.X, at.Y, end.X, end.Y)
		}
		marks = append(marks, at)
		f.FillText(style, vg.Point{X: area.Min.X + 1, Y: area.Min.Y + 2}, note.Text)
	}
	f.SetColor(pen.Ink)
	f.Fill(circles(marks, 2.6))
}

// near is how far from its mark a word may stand without a line that leads to it.
const near = 8

// nearestOf is the point of an area that is nearest to another.
func nearestOf(area vg.Rectangle, at vg.Point) vg.Point {
	return vg.Point{X: min(max(at.X, area.Min.X), area.Max.X), Y: min(max(at.Y, area.Min.Y+2), area.Max.Y-2)}
}

func around(at vg.Point, half vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: at.X - half, Y: at.Y - half}, Max: vg.Point{X: at.X + half, Y: at.Y + half}}
}

// place is the area for a text near a point that covers least: other notes first, what is
// outside of the frame next, then lines, and all that a line which leads to it would cross.
func (n notes) place(f frame, at vg.Point, width, height vg.Length, taken []vg.Rectangle, under [][]vg.Point) vg.Rectangle {
	var best vg.Rectangle
	least := math.Inf(1)
	for _, far := range []vg.Length{6, 12, 20, 30, 42, 56} {
		for k := range 24 {
			angle := float64(k) * math.Pi / 12
			dx, dy := vg.Length(math.Cos(angle)), vg.Length(math.Sin(angle))
			middle := vg.Point{X: at.X + dx*(far+width/2), Y: at.Y + dy*(far+height/2)}
			area := vg.Rectangle{Min: vg.Point{X: middle.X - width/2 - 1, Y: middle.Y - height/2}, Max: vg.Point{X: middle.X + width/2 + 1, Y: middle.Y + height/2}}
			cost := float64(far)
			for _, other := range taken {
				if overlap(area, other) {
					cost += 1000
				}
			}
			if area.Min.X < f.Min.X || area.Max.X > f.Max.X || area.Min.Y < f.Min.Y || area.Max.Y > f.Max.Y {
				cost += 500
			}
			cost += 100 * crossed(area, under)
			end := nearestOf(area, at)
			for i := range 4 { // places on the way
				share := vg.Length(i+1) / 5
				step := around(vg.Point{X: at.X + share*(end.X-at.X), Y: at.Y + share*(end.Y-at.Y)}, 1)
				if i > 0 {
					cost += 10 * crossed(step, under)
				}
				for _, other := range taken {
					if overlap(step, other) && !overlap(around(at, 1), other) {
						cost += 200
					}
				}
			}
			if cost < least {
				best, least = area, cost
			}
		}
	}
	return best
}

// crossed is 1 where lines pass through an area, and some more if it is many.
func crossed(area vg.Rectangle, lines [][]vg.Point) float64 {
	inside := draw.Canvas{Rectangle: area}
	count := len(inside.ClipLinesXY(lines...))
	if count == 0 {
		return 0
	}
	return 1 + float64(count)/10
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}
