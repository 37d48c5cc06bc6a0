package pen

import (
	"math"
	"strings"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Symbols sets the pieces of Parse. Everything else is as the handler in it does it.
type Symbols struct{ text.Handler }

// Where what is raised or lowered stands, and how large it is, as fractions of the size of
// the text.
const (
	scriptSize = 0.72
	raisedBy   = 0.38
	loweredBy  = 0.24
	afterwards = 0.04 // the gap behind it
)

func (p Piece) font(f font.Font) font.Font {
	if p.Level != 0 {
		f.Size *= scriptSize
	}
	if p.Italic {
		f.Style = xfont.StyleItalic
	}
	return f
}

// overhang is how far a slanted letter leans over what follows it.
func (p Piece) overhang(f font.Font) vg.Length {
	if !p.Italic {
		return 0
	}
	face := font.DefaultCache.Lookup(p.font(f), f.Size).Face
	letters, em := []rune(p.Text), fixed.Int26_6(face.UnitsPerEm())
	var buffer sfnt.Buffer
	glyph, err := face.GlyphIndex(&buffer, letters[len(letters)-1])
	if err != nil {
		return 0
	}
	bounds, advance, err := face.GlyphBounds(&buffer, glyph, em, xfont.HintingNone)
	if err != nil {
		return 0
	}
	return f.Size * vg.Length(max(bounds.Max.X-advance, 0)) / vg.Length(em)
}

// rise is how far above the baseline a piece is set.
func (p Piece) rise(f font.Font) vg.Length {
	switch p.Level {
	case 1:
		return raisedBy * f.Size
	case -1:
		return -loweredBy * f.Size
	}
	return 0
}

// places are where pieces begin on a line, and where that ends. What is raised and what is
// lowered at one letter stand above each other.
func (s Symbols) places(pieces []Piece, f font.Font) (starts []vg.Length, end vg.Length) {
	script := vg.Length(0) // where the scripts of the last letter begin
	for i, p := range pieces {
		width, _, _ := s.Handler.Box(p.Text, p.font(f))
		start := end
		switch {
		case p.Level != 0 && i > 0 && pieces[i-1].Level == -p.Level:
			start = script
		case p.Level != 0:
			script = start
		}
		if p.Level != 0 {
			width += afterwards * f.Size
		}
		width += p.overhang(f)
		starts, end = append(starts, start), max(end, start+width)
	}
	return starts, end
}

// Box implements text.Handler.
func (s Symbols) Box(line string, f font.Font) (width, height, depth vg.Length) {
	_, height, depth = s.Handler.Box(line, f)
	_, width = s.places(Parse(line), f)
	return width, height, depth
}

// Draw implements text.Handler. A text of several lines stays as it is.
func (s Symbols) Draw(c vg.Canvas, line string, style text.Style, at vg.Point) {
	pieces := Parse(line)
	if strings.Contains(line, "\n") || len(pieces) == 1 && pieces[0] == (Piece{Text: line}) {
		style.Handler = s.Handler
		s.Handler.Draw(c, line, style, at)
		return
	}
	if on := canvasIn(c); on != nil {
		on.said, on.inLine = append(on.said, line), true
		defer func() { on.inLine = false }()
	}
	starts, width := s.places(pieces, style.Font)
	sin, cos := math.Sincos(style.Rotation)
	for i, p := range pieces {
		part := style
		part.Handler, part.Font, part.XAlign = s.Handler, p.font(style.Font), text.XLeft
		along := vg.Length(style.XAlign)*width + starts[i]
		across := s.baseline(style) - s.baseline(part) + p.rise(style.Font)
		s.Handler.Draw(c, p.Text, part, vg.Point{
			X: at.X + along*vg.Length(cos) - across*vg.Length(sin),
			Y: at.Y + along*vg.Length(sin) + across*vg.Length(cos)})
	}
}

// canvasIn is the Canvas that areas of canvases lead to, or nil.
func canvasIn(c vg.Canvas) *Canvas {
	switch on := c.(type) {
	case *Canvas:
		return on
	case draw.Canvas:
		return canvasIn(on.Canvas)
	case *draw.Canvas:
		return canvasIn(on.Canvas)
	}
	return nil
}

// baseline is where text.Plain sets the letters of one line, above the given point.
func (s Symbols) baseline(style text.Style) vg.Length {
	_, height, depth := s.Handler.Box("", style.Font)
	return (height+depth)*vg.Length(style.YAlign) - height + style.Font.Size
}
