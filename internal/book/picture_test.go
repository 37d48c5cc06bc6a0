package book

import (
	"strings"
	"testing"
)

// Only numbers of paths are rounded: neither transforms, in which a hundredth may be a scale, nor
// what is no path.
func TestRoundPaths(t *testing.T) {
	const before = `<svg viewBox="0 0 1.25 2"><path d="M1.234 5.678L-0.05 12" transform="scale(0.0123)"/></svg>`
	const after = `<svg viewBox="0 0 1.25 2"><path d="M1.2 5.6L-0.0 12" transform="scale(0.0123)"/></svg>`
	if got := string(roundPaths([]byte(before))); got != after {
		t.Errorf("%s, want %s", got, after)
	}
}

// A heavy first picture gives way to a lighter one, a light one to none.
func TestCardsHaveLightPictures(t *testing.T) {
	heavy, light := "data:"+strings.Repeat("x", 2*heavyThumbnail), "data:light"
	for _, c := range []struct {
		pictures []string
		want     string
	}{{[]string{light, "data:other"}, light}, {[]string{heavy, light, "data:l"}, light}, {[]string{heavy, heavy + "x"}, heavy}, {[]string{heavy, ""}, heavy}} {
		var f figures
		for _, picture := range c.pictures {
			f.add(picture)
		}
		if f.thumbnail != c.want {
			t.Errorf("%d pictures: the card has one of %d bytes, want %d", len(c.pictures), len(f.thumbnail), len(c.want))
		}
	}
}
