package book

import (
	"strconv"

	"golang.org/x/net/html"
)

// figures counts the figures of a chapter and keeps one for the chapter's card on the cover, which
// has those of all chapters: the first one, unless that is heavy and a later one is less so.
type figures struct {
	count     int
	thumbnail string // a data URI, or empty
}

// heavyThumbnail is what a card's picture should not weigh as a data URI, in bytes.
const heavyThumbnail = 100_000

// add registers one more figure and names it for want of a description.
func (f *figures) add(thumbnail string) (name string) {
	f.count++
	if f.thumbnail == "" || len(f.thumbnail) > heavyThumbnail && thumbnail != "" && len(thumbnail) < len(f.thumbnail) {
		f.thumbnail = thumbnail
	}
	return "Figure " + strconv.Itoa(f.count)
}

// addImage registers an <img> and gives it an alternative text.
func (f *figures) addImage(image *html.Node) {
	name := f.add(attribute(image, "src"))
	if !hasAttribute(image, "alt") {
		setAttribute(image, "alt", name)
	}
}
