package pen

import (
	"image/color"
	"math"
)

// A Color is a colour on light ground and its counterpart on dark ground, of one opacity.
// Where only one can be, such as in PNG, it is the light one.
type Color struct{ Light, Dark color.NRGBA }

// RGBA implements color.Color.
func (c Color) RGBA() (r, g, b, a uint32) { return c.Light.RGBA() }

// The colours of what is no result.
var (
	// Paper is what figures are drawn on. The dark one is that of the book's boxes.
	Paper = Pair(0xFFFFFF, 0x1E2023)
	Ink   = Pair(0x262626, 0xE2DFD8)
	Grey  = Pair(0x707070, 0x9C9A95)
)

// Palette has one colour a population, in order: vermillion, blue, green, purple, orange
// and black, of the palette of M. Okabe and K. Ito (2002) that people with any colour
// vision tell apart; the orange is darker than theirs, for thin lines on white. Its sky
// blue and yellow are left out, being too pale. On dark ground they are as many lighter
// ones, warm where those are warm.
var Palette = []Color{
	Pair(0xD55E00, 0xF28C45), Pair(0x0072B2, 0x62B5F0), Pair(0x009E73, 0x3FC79B),
	Pair(0xCC79A7, 0xE5A3CB), Pair(0xC48500, 0xFFD670), Pair(0x000000, 0xFFFFFF),
}

// Pair is a colour of numbers such as 0xRRGGBB.
func Pair(light, dark uint32) Color {
	return Color{opaque(light), opaque(dark)}
}

func opaque(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
}

// Faded mixes a colour with the paper; strength 1 is the colour itself. It is opaque, so
// that overlapping bars of one histogram do not show.
func (c Color) Faded(strength float64) Color {
	return Color{mix(Paper.Light, c.Light, strength), mix(Paper.Dark, c.Dark, strength)}
}

// Through is the colour with an opacity of alpha/255.
func (c Color) Through(alpha uint8) Color {
	c.Light.A, c.Dark.A = alpha, alpha
	return c
}

// textContrast is the least contrast that texts need (Web Content Accessibility Guidelines
// 2.2, success criterion 1.4.3); lines and points need 3 (1.4.11).
const textContrast = 4.5

// ForText is the colour for texts: darker on light ground and lighter on dark ground until
// it can be read. Colours for lines are often too pale for letters.
func (c Color) ForText() Color {
	readable := func(from, to, ground color.NRGBA) color.NRGBA {
		for step := range 20 {
			if mixed := mix(from, to, float64(step)/20); Contrast(mixed, ground) >= textContrast {
				return mixed
			}
		}
		return to
	}
	return Color{readable(c.Light, opaque(0x000000), Paper.Light), readable(c.Dark, opaque(0xFFFFFF), Paper.Dark)}
}

// mix goes from one opaque colour to another as the fraction goes from 0 to 1.
func mix(from, to color.NRGBA, fraction float64) color.NRGBA {
	between := func(a, b uint8) uint8 { return uint8(float64(a) + fraction*(float64(b)-float64(a)) + 0.5) }
	return color.NRGBA{R: between(from.R, to.R), G: between(from.G, to.G), B: between(from.B, to.B), A: 255}
}

// Contrast is the ratio of the luminances of two opaque colours, from 1 to 21, by the Web
// Content Accessibility Guidelines 2.2.
func Contrast(a, b color.NRGBA) float64 {
	luminance := func(c color.NRGBA) float64 {
		linear := func(x uint8) float64 {
			if v := float64(x) / 255; v > 0.04045 {
				return math.Pow((v+0.055)/1.055, 2.4)
			}
			return float64(x) / 255 / 12.92
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	low, high := luminance(a), luminance(b)
	if low > high {
		low, high = high, low
	}
	return (high + 0.05) / (low + 0.05)
}
