package figure

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// An outlined canvas is an SVG whose letters are drawn as outlines, each letter once, so
// that a figure looks the same with whatever fonts its reader has: an SVG that leaves
// its texts to the reader's font is laid out by the widths of other letters, and they
// overlap or leave the picture.
type outlined struct {
	*vgsvg.Canvas
	texts []setText
}

// setText is a text as it was drawn, in a face, from a point on its baseline.
type setText struct {
	face plotfont.Face
	at   vg.Point
	text string
}

// FillString implements vg.Canvas. The text stands in the SVG as its number, to which
// the canvas gives its colour, until write puts outlines in its place.
func (o *outlined) FillString(face plotfont.Face, at vg.Point, text string) {
	o.Canvas.FillString(face, at, strconv.Itoa(len(o.texts)))
	o.texts = append(o.texts, setText{face, at, text})
}

var (
	numberedText = regexp.MustCompile(`(?s)<text [^>]*>(\d+)</text>`)
	fillColor    = regexp.MustCompile(`fill:(#[0-9A-Fa-f]+)`)
)

// elements returns what was drawn, without the outer element, and before it the outlines
// of the letters and, for those who search or copy, all texts in the order of drawing.
func (o *outlined) elements() (string, error) {
	var drawn bytes.Buffer
	if _, err := o.WriteTo(&drawn); err != nil {
		return "", err
	}
	body := svgStart.ReplaceAllLiteralString(drawn.String(), "")
	letters := letterCase{known: map[string]bool{}}
	var all []string
	var failed error
	body = numberedText.ReplaceAllStringFunc(body, func(element string) string {
		number, _ := strconv.Atoi(numberedText.FindStringSubmatch(element)[1])
		set := o.texts[number]
		color := "#000000"
		if found := fillColor.FindStringSubmatch(element); found != nil {
			color = found[1]
		}
		outlines, err := letters.set(set)
		failed = errors.Join(failed, err)
		all = append(all, html.EscapeString(set.text))
		return fmt.Sprintf(`<g fill="%s" transform="translate(%.5g %.5g) scale(%.5g)">%s</g>`, color,
			set.at.X.Points(), set.at.Y.Points(), set.face.Font.Size.Points()/float64(set.face.Face.UnitsPerEm()), outlines)
	})
	if failed != nil {
		return "", failed
	}
	return fmt.Sprintf("<desc>%s</desc>\n<defs>\n%s</defs>\n%s", strings.Join(all, "\n"), letters.outlines.String(), body), nil
}

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
