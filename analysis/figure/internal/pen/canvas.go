package pen

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"regexp"
	"slices"
	"strconv"
	"strings"

	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// A Canvas is drawn on like an SVG of gonum/plot, with two differences. Its letters are
// outlines, each drawn once, so that a figure looks the same with whatever fonts its reader
// has: an SVG that leaves its texts to the reader's font is laid out by the widths of other
// letters, and they overlap or leave the picture. And what is drawn in a Color, or with an
// image.Paletted of Colors, follows the light that the reader reads in.
type Canvas struct {
	*vgsvg.Canvas
	texts  []setText
	said   []string // the lines of text, and whether pieces of one are being set
	inLine bool
	inks   []Color // what numbers of colours stand for, from 1 on
	images []string
}

// setText is a text as it was drawn, in a face, from a point on its baseline.
type setText struct {
	face plotfont.Face
	at   vg.Point
	text string
}

// NewCanvas returns a canvas of a size.
func NewCanvas(width, height vg.Length) *Canvas {
	return &Canvas{Canvas: vgsvg.New(width, height)}
}

// FillString implements vg.Canvas. The text stands in the SVG as its number, to which
// the canvas gives its colour, until Elements puts outlines in its place.
func (c *Canvas) FillString(face plotfont.Face, at vg.Point, text string) {
	c.Canvas.FillString(face, at, strconv.Itoa(len(c.texts)))
	c.texts = append(c.texts, setText{face, at, text})
	if !c.inLine {
		c.said = append(c.said, text)
	}
}

// SetColor implements vg.Canvas. The colour, too, stands in the SVG as its number.
func (c *Canvas) SetColor(given color.Color) {
	drawn, ours := given.(Color)
	if given == nil { // which gonum/plot takes for black
		drawn = Pair(0, 0)
	} else if !ours {
		plain := color.NRGBAModel.Convert(given).(color.NRGBA)
		drawn = Color{plain, plain}
	}
	number := slices.Index(c.inks, drawn) + 1
	if number == 0 {
		c.inks = append(c.inks, drawn)
		number = len(c.inks)
	}
	c.Canvas.SetColor(opaque(uint32(number)))
}

// DrawImage implements vg.Canvas: an image of Colors becomes one for each light.
func (c *Canvas) DrawImage(area vg.Rectangle, picture image.Image) {
	paletted, ok := picture.(*image.Paletted)
	if !ok || !slices.ContainsFunc(paletted.Palette, func(of color.Color) bool { _, ours := of.(Color); return ours }) {
		c.images = append(c.images, "")
		c.Canvas.DrawImage(area, picture)
		return
	}
	light, dark := *paletted, *paletted
	light.Palette, dark.Palette = slices.Clone(paletted.Palette), slices.Clone(paletted.Palette)
	for i, of := range paletted.Palette {
		if both, ours := of.(Color); ours {
			light.Palette[i], dark.Palette[i] = both.Light, both.Dark
		}
	}
	c.images = append(c.images, `class="on-light" `, `class="on-dark" display="none" `)
	c.Canvas.DrawImage(area, &light)
	c.Canvas.DrawImage(area, &dark)
}

var (
	svgStart     = regexp.MustCompile(`(?s)^.*?<svg [^>]*>\n?`)
	numberedText = regexp.MustCompile(`(?s)<text [^>]*style="([^"]*)"[^>]*>(\d+)</text>`)
	styles       = regexp.MustCompile(`style="([^"]*)"`)
	drawnImages  = regexp.MustCompile(`<image `)
)

// vgsvg says that images are JPEG, which they are not, by an attribute of a namespace
// that the element does not declare.
const (
	drawnImage = `xlink:href="data:image/jpg;`
	wholeImage = `preserveAspectRatio="none" href="data:image/png;`
)

// Elements returns what was drawn, without the first tag of the outer element. Before it
// are, for those who search or copy, all texts in the order of drawing, the colours on
// dark ground, and the outlines of the letters. An error names a letter that the font does
// not have.
func (c *Canvas) Elements() (string, error) {
	var drawn bytes.Buffer
	if _, err := c.WriteTo(&drawn); err != nil {
		return "", err
	}
	body := svgStart.ReplaceAllLiteralString(drawn.String(), "")
	letters := letterCase{known: map[string]bool{}}
	var failed error
	body = numberedText.ReplaceAllStringFunc(body, func(element string) string {
		parts := numberedText.FindStringSubmatch(element)
		number, _ := strconv.Atoi(parts[2])
		set := c.texts[number]
		outlines, err := letters.set(set)
		if err != nil && failed == nil {
			failed = err
		}
		fill := parts[1][strings.LastIndex(parts[1], "fill:"):]
		return fmt.Sprintf(`<g style="%s" transform="translate(%.5g %.5g) scale(%.5g)">%s</g>`, fill,
			set.at.X.Points(), set.at.Y.Points(), set.face.Font.Size.Points()/float64(set.face.Face.UnitsPerEm()), outlines)
	})
	if failed != nil {
		return "", failed
	}
	var dark sheet
	body = styles.ReplaceAllStringFunc(body, func(attribute string) string { return c.colour(attribute, &dark) })
	image := 0
	body = drawnImages.ReplaceAllStringFunc(body, func(start string) string {
		image++
		return start + c.images[image-1]
	})
	if strings.Contains(strings.Join(c.images, ""), "on-dark") {
		dark.add(".on-light{display:none}")
		dark.add(".on-dark{display:inline}")
	}
	body = strings.ReplaceAll(body, drawnImage, wholeImage)
	return fmt.Sprintf("<desc>%s</desc>\n%s<defs>\n%s</defs>\n%s",
		html.EscapeString(strings.Join(c.said, "\n")), dark.element(), letters.outlines.String(), body), nil
}

// colour puts colours in the place of their numbers: as attributes, which every reader of
// SVG knows and a style sheet overrides.
func (c *Canvas) colour(attribute string, dark *sheet) string {
	var kept, attributes []string
	for declaration := range strings.SplitSeq(styles.FindStringSubmatch(attribute)[1], ";") {
		property, hex, found := strings.Cut(declaration, ":#")
		number, err := strconv.ParseUint(hex, 16, 32)
		if !found || err != nil {
			kept = append(kept, declaration)
			continue
		}
		used := c.inks[number-1]
		light, night := hexOf(used.Light), hexOf(used.Dark)
		attributes = append(attributes, fmt.Sprintf(`%s="#%s"`, property, light))
		if used.Light.A < 255 {
			attributes = append(attributes, fmt.Sprintf(`%s-opacity="%.3g"`, property, float64(used.Light.A)/255))
		}
		if night != light {
			// Names of both colours, for drawings in one page not to change each other.
			class := property[:1] + light + night
			attributes = append(attributes, fmt.Sprintf(`class="%s"`, class))
			dark.add(fmt.Sprintf(".%s{%s:#%s}", class, property, night))
		}
	}
	if len(kept) > 0 {
		attributes = append(attributes, `style="`+strings.Join(kept, ";")+`"`)
	}
	return strings.Join(attributes, " ")
}

func hexOf(c color.NRGBA) string { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }

// A sheet has the rules for dark ground, each once.
type sheet []string

func (s *sheet) add(rule string) {
	if !slices.Contains(*s, rule) {
		*s = append(*s, rule)
	}
}

// element is the sheet for readers who want it dark on a screen; what is printed is light.
func (s sheet) element() string {
	if len(s) == 0 {
		return ""
	}
	return "<style>@media screen and (prefers-color-scheme:dark){\n" + strings.Join(s, "\n") + "\n}</style>\n"
}
