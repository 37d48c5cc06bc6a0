package book

import (
	"regexp"
	"strings"
	"testing"

	"balanced/internal/browser"
)

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
				if ratio := browser.Contrast(t, colour, behind); ratio < 4.5 {
					t.Errorf("palette %d: %s on %s has contrast %.2f, want 4.5", i, text, ground, ratio)
				}
			}
		}
		if pairs != 33 {
			t.Errorf("palette %d: %d pairs examined, want 11 colours on 3 backgrounds", i, pairs)
		}
	}
}
