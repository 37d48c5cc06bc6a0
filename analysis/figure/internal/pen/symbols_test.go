package pen

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"balanced/analysis/internal/analysistest"
)

// plain is a style without symbols, of 12 points.
func plain() text.Style {
	return text.Style{Color: Ink, Font: font.Font{Typeface: "Liberation", Variant: "Serif", Size: 12}, Handler: plot.DefaultTextHandler}
}

// symbolic is a style with symbols.
func symbolic() text.Style {
	style := plain()
	style.Handler = Symbols{plot.DefaultTextHandler}
	return style
}

// written shows pieces with marks: ^{raised}, _{lowered}, *slanted*.
func written(pieces []Piece) string {
	var all strings.Builder
	for _, p := range pieces {
		all.WriteString(map[bool]string{true: "*" + p.Text + "*", false: map[int]string{0: "%s", 1: "^{%s}", -1: "_{%s}"}[p.Level]}[p.Italic])
		if !p.Italic {
			shown := all.String()
			all.Reset()
			all.WriteString(fmt.Sprintf(strings.ReplaceAll(strings.ReplaceAll(shown, "%", "%%"), "%%s", "%s"), p.Text))
		}
	}
	return all.String()
}

func TestParse(t *testing.T) {
	for line, want := range map[string]string{
		"":                                 "",
		"mean potential of E, m_E":         "mean potential of E, *m*_{E}",
		"K_EE and W_{E,I}(t)":              "*K*_{EE} and *W*_{E,I}(*t*)",
		"√n (F_E − F_I)":                   "√*n* (*F*_{E} − *F*_{I})",
		"10⁻² log":                         "10^{−2} log",
		"√n · W₁ of one run":               "√*n* · *W*_{1} of one run",
		"n^{1/2}, n^-1, μ², D^2":           "*n*^{1/2}, *n*^{−1}, *μ*^{2}, *D*^{2}",
		"σ_E² and K_E^{2}":                 "*σ*_{E}^{2} and *K*_{E}^{2}",
		"simulation_balanced":              "simulation_balanced",
		"data/fast_ring.json":              "data/fast_ring.json",
		"_ ^ x_ y^ w_{} n^- z_{":           "_ ^ *x*_ *y*^ *w*_{} *n*^- *z*_{",
		"a network's x-axis, E, I, √K, 2σ": "a network's x-axis, E, I, √*K*, 2*σ*",
		"E_1":                              "E_{1}",
		"θ _E":                             "*θ* _E",
	} {
		if got := written(Parse(line)); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

// textsOf are the texts that a style sets of a line.
func textsOf(line string, style text.Style, at vg.Point) []*recorder.FillString {
	var canvas recorder.Canvas
	style.Handler.Draw(&canvas, line, style, at)
	var texts []*recorder.FillString
	for _, action := range canvas.Actions {
		if text, ok := action.(*recorder.FillString); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Superscripts are smaller and higher figures, and no space is lost.
func TestSuperscripts(t *testing.T) {
	style := symbolic()
	texts := textsOf("10⁻² log", style, vg.Point{X: 100, Y: 50})
	if len(texts) != 3 || texts[0].String != "10" || texts[1].String != "−2" || texts[2].String != " log" {
		t.Fatalf("%+v", texts)
	}
	analysistest.Near(t, "rise", float64(texts[1].Point.Y-texts[0].Point.Y), raisedBy*12, 1e-9)
	analysistest.Near(t, "baseline", float64(texts[2].Point.Y-texts[0].Point.Y), 0, 1e-9)
	analysistest.Near(t, "end", float64(texts[2].Point.X+style.Width(" log")), 100+float64(style.Width("10⁻² log")), 1e-9)
	analysistest.Near(t, "space", float64(style.Width("10⁻² log")-style.Width("10⁻²log")), float64(style.Width(" ")), 1e-9)

	centred := symbolic()
	centred.XAlign, centred.YAlign = draw.XCenter, draw.YCenter
	var one, other recorder.Canvas
	centred.Handler.Draw(&one, "log", centred, vg.Point{})
	centred.Handler = plot.DefaultTextHandler
	centred.Handler.Draw(&other, "log", centred, vg.Point{})
	if a, b := one.Actions[len(one.Actions)-1].Call(), other.Actions[len(other.Actions)-1].Call(); a != b {
		t.Errorf("%s, want %s", a, b)
	}
}

// What is lowered and what is raised at one letter begin at one place, and the text goes on
// behind the wider of them.
func TestScriptsStandAboveEachOther(t *testing.T) {
	style := symbolic()
	for _, line := range []string{"K_{EE}² on", "K²_{EE} on"} {
		texts := textsOf(line, style, vg.Point{})
		if len(texts) != 4 {
			t.Fatalf("%s: %d pieces", line, len(texts))
		}
		analysistest.Near(t, line+": scripts", float64(texts[1].Point.X), float64(texts[2].Point.X), 1e-9)
		analysistest.Near(t, line+": distance", max(float64(texts[1].Point.Y-texts[2].Point.Y), float64(texts[2].Point.Y-texts[1].Point.Y)), (raisedBy+loweredBy)*12, 1e-9)
		analysistest.Near(t, line+": width", float64(style.Width(line)), float64(style.Width("K_{EE} on")), 1e-9)
	}
	if slanted := textsOf("m_E", style, vg.Point{})[0]; slanted.Font.Style != 1 {
		t.Errorf("m is set in %+v", slanted.Font)
	}
}

// A slanted letter that leans far has room, so that f(t) does not collide with its bracket;
// the font has all letters that are slanted.
func TestSlantedLettersHaveRoom(t *testing.T) {
	f := plain().Font
	if lean, upright := (Piece{Text: "f", Italic: true}).overhang(f), (Piece{Text: "f"}).overhang(f); lean < 1 || lean > 3 || upright != 0 {
		t.Errorf("f leans %g points, upright %g", lean, upright)
	}
	var all []rune
	for _, of := range [][2]rune{{'a', 'z'}, {'A', 'Z'}, {'α', 'ω'}} {
		for letter := of[0]; letter <= of[1]; letter++ {
			all = append(all, letter)
		}
	}
	canvas := NewCanvas(vg.Inch, vg.Inch)
	c := draw.New(canvas)
	for _, letter := range all {
		c.FillText(symbolic(), vg.Point{}, string(letter))
	}
	if _, err := canvas.Elements(); err != nil {
		t.Error(err)
	}
}
