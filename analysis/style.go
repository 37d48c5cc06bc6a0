package analysis

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"balanced/bnn"
)

// palette has one colour a population, in order: vermillion, blue, green, purple,
// orange and black, of the palette of M. Okabe and K. Ito (2002) that people with any
// colour vision tell apart. Its sky blue and yellow are left out, being too pale for
// thin lines on white.
var palette = []color.NRGBA{
	{R: 0xD5, G: 0x5E, B: 0x00, A: 255},
	{R: 0x00, G: 0x72, B: 0xB2, A: 255},
	{R: 0x00, G: 0x9E, B: 0x73, A: 255},
	{R: 0xCC, G: 0x79, B: 0xA7, A: 255},
	{R: 0xE6, G: 0x9F, B: 0x00, A: 255},
	{R: 0x00, G: 0x00, B: 0x00, A: 255},
}

var ink = color.NRGBA{R: 0x26, G: 0x26, B: 0x26, A: 255}

var dashes = []vg.Length{5, 3}

const timeLabel = "time t (synaptic time constants)"

// checkColours refuses more populations than can be told apart.
func checkColours(populations []string) error {
	if len(populations) == 0 || len(populations) > len(palette) {
		return &bnn.InputError{Path: "populations", Value: fmt.Sprint(len(populations)),
			Allowed: fmt.Sprintf("1 to %d, for each to have a colour of its own", len(palette))}
	}
	return nil
}

// faded mixes a colour with white; strength 1 is the colour itself. It is opaque, so
// that overlapping bars of one histogram do not show.
func faded(c color.NRGBA, strength float64) color.NRGBA {
	mix := func(x uint8) uint8 { return uint8(255 - strength*(255-float64(x)) + 0.5) }
	return color.NRGBA{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: 255}
}

// textStyle is how all texts are set. In letters with serifs the name I is no stroke.
func textStyle(c color.Color) text.Style {
	return text.Style{
		Color:   c,
		Font:    font.Font{Typeface: "Liberation", Variant: "Serif", Size: 12, Weight: xfont.WeightNormal},
		Handler: plot.DefaultTextHandler,
	}
}

func newPanel(xLabel, yLabel string) *plot.Plot {
	p := plot.New()
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		label, tick := &axis.Label.TextStyle, &axis.Tick.Label
		label.Font, tick.Font = textStyle(ink).Font, textStyle(ink).Font
		label.Color, tick.Color = ink, ink
		axis.Color, axis.Tick.LineStyle.Color = ink, ink
		axis.Width, axis.Tick.LineStyle.Width = 0.8, 0.8
		axis.Tick.Length, axis.Label.Padding = 4, 4
		axis.Tick.Marker = ticks{}
	}
	p.X.Label.Text, p.Y.Label.Text = xLabel, yLabel
	p.X.Padding, p.Y.Padding = 4, 4
	return p
}

// ticks are three to six round numbers on an axis, with no more decimals than tell
// them apart.
type ticks struct{}

// Ticks implements plot.Ticker.
func (ticks) Ticks(low, high float64) []plot.Tick {
	if !(high > low) {
		return []plot.Tick{{Value: low, Label: minus(short(low, 3))}}
	}
	exponent := math.Floor(math.Log10((high - low) / 3))
	step := math.Pow(10, exponent)
	for _, factor := range []float64{2, 5, 10} {
		if math.Floor(high/step)-math.Ceil(low/step) < 6 {
			break
		}
		step = factor * math.Pow(10, exponent)
	}
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	var marks []plot.Tick
	first := math.Ceil(low / step)
	for i := range int(math.Floor(high/step)-first) + 1 {
		value := (first + float64(i)) * step
		label := strconv.FormatFloat(value+0, 'f', decimals, 64) // +0: no −0
		marks = append(marks, plot.Tick{Value: value, Label: minus(label)})
	}
	return marks
}

// minus sets the minus sign of a number that is to be read by people.
func minus(number string) string {
	if number != "" && number[0] == '-' {
		return "−" + number[1:]
	}
	return number
}

func newLine(points plotter.XYs, c color.Color, width vg.Length, dash []vg.Length) *plotter.Line {
	return &plotter.Line{XYs: points, LineStyle: draw.LineStyle{Color: c, Width: width, Dashes: dash}}
}

// column gives the points (t, table[t][a]) of one population.
func column(times []float64, table [][]float64, a int) plotter.XYs {
	points := make(plotter.XYs, len(times))
	for row, t := range times {
		points[row] = plotter.XY{X: t, Y: table[row][a]}
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
