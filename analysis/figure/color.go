package figure

import (
	"fmt"

	"balanced/analysis/figure/internal/pen"
	"balanced/bnn"
)

// A Color is one of the colours of figures, each in a shade for light and one for dark
// ground. The zero value is Ink.
type Color int

// The colours of figures: those of populations follow from Excitatory on.
const (
	// Ink is nearly black, and nearly white on dark ground: for what belongs to no population.
	Ink Color = iota
	// Grey is for what helps the eye and is no result.
	Grey
	// Excitatory is warm, the colour of population 0.
	Excitatory
	// Inhibitory is cool, the colour of population 1.
	Inhibitory
)

// PopulationColor is the colour of population a ≥ 0, or of the a-th of a list of
// anything else. There are six; the seventh is the first again.
func PopulationColor(a int) Color {
	count := len(pen.Palette)
	return Excitatory + Color((a%count+count)%count)
}

// pen is what to draw with.
func (c Color) pen() pen.Color {
	switch c {
	case Ink:
		return pen.Ink
	case Grey:
		return pen.Grey
	}
	return pen.Palette[c-Excitatory]
}

// checkColor refuses numbers that are no colour.
func checkColor(path string, c Color) error {
	if c < Ink || c >= Excitatory+Color(len(pen.Palette)) {
		return &bnn.InputError{Path: path + ".color", Value: fmt.Sprint(int(c)), Allowed: "Ink, Grey or a PopulationColor"}
	}
	return nil
}

// checkColours refuses more populations than can be told apart.
func checkColours(populations []string) error {
	if len(populations) == 0 || len(populations) > len(pen.Palette) {
		return &bnn.InputError{Path: "populations", Value: fmt.Sprint(len(populations)),
			Allowed: fmt.Sprintf("1 to %d, for each to have a colour of its own", len(pen.Palette))}
	}
	return nil
}
