package pen

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The last letter of a text begins where gonum/plot, which lays figures out, says that
// the text before it ends: kerning included.
func TestLettersStandWhereTheLayoutHasThem(t *testing.T) {
	face := font.DefaultCache.Lookup(plain().Font, 12)
	for _, text := range []string{"AV", "To", "time t (synaptic time constants)", "√n ψ → κ, 10−"} {
		letters := []rune(text)
		last := string(letters[len(letters)-1])
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
func TestElementsRefuseLettersThatTheFontLacks(t *testing.T) {
	canvas := NewCanvas(vg.Inch, vg.Inch)
	c := draw.New(canvas)
	c.FillText(plain(), vg.Point{}, "rate of 🧠")
	_, err := canvas.Elements()
	if err == nil || !strings.Contains(err.Error(), `"rate of 🧠"`) || !strings.Contains(err.Error(), "U+1F9E0") {
		t.Errorf("got %v", err)
	}
}
