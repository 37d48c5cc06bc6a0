package book

import (
	"encoding/base64"
	"html/template"
	"strings"

	"balanced/internal/book/thumbnail"
)

// pictureEndings are the file names of the images a card can show.
var pictureEndings = map[string]string{
	"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
}

// takePicture moves the picture of a page's card from its address into a file: a dozen
// figures in one cover would weigh more than any chapter. A picture it cannot read stays
// part of the cover.
func (p *page) takePicture() (File, bool) {
	p.Follows = followsLight(string(p.Picture))
	mime, encoded, found := strings.Cut(strings.TrimPrefix(string(p.Picture), "data:"), ";base64,")
	ending, known := pictureEndings[mime]
	content, err := base64.StdEncoding.DecodeString(encoded)
	if !found || !known || err != nil {
		return File{}, false
	}
	if ending == ".svg" {
		content = thumbnail.Shrink(content)
	}
	name := p.Slug + ending
	p.Picture = template.URL(name)
	return File{Name: name, Content: content}, true
}
