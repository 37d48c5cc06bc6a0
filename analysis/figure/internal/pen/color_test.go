package pen

import (
	"image/color"
	"testing"

	"balanced/analysis/internal/analysistest"
)

// The ratio of black on white is 21; that of the guidelines' own example of the least
// grey that can be read, #767676 on white, 4.54.
func TestContrast(t *testing.T) {
	analysistest.Near(t, "black on white", Contrast(opaque(0), opaque(0xFFFFFF)), 21, 1e-12)
	analysistest.Near(t, "grey on white", Contrast(opaque(0x767676), opaque(0xFFFFFF)), 4.54, 0.005)
}

// Lines and points have a contrast of 3 on both grounds, texts one of 4.5, in the colour that
// they are given for it too.
func TestColoursCanBeRead(t *testing.T) {
	grounds := func(c Color) [2]float64 {
		return [2]float64{Contrast(c.Light, Paper.Light), Contrast(c.Dark, Paper.Dark)}
	}
	for i, c := range append([]Color{Ink, Grey}, Palette...) {
		least := 3.0
		if i < 2 {
			least = textContrast
		}
		for k, ratio := range grounds(c) {
			if ratio < least {
				t.Errorf("colour %d on ground %d: %.3g", i, k, ratio)
			}
		}
		for k, ratio := range grounds(c.ForText()) {
			if ratio < textContrast {
				t.Errorf("text of colour %d on ground %d: %.3g", i, k, ratio)
			}
		}
	}
	if Ink.ForText() != Ink {
		t.Error("ink is not as it was")
	}
}

// Warm colours are warm and cool ones cool on both grounds.
func TestPopulationsKeepTheirHue(t *testing.T) {
	for _, of := range []Color{Palette[0], Palette[0].ForText(), Palette[0].Faded(0.35)} {
		if of.Light.R <= of.Light.B || of.Dark.R <= of.Dark.B {
			t.Errorf("E is %v", of)
		}
	}
	for _, of := range []Color{Palette[1], Palette[1].ForText(), Palette[1].Faded(0.35)} {
		if of.Light.R >= of.Light.B || of.Dark.R >= of.Dark.B {
			t.Errorf("I is %v", of)
		}
	}
}

func TestFaded(t *testing.T) {
	if got := Ink.Faded(1); got != Ink {
		t.Errorf("got %v", got)
	}
	if got := Ink.Faded(0); got != Paper {
		t.Errorf("got %v", got)
	}
	if got := Pair(0, 0).Faded(0.5).Light; got != (color.NRGBA{R: 0x80, G: 0x80, B: 0x80, A: 255}) {
		t.Errorf("got %v", got)
	}
}
