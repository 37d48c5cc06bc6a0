package figure

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"balanced/analysis/figure/internal/pen"
	"balanced/bnn"
)

// A Figure is a drawing of one or more panels on a ground of its own, 7 inches wide, with
// what a reader needs to understand it. It stays readable at half its size. The texts may be
// changed before it is shown.
type Figure struct {
	// Caption says what is drawn, in plain text, to be set below the figure.
	Caption string
	// Alt says what is to be seen, for those who cannot see it.
	Alt string

	height vg.Length
	draw   func(draw.Canvas)

	// What In draws again.
	columns int
	panels  []*plot.Plot
	keys    []key
	texts   func(bnn.Unit) (caption, alt string) // nil for texts without numbers of results
}

const width = 7 * vg.Inch

// SVG returns the figure as an SVG element, without an XML declaration, to stand in an
// HTML page or in a file of its own. Letters are outlines, so that it looks the same with
// whatever fonts its reader has; the element desc holds the texts, one a line, for those
// who search. Alt is its title and its label for screen readers. It shrinks to the width
// of its surroundings, and is light, or dark on the screen of a reader who wants pages dark.
// A letter that the font of figures (Liberation Serif: Latin, Greek,
// Cyrillic and mathematical signs) does not have is an error that names it.
func (f *Figure) SVG() ([]byte, error) {
	canvas := pen.NewCanvas(width, f.height)
	f.draw(draw.New(canvas))
	elements, err := canvas.Elements()
	if err != nil {
		return nil, fmt.Errorf("SVG: %w", err)
	}
	w, h, alt := width.Points(), f.height.Points(), html.EscapeString(f.Alt)
	start := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%gpt" height="%gpt" viewBox="0 0 %g %g" style="max-width:100%%;height:auto" role="img" aria-label="%s">
<title>%s</title>
`, w, h, w, h, alt, alt)
	return []byte(start + elements), nil
}

// largestSVG is the most bytes of an SVG in a notebook, those of 15 thousand points.
// Beyond that browsers become slow and notebooks big.
const largestSVG = 1 << 20

// HTML returns the figure as an HTML element with its caption and alternative text, for
// a notebook: as SVG, or where that has more than a megabyte as PNG, of the same size on
// the page. The SVG is the source of an image and not a part of the page: notebook
// viewers remove SVG elements from pages that they do not trust, which is any notebook
// that somebody else has run, but show images.
func (f *Figure) HTML() (string, error) {
	drawn, err := f.SVG()
	if err != nil {
		return "", err
	}
	kind, size := "svg+xml", `style="max-width:100%"`
	if len(drawn) > largestSVG {
		if drawn, err = f.PNG(); err != nil {
			return "", err
		}
		// Pixels of a page are 96 an inch.
		kind, size = "png", fmt.Sprintf(`width="%g" style="max-width:100%%;height:auto"`, 96*float64(width/vg.Inch))
	}
	return fmt.Sprintf("<figure style=\"margin:0\">\n<img src=\"data:image/%s;base64,%s\" alt=\"%s\" %s>\n<figcaption>%s</figcaption>\n</figure>\n",
		kind, base64.StdEncoding.EncodeToString(drawn), html.EscapeString(f.Alt), size, html.EscapeString(f.Caption)), nil
}

// PNG returns the figure as a PNG image, always light, of 192 pixels an inch, twice those of a page.
func (f *Figure) PNG() ([]byte, error) {
	canvas := vgimg.NewWith(vgimg.UseWH(width, f.height), vgimg.UseDPI(192))
	f.draw(draw.New(canvas))
	var drawn bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&drawn); err != nil {
		return nil, fmt.Errorf("PNG: %w", err)
	}
	return drawn.Bytes(), nil
}
