package book

import (
	"strings"
	"testing"
)

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
