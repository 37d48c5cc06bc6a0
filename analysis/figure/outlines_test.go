package figure

import (
	"bytes"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A figure that leaves a letter to the fonts of its reader is laid out for other widths.
func TestSVGNeedsNoFont(t *testing.T) {
	for name, figure := range figures(t) {
		svg, err := figure.SVG()
		if err != nil {
			t.Fatal(err)
		}
		for _, needs := range []string{"<text", "font-family", "<tspan"} {
			if bytes.Contains(svg, []byte(needs)) {
				t.Errorf("%s: %s in the SVG", name, needs)
			}
		}
		defined := map[string]bool{}
		for _, id := range regexp.MustCompile(`id="([^"]*)"`).FindAllStringSubmatch(string(svg), -1) {
			if defined[id[1]] {
				t.Errorf("%s: letter %s is drawn twice", name, id[1])
			}
			defined[id[1]] = true
		}
		used := regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(string(svg), -1)
		for _, id := range used {
			if !defined[id[1]] {
				t.Errorf("%s: letter %s is not drawn", name, id[1])
			}
		}
		if len(used) < 10 {
			t.Errorf("%s: %d letters", name, len(used))
		}
	}
}

// The last letter of a text begins where gonum/plot, which lays figures out, says that
// the text before it ends: kerning included.
func TestLettersStandWhereTheLayoutHasThem(t *testing.T) {
	face := font.DefaultCache.Lookup(textStyle(ink).Font, 12)
	for _, text := range []string{"AV", "To", "time t (synaptic time constants)", "√n ψ → κ, 10⁻"} {
		letters := []rune(text)
		last := string(letters[len(letters)-1])
		text = strings.ReplaceAll(text, "⁻", "−") // as raised sets it
		last = strings.ReplaceAll(last, "⁻", "−")
		l := letterCase{known: map[string]bool{}}
		row, err := l.set(setText{face: face, text: text})
		if err != nil {
			t.Fatal(err)
		}
		places := regexp.MustCompile(`x="(-?\d+)"`).FindAllStringSubmatch(row, -1)
		x, err := strconv.Atoi(places[len(places)-1][1])
		if err != nil {
			t.Fatal(err)
		}
		got := 12 * float64(x) / float64(face.Face.UnitsPerEm())
		want := (face.Width(text) - face.Width(last)).Points()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: the last letter at %g, want %g", text, got, want)
		}
	}
}

// A letter that would be an empty box on the page is named instead.
func TestSVGRefusesLettersThatTheFontLacks(t *testing.T) {
	figure := &Figure{height: vg.Inch, draw: func(c draw.Canvas) {
		c.FillText(draw.TextStyle(textStyle(ink)), vg.Point{}, "rate of 🧠")
	}}
	_, err := figure.SVG()
	if err == nil || !strings.Contains(err.Error(), `"rate of 🧠"`) || !strings.Contains(err.Error(), "U+1F9E0") {
		t.Errorf("got %v", err)
	}
}
