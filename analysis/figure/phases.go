package figure

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/analysis/figure/internal/pen"
	"balanced/bnn"
	"balanced/bnn/theory"
)

// Phases show what kind of thing happens over a plane: which of a few words stands at each
// point of a grid. Regions have colours of their own, a line between them, and their word in
// the middle; a region that has no room for its word has it in the key.
type Phases struct {
	// X and Y are the values of the grid, 2 or more each, increasing. The panel ends with them.
	X, Y []float64
	// Kinds has one row for each Y, from bottom to top, of one word for each X. The regimes of
	// theory have the colours that they have in all figures; other words, at most six, have
	// others in the order in which they come.
	Kinds [][]string

	crossings map[gridEdge]float64
}

// regimeColours are pale, or dark on dark ground, for what is drawn over them: that of excitation winning is warm and
// that of inhibition winning cool.
var regimeColours = map[string]pen.Color{
	string(theory.RegimeBalanced):    pen.Pair(0xDCEBD0, 0x2B4327),
	string(theory.RegimeRunaway):     pen.Pair(0xF2C39B, 0x6B3413),
	string(theory.RegimeSilent):      pen.Pair(0xB9D3EA, 0x1E4465),
	string(theory.RegimeFold):        pen.Pair(0xC9B3DA, 0x4D3763),
	string(theory.RegimeOscillation): pen.Pair(0xF3E382, 0x5A4E10),
	string(theory.RegimeNone):        pen.Pair(0xC4C4C4, 0x484848),
}

// words are all kinds, those of theory first and in its order.
func (p Phases) words() []string {
	var found, others []string
	for _, row := range p.Kinds {
		for _, word := range row {
			if _, known := regimeColours[word]; !known && !slices.Contains(others, word) {
				others = append(others, word)
			}
		}
	}
	for _, regime := range []theory.Regime{theory.RegimeBalanced, theory.RegimeRunaway, theory.RegimeSilent,
		theory.RegimeFold, theory.RegimeOscillation, theory.RegimeNone} {
		if slices.ContainsFunc(p.Kinds, func(row []string) bool { return slices.Contains(row, string(regime)) }) {
			found = append(found, string(regime))
		}
	}
	return append(found, others...)
}

// colours are those of the words.
func phaseColours(words []string) color.Palette {
	var colours color.Palette
	others := 0
	for _, word := range words {
		colour, known := regimeColours[word]
		if !known {
			colour = pen.Palette[others%len(pen.Palette)].Faded(0.3)
			others++
		}
		colours = append(colours, colour)
	}
	return colours
}

func (p Phases) kind() string { return "phases" }

func (p Phases) label() (string, plot.Thumbnailer) { return "", nil }

func (p Phases) check(path string, x, y Axis) error {
	if err := checkGrid(path, p.X, p.Y, x, y); err != nil {
		return err
	}
	if len(p.Kinds) != len(p.Y) {
		return &bnn.InputError{Path: path + ".kinds", Value: fmt.Sprintf("%d rows", len(p.Kinds)),
			Allowed: fmt.Sprintf("one row for each of the %d of y", len(p.Y))}
	}
	for j, row := range p.Kinds {
		if len(row) != len(p.X) {
			return &bnn.InputError{Path: fmt.Sprintf("%s.kinds[%d]", path, j), Value: fmt.Sprintf("%d words", len(row)),
				Allowed: fmt.Sprintf("one for each of the %d of x", len(p.X))}
		}
	}
	words := p.words()
	if most := len(regimeColours) + len(pen.Palette); len(words) > most {
		return &bnn.InputError{Path: path + ".kinds", Value: fmt.Sprintf("%d different words", len(words)), Allowed: fmt.Sprintf("at most %d", most)}
	}
	return nil
}

func (p Phases) extend(x, y *extent) {
	x.include(p.X[0], p.X[len(p.X)-1])
	y.include(p.Y[0], p.Y[len(p.Y)-1])
}

func (p Phases) paint(f frame) {
	words := p.words()
	colours := phaseColours(words)
	index := make(map[string]int)
	for i, word := range words {
		index[word] = i
	}
	cells := p.cells(f)
	paintColours(f.Canvas, f.Rectangle, colours, func(at vg.Point) int {
		i, j := cell(p.X, at.X, f.x), cell(p.Y, at.Y, f.y)
		if i < 0 || j < 0 {
			return -1
		}
		return index[cells[j][i].wordAt(at)]
	})
	var boundary [][]vg.Point
	for _, row := range cells {
		for _, c := range row {
			boundary = append(boundary, c.boundary()...)
		}
	}
	f.stroke(draw.LineStyle{Color: pen.Ink, Width: 0.8}, boundary...)
	for _, word := range words {
		if p.roomy(word, f.panel.X, f.panel.Y) {
			at, _ := p.middle(word, f.Rectangle, f.point)
			style := textStyle(pen.Ink)
			style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
			f.FillText(style, at, word)
		}
	}
}

// wordRoom is the distance to anything else that a word needs at its middle, where what is
// aside counts at half its distance.
func wordRoom(word string) vg.Length { return max(8, textStyle(pen.Ink).Width(word)/4+2) }

// roomy tells whether a word is set into its region, in a panel that fills a figure.
func (p Phases) roomy(word string, x, y Axis) bool {
	area := vg.Rectangle{Max: vg.Point{X: 430, Y: 250}}
	on := func(axis Axis, values []float64, value float64, size vg.Length) vg.Length {
		low, high := axis.place(values[0]), axis.place(values[len(values)-1])
		return size * vg.Length((axis.place(value)-low)/(high-low))
	}
	_, room := p.middle(word, area, func(px, py float64) vg.Point {
		return vg.Point{X: on(x, p.X, px, area.Max.X), Y: on(y, p.Y, py, area.Max.Y)}
	})
	return room >= wordRoom(word)
}

// A phaseWord is the key of a region that has no room for its word.
type phaseWord struct {
	word   string
	colour color.Color
}

func (w phaseWord) kind() string                       { return "phases" }
func (w phaseWord) label() (string, plot.Thumbnailer)  { return w.word, phaseLook{w.colour} }
func (w phaseWord) check(path string, x, y Axis) error { return nil }
func (w phaseWord) extend(x, y *extent)                {}
func (w phaseWord) paint(f frame)                      {}

// keys are those of the regions without room.
func (p Phases) keys(x, y Axis) []mark {
	var list []mark
	words := p.words()
	for i, colour := range phaseColours(words) {
		if !p.roomy(words[i], x, y) {
			list = append(list, phaseWord{words[i], colour})
		}
	}
	return list
}

// phaseLook is an area in a key.
type phaseLook struct{ colour color.Color }

// Thumbnail implements plot.Thumbnailer.
func (l phaseLook) Thumbnail(c *draw.Canvas) {
	area := []vg.Point{c.Min, {X: c.Max.X, Y: c.Min.Y}, c.Max, {X: c.Min.X, Y: c.Max.Y}}
	c.FillPolygon(l.colour, area)
	c.StrokeLines(draw.LineStyle{Color: pen.Ink, Width: 0.5}, append(area, area[0]))
}

// An Outcomes mark shows simulations in a plane of phases: each a disc in the colours of what
// its replicas did, in shares.
type Outcomes struct {
	X, Y []float64
	// Shares has what became of the replicas of each point: by word the fraction of them, from
	// 0 to 1. What is left to 1 stays white.
	Shares []map[string]float64
}

func (o Outcomes) kind() string { return "outcomes" }

func (o Outcomes) label() (string, plot.Thumbnailer) { return "", nil }

func (o Outcomes) check(path string, x, y Axis) error {
	for _, side := range []struct {
		key    string
		values []float64
		axis   Axis
	}{{"x", o.X, x}, {"y", o.Y, y}} {
		if len(side.values) != len(o.Shares) {
			return &bnn.InputError{Path: path + "." + side.key, Value: fmt.Sprintf("%d values", len(side.values)),
				Allowed: fmt.Sprintf("one for each of the %d shares", len(o.Shares))}
		}
		if err := checkValues(path+"."+side.key, side.values, side.axis, false); err != nil {
			return err
		}
	}
	for i, shares := range o.Shares {
		sum := 0.0
		for _, word := range sortedWords(shares) {
			if !(shares[word] >= 0) {
				return &bnn.InputError{Path: fmt.Sprintf("%s.shares[%d][%q]", path, i, word), Value: strconv.FormatFloat(shares[word], 'g', -1, 64), Allowed: "a fraction ≥ 0"}
			}
			sum += shares[word]
		}
		if sum > 1+1e-9 {
			return &bnn.InputError{Path: fmt.Sprintf("%s.shares[%d]", path, i), Value: fmt.Sprintf("a sum of %g", sum), Allowed: "fractions with a sum of at most 1"}
		}
	}
	return nil
}

func (o Outcomes) extend(x, y *extent) {
	x.include(o.X...)
	y.include(o.Y...)
}

func (o Outcomes) paint(f frame) {
	const radius = 4
	for i, shares := range o.Shares {
		at := f.point(o.X[i], o.Y[i])
		if !f.Contains(at) {
			continue
		}
		f.SetColor(pen.Paper)
		f.Fill(circles([]vg.Point{at}, radius+1))
		turn := math.Pi / 2
		words := sortedWords(shares)
		for k, colour := range phaseColours(words) {
			share := shares[words[k]]
			if share == 0 {
				continue
			}
			var path vg.Path
			path.Move(at)
			path.Line(vg.Point{X: at.X + radius*vg.Length(math.Cos(turn)), Y: at.Y + radius*vg.Length(math.Sin(turn))})
			path.Arc(at, radius, turn, -2*math.Pi*share)
			path.Close()
			f.SetColor(colour)
			f.Fill(path)
			turn -= 2 * math.Pi * share
		}
		f.SetLineStyle(draw.LineStyle{Color: pen.Ink, Width: 0.7})
		f.Stroke(circles([]vg.Point{at}, radius))
	}
}

func sortedWords(shares map[string]float64) []string {
	var words []string
	for word := range shares {
		words = append(words, word)
	}
	slices.Sort(words)
	return words
}
