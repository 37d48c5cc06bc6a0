package book

import (
	"errors"
	"fmt"
	"html/template"
	"strings"

	"balanced/internal/book/folder"
)

// An Extra is a page of the book that is no notebook. It has a card, an entry in the
// contents list, neighbours, header and search as any chapter, and the width of the window.
// Its parts are the program's own and are not cleaned as an author's HTML is, but checked
// as every page is.
type Extra struct {
	Slug  string // names the page, slug.html; as that of a chapter
	Title string // plain text: its heading, of level 1
	Claim string // plain text of the card

	// Body is what stands below the heading. Its ids are none that the page around it has.
	Body template.HTML
	// Style follows the style sheet of the book, whose colours it may use.
	Style template.CSS
	// Script runs at the end of the body; empty if there is none.
	Script template.JS
	// WebAssembly tells that the script compiles such a program and runs it in workers that
	// it makes from blobs; the policy of the page forbids it otherwise.
	WebAssembly bool
	// Thumbnail is the picture of the card, a data URI; empty if there is none.
	Thumbnail template.URL
	// Files are written beside the page. Names are lower-case letters, digits, dots and
	// hyphens, and not those of other files of the book.
	Files []File
	// Search is what the search finds the page by, plain text.
	Search string
}

// page gets the extra page ready for the templates.
func (e Extra) page() (page, error) {
	fail := func(reason error) (page, error) { return page{}, fmt.Errorf("extra page %s: %w", e.Slug, reason) }
	if strings.TrimSpace(e.Title) == "" {
		return fail(errors.New("title is empty"))
	}
	if strings.Contains(strings.ToLower(string(e.Style)), "</style") {
		return fail(errors.New("style: must not hold </style, which would be its end"))
	}
	if text := strings.ToLower(string(e.Script)); strings.Contains(text, "</script") || strings.Contains(text, "<!--") {
		return fail(errors.New("script: must not hold </script, which would be its end, or <!--"))
	}
	for _, file := range e.Files {
		if !folder.IsName(file.Name) {
			return fail(fmt.Errorf("file name %q is not lower-case letters, digits, dots and hyphens", file.Name))
		}
	}
	thumbnail := string(e.Thumbnail)
	if strings.HasPrefix(thumbnail, "data:") {
		var err error
		if thumbnail, err = cleanImage(thumbnail, imageTypes); err != nil {
			return fail(err)
		}
	}
	title := template.HTML(template.HTMLEscapeString(e.Title))
	return page{
		Slug: e.Slug, Title: e.Title, TitleHTML: title, Extra: true,
		Abstract: template.HTML(template.HTMLEscapeString(e.Claim)),
		Body:     "<h1>" + title + "</h1>\n" + e.Body + "\n",
		Style:    e.Style, Script: e.Script, WebAssembly: e.WebAssembly, Picture: template.URL(thumbnail), Files: e.Files,
		search: []searchSection{{Text: strings.Join(strings.Fields(e.Search), " ")}},
	}, nil
}
