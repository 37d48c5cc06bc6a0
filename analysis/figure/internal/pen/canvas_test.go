package pen

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// elementsOf are the elements of what is drawn on a small canvas.
func elementsOf(t *testing.T, drawing func(c draw.Canvas)) string {
	t.Helper()
	canvas := NewCanvas(vg.Inch, vg.Inch)
	drawing(draw.New(canvas))
	elements, err := canvas.Elements()
	if err != nil {
		t.Fatal(err)
	}
	return elements
}

var corner = []vg.Point{{}, {X: 9}, {Y: 9}}

// A Color is light as an attribute, and dark in a rule for dark screens; any other colour
// is the same in both. Black, which SVG takes for granted, is no exception.
func TestColoursFollowTheLight(t *testing.T) {
	got := elementsOf(t, func(c draw.Canvas) {
		c.FillPolygon(Pair(0, 0xFFFFFF), corner)
		c.StrokeLines(draw.LineStyle{Color: Pair(0x112233, 0x445566), Width: 2, Dashes: []vg.Length{2, 1}}, corner)
		c.FillPolygon(Pair(0x112233, 0x445566).Through(51), corner)
		c.FillPolygon(color.NRGBA{R: 0x99, A: 255}, corner)
		c.FillText(plain(), vg.Point{}, "a & b")
	})
	for _, want := range []string{
		"<style>@media screen and (prefers-color-scheme:dark){\n.f000000FFFFFF{fill:#FFFFFF}\n" +
			".s112233445566{stroke:#445566}\n.f112233445566{fill:#445566}\n.f262626E2DFD8{fill:#E2DFD8}\n}</style>\n",
		`fill="#000000" class="f000000FFFFFF"`, `stroke="#112233" class="s112233445566" style="fill:none;stroke-width:2;stroke-dasharray:2,1"`,
		`fill="#112233" fill-opacity="0.2" class="f112233445566"`, `fill="#990000" />`,
		`<g fill="#262626" class="f262626E2DFD8" transform=`, "<desc>a &amp; b</desc>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// What has no other colours on dark ground has no sheet.
func TestPlainColoursNeedNoSheet(t *testing.T) {
	got := elementsOf(t, func(c draw.Canvas) { c.FillPolygon(color.Black, corner) })
	if strings.Contains(got, "<style") || strings.Contains(got, "class") {
		t.Error(got)
	}
}

// An image of Colors is there once for each ground, and readers who know no style sheets see
// the light one only.
func TestImagesFollowTheLight(t *testing.T) {
	got := elementsOf(t, func(c draw.Canvas) {
		area := vg.Rectangle{Max: vg.Point{X: 9, Y: 9}}
		c.DrawImage(area, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{Ink, color.Transparent}))
		c.DrawImage(area, image.NewGray(image.Rect(0, 0, 1, 1)))
	})
	light, all := strings.Count(got, `<image class="on-light" x`), strings.Count(got, `<image `)
	dark := strings.Count(got, `<image class="on-dark" display="none" x`)
	if light != 1 || dark != 1 || all != 3 || !strings.Contains(got, "\n.on-light{display:none}\n.on-dark{display:inline}\n}</style>") {
		t.Error(got)
	}
}

// The texts of a picture are found as they were written, whatever pieces they are set in.
func TestTextsStayWhole(t *testing.T) {
	got := elementsOf(t, func(c draw.Canvas) { c.FillText(symbolic(), vg.Point{}, "limit n → ∞ of m_E²") })
	if !strings.Contains(got, "<desc>limit n → ∞ of m_E²</desc>") {
		t.Error(got)
	}
}
