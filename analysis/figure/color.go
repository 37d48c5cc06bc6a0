package figure

import (
	"fmt"
	"image/color"

	"balanced/bnn"
)

// A Color is one of the colours of figures. The zero value is Ink.
type Color int

// The colours of figures: those of populations follow from Excitatory on.
const (
	// Ink is nearly black: for what belongs to no population.
	Ink Color = iota
	// Grey is for what helps the eye and is no result.
	Grey
	// Excitatory is warm, the colour of population 0.
	Excitatory
	// Inhibitory is cool, the colour of population 1.
	Inhibitory
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

var (
	ink  = color.NRGBA{R: 0x26, G: 0x26, B: 0x26, A: 255}
	grey = color.NRGBA{R: 0x70, G: 0x70, B: 0x70, A: 255}
)

// PopulationColor is the colour of population a ≥ 0, or of the a-th of a list of
// anything else. There are six; the seventh is the first again.
func PopulationColor(a int) Color {
	count := len(palette)
	return Excitatory + Color((a%count+count)%count)
}

// rgb is what to draw with.
func (c Color) rgb() color.NRGBA {
	switch c {
	case Ink:
		return ink
	case Grey:
		return grey
	}
	return palette[c-Excitatory]
}

// checkColor refuses numbers that are no colour.
func checkColor(path string, c Color) error {
	if c < Ink || c >= Excitatory+Color(len(palette)) {
		return &bnn.InputError{Path: path + ".color", Value: fmt.Sprint(int(c)), Allowed: "Ink, Grey or a PopulationColor"}
	}
	return nil
}

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
