package figure

import (
	"math"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// raised sets superscripts such as 10⁻² as small raised figures: the font of the
// figures has only some of them. Everything else is as the handler in it does it.
type raised struct{ text.Handler }

const (
	raisedSize = 0.72 // of the size of the text
	raisedBy   = 0.36 // of the size of the text
)

var superscripts = map[rune]rune{'⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5',
	'⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', '⁺': '+'}

// superscript writes a whole number as an exponent.
func superscript(number string) string {
	for raised, plain := range superscripts {
		number = strings.ReplaceAll(number, string(plain), string(raised))
	}
	return number
}

// piece is a part of a text that is raised or not.
type piece struct {
	text string
	up   bool
}

func pieces(line string) []piece {
	var list []piece
	for _, letter := range line {
		plain, up := superscripts[letter]
		if !up {
			plain = letter
		}
		if last := len(list) - 1; last >= 0 && list[last].up == up {
			list[last].text += string(plain)
		} else {
			list = append(list, piece{string(plain), up})
		}
	}
	return list
}

func (p piece) font(f font.Font) font.Font {
	if p.up {
		f.Size *= raisedSize
	}
	return f
}

// Box implements text.Handler.
func (r raised) Box(line string, f font.Font) (width, height, depth vg.Length) {
	_, height, depth = r.Handler.Box(line, f)
	for _, p := range pieces(line) {
		w, _, _ := r.Handler.Box(p.text, p.font(f))
		width += w
	}
	return width, height, depth
}

// Draw implements text.Handler. Superscripts in a text of several lines stay as they
// are.
func (r raised) Draw(c vg.Canvas, line string, style text.Style, at vg.Point) {
	list := pieces(line)
	if len(list) < 2 && (len(list) == 0 || !list[0].up) || strings.Contains(line, "\n") {
		style.Handler = r.Handler
		r.Handler.Draw(c, line, style, at)
		return
	}
	width, _, _ := r.Box(line, style.Font)
	along := vg.Length(style.XAlign) * width
	sin, cos := math.Sincos(style.Rotation)
	for _, p := range list {
		part := style
		part.Handler, part.Font, part.XAlign = r.Handler, p.font(style.Font), text.XLeft
		across := r.baseline(style) - r.baseline(part)
		if p.up {
			across += raisedBy * style.Font.Size
		}
		r.Handler.Draw(c, p.text, part, vg.Point{
			X: at.X + along*vg.Length(cos) - across*vg.Length(sin),
			Y: at.Y + along*vg.Length(sin) + across*vg.Length(cos)})
		w, _, _ := r.Handler.Box(p.text, part.Font)
		along += w
	}
}

// baseline is where text.Plain sets the letters of one line, above the given point.
func (r raised) baseline(style text.Style) vg.Length {
	_, height, depth := r.Handler.Box("", style.Font)
	return (height+depth)*vg.Length(style.YAlign) - height + style.Font.Size
}
