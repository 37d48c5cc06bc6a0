package book

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2 for a colour #rrggbb.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift uint) float64 {
		c := float64(value>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

func TestContrast(t *testing.T) {
	palettes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(string(bookStyle), 2)
	if len(palettes) != 2 {
		t.Fatalf("%d palettes, want light and dark", len(palettes))
	}
	entry := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	for i, palette := range palettes {
		colours := map[string]string{}
		for _, match := range entry.FindAllStringSubmatch(palette[1], -1) {
			colours[match[1]] = match[2]
		}
		pairs := 0
		for text, colour := range colours {
			if !strings.HasPrefix(text, "text-") && !strings.HasPrefix(text, "code-") {
				continue
			}
			for ground, behind := range colours {
				if !strings.HasPrefix(ground, "background") {
					continue
				}
				pairs++
				a, b := luminance(t, colour), luminance(t, behind)
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 4.5 {
					t.Errorf("palette %d: %s on %s has contrast %.2f, want 4.5", i, text, ground, ratio)
				}
			}
		}
		if pairs != 33 {
			t.Errorf("palette %d: %d pairs examined, want 11 colours on 3 backgrounds", i, pairs)
		}
	}
}
