package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
	"balanced/analysis/internal/number"
	"balanced/bnn"
)

// A Slope is a reference line y ∝ x^Exponent through (X, Y), thin and grey, over the
// range of the data. Both axes must be logarithmic. Set it beside the data, not on it.
type Slope struct {
	Exponent, X, Y float64
	// Name, such as "slope −1/2", is written along the line near one of its ends, where
	// it covers least; it may be empty.
	Name string
}

func (s Slope) kind() string { return "slopes" }

func (s Slope) label() (string, plot.Thumbnailer) { return "", nil }

func (s Slope) check(path string, x, y Axis) error {
	if !x.Log || !y.Log {
		return &bnn.InputError{Path: path, Value: "a linear axis", Allowed: "in a panel with two logarithmic axes"}
	}
	if !(math.Abs(s.Exponent) <= 100) {
		return &bnn.InputError{Path: path + ".exponent", Value: number.Exact(s.Exponent), Allowed: "a number from −100 to 100"}
	}
	if err := x.checkValue(path+".x", s.X); err != nil {
		return err
	}
	return y.checkValue(path+".y", s.Y)
}

// extend implements mark: only the given point must be seen, else a steep line would
// flatten the data.
func (s Slope) extend(x, y *extent) {
	x.include(s.X)
	y.include(s.Y)
}

func (s Slope) paint(f frame) {
	if line := s.line(f); line != nil {
		f.stroke(thin([]vg.Length{3, 2}), line)
	}
}

// line is the part of the slope that is in the panel and over the data, from left to
// right; nil if there is none.
func (s Slope) line(f frame) []vg.Point {
	data := newExtent(true)
	for _, m := range f.panel.marks() {
		if m.kind() != s.kind() {
			y := newExtent(true)
			m.extend(&data, &y)
		}
	}
	at := f.point(s.X, s.Y)
	decadeX := f.Size().X / vg.Length(f.plot.X.Max-f.plot.X.Min)
	decadeY := f.Size().Y / vg.Length(f.plot.Y.Max-f.plot.Y.Min)
	tangent := vg.Length(s.Exponent) * decadeY / decadeX
	left, right := f.Min.X, f.Max.X
	if !data.empty() && data.low < data.high {
		left, right = f.x(data.low), f.x(data.high)
	}
	lines := f.ClipLinesXY([]vg.Point{
		{X: left, Y: at.Y + tangent*(left-at.X)},
		{X: right, Y: at.Y + tangent*(right-at.X)}})
	if len(lines) == 0 {
		return nil
	}
	return lines[0]
}

// name writes the name along the line: above or below it, at its right or left end or
// in its middle, where the fewest of the marks of the panel are.
func (s Slope) name(f frame) {
	line := s.line(f)
	if s.Name == "" || line == nil {
		return
	}
	style := textStyle(pen.Grey)
	style.YAlign = draw.YCenter
	width, half := style.Width(s.Name), style.Height(s.Name)/2
	start, end := line[0], line[len(line)-1]
	length := vg.Length(math.Hypot(float64(end.X-start.X), float64(end.Y-start.Y)))
	if length == 0 {
		return
	}
	along := end.Sub(start).Scale(1 / length)
	across := vg.Point{X: -along.Y, Y: along.X}
	marks := f.obstacles(s)
	fewest := math.Inf(1)
	var best vg.Point // the start of the text
	for _, from := range []vg.Length{length - width, 0, (length - width) / 2} {
		for _, side := range []vg.Length{half + 1, -half - 1} {
			at := start.Add(along.Scale(from)).Add(across.Scale(side))
			covered := 0.0
			for _, corner := range []vg.Point{at.Add(across.Scale(half)), at.Sub(across.Scale(half))} {
				if !f.Contains(corner) || !f.Contains(corner.Add(along.Scale(width))) {
					covered += 1000
				}
			}
			for _, mark := range marks {
				to := mark.Sub(at)
				if x, y := to.Dot(along), to.Dot(across); x > -3 && x < width+3 && y > -half-1 && y < half+1 {
					covered++
				}
			}
			if covered < fewest {
				fewest, best = covered, at
			}
		}
	}
	style.Rotation = math.Atan2(float64(along.Y), float64(along.X))
	f.FillText(style, best.Add(across.Scale(style.FontExtents().Descent)), s.Name)
}

// obstacles are points a few units apart on all lines, points and bars of the panel
// that a name should not cover, other than the given slope.
func (f frame) obstacles(but Slope) []vg.Point {
	var lines [][]vg.Point
	for _, l := range f.panel.Lines {
		lines = append(lines, f.runs(l.X, l.Y)...)
	}
	for _, s := range f.panel.Slopes {
		if s != but {
			lines = append(lines, s.line(f))
		}
	}
	var list []vg.Point
	for _, p := range f.panel.Points {
		lines = append(lines, p.bars(f)...)
		for _, at := range p.centres(f) {
			list = append(list, at, at, at) // counts more than a line that passes
		}
	}
	for _, line := range f.ClipLinesXY(lines...) {
		for i := 1; i < len(line); i++ {
			const gap = 2
			step := line[i].Sub(line[i-1])
			pieces := int(math.Hypot(float64(step.X), float64(step.Y))/gap) + 1
			for k := range pieces {
				list = append(list, line[i-1].Add(step.Scale(vg.Length(k)/vg.Length(pieces))))
			}
		}
	}
	return list
}
