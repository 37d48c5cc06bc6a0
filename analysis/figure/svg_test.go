package figure

import (
	"bytes"
	"regexp"
	"testing"
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
