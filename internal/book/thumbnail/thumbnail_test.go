package thumbnail

import (
	"strings"
	"testing"
)

// Only numbers of paths are rounded: neither transforms, in which a hundredth may be a scale, nor
// what is no path. Lines are written by their steps, and end where they ended.
func TestShrink(t *testing.T) {
	for before, after := range map[string]string{
		`<path d="M1.234 5.678L-0.05 12" transform="scale(0.0123)"/>`:   `<path d="M1.2 5.6L-0.0 12" transform="scale(0.0123)"/>`,
		`<path d="M10.04,2L10.5,1.66L0,12.16L0,1.66" r="1.25"/>`:        `<path d="M10.0,2l.5,-.4l-10.5,10.5l0,-10.5" r="1.25"/>`,
		`<path d="M1,2L1.09,2L1.19,2L1.29,2L1.39,2"/>`:                  `<path d="M1,2l0,0l.1,0l.1,0l.1,0"/>`,
		`<path d="M1,2L3,4z"/>`:                                         `<path d="M1,2L3,4z"/>`,
		`<path id="Serif-Regular-80"/><use href="#Serif-Regular-80"/>`:  `<path id="n0"/><use href="#n0"/>`,
		`<i id="x.y"/><i id="abc"/><g fill="url(#x.y)" stroke="#abc"/>`: `<i id="n0"/><i id="abc"/><g fill="url(#n0)" stroke="#abc"/>`,
		`<i id="n1"/><i id="n0"/><use href="#n0"/><use href="#n1"/>`:    `<i id="n0"/><i id="n1"/><use href="#n1"/><use href="#n0"/>`,
		`<use href="#elsewhere"/>`:                                      `<use href="#elsewhere"/>`,
	} {
		if got := string(Shrink([]byte(before))); got != after {
			t.Errorf("%s becomes %s, want %s", before, got, after)
		}
	}
	// Of a thousand steps the last point is still the same tenth: steps of one tenth, up and down.
	line := `<path d="M0.1,0.1` + strings.Repeat("L0.2,0.3L0.1,0.1", 500) + `"/>`
	if got := string(Shrink([]byte(line))); got != `<path d="M0.1,0.1`+strings.Repeat("l.1,.2l-.1,-.2", 500)+`"/>` {
		t.Errorf("a line becomes %.80s", got)
	}
}
