package pen

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// A letterCase holds the outlines of the letters that texts are set from, each once.
type letterCase struct {
	buffer   sfnt.Buffer
	known    map[string]bool
	outlines strings.Builder
}

// set returns references to the letters of a text, side by side and kerned as
// gonum/plot measures them, in units of the font.
func (l *letterCase) set(text setText) (string, error) {
	face := text.face.Face
	em := fixed.Int26_6(face.UnitsPerEm()) // so that lengths are whole units of the font
	var row strings.Builder
	x, previous := fixed.Int26_6(0), sfnt.GlyphIndex(0)
	for i, letter := range text.text {
		glyph, err := face.GlyphIndex(&l.buffer, letter)
		if err != nil {
			return "", err
		}
		if glyph == 0 {
			return "", fmt.Errorf("text %q: the font of figures, %s, has no letter %q (%U)", text.text, text.face.Name(), letter, letter)
		}
		if i > 0 {
			kern, err := face.Kern(&l.buffer, previous, glyph, em, font.HintingNone)
			if err != nil && !errors.Is(err, sfnt.ErrNotFound) {
				return "", err
			}
			x += kern
		}
		name := fmt.Sprintf("%s-%d", text.face.Name(), glyph)
		if letter != ' ' {
			if err := l.add(face, glyph, em, name); err != nil {
				return "", err
			}
			fmt.Fprintf(&row, `<use href="#%s" x="%d"/>`, name, x)
		}
		advance, err := face.GlyphAdvance(&l.buffer, glyph, em, font.HintingNone)
		if err != nil {
			return "", err
		}
		x, previous = x+advance, glyph
	}
	return row.String(), nil
}

// add draws a letter that is not known yet.
func (l *letterCase) add(face *sfnt.Font, glyph sfnt.GlyphIndex, em fixed.Int26_6, name string) error {
	if l.known[name] {
		return nil
	}
	l.known[name] = true
	segments, err := face.LoadGlyph(&l.buffer, glyph, em, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(&l.outlines, `<path id="%s" d="`, name)
	for i, segment := range segments {
		if segment.Op == sfnt.SegmentOpMoveTo && i > 0 {
			l.outlines.WriteByte('z')
		}
		writeSegment(&l.outlines, segment)
	}
	l.outlines.WriteString("z\"/>\n")
	return nil
}

// writeSegment writes a segment of an outline as SVG path data. Fonts of sfnt point
// down, the canvas up.
func writeSegment(w io.Writer, segment sfnt.Segment) {
	command, points := byte('M'), 1
	switch segment.Op {
	case sfnt.SegmentOpLineTo:
		command = 'L'
	case sfnt.SegmentOpQuadTo:
		command, points = 'Q', 2
	case sfnt.SegmentOpCubeTo:
		command, points = 'C', 3
	}
	fmt.Fprintf(w, "%c", command)
	for i, point := range segment.Args[:points] {
		if i > 0 {
			fmt.Fprint(w, " ")
		}
		fmt.Fprintf(w, "%d %d", point.X, -point.Y)
	}
}
