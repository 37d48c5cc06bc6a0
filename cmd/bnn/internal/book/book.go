package book

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"balanced/internal/files"
)

// A file of the finished book.
type file struct {
	name    string
	content []byte
}

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// Write makes the book of chapters, in their order, in the directory dir,
// which is created if missing: index.html, slug.html for each chapter, and
// the font of the formulas with its licence. The bytes depend on the chapters
// alone.
//
// Everything is rendered and checked first, so an error leaves dir as it was;
// then each file is replaced atomically, the index last. Other files in dir
// are left alone.
//
// It is an error, naming chapter and cell where there is one, if a formula
// cannot be rendered; a link or anchor leads nowhere; a page would fetch
// anything from elsewhere; raw HTML uses an element outside the allowed set;
// an output has no form a page can show; a notebook has no heading or more
// than one of level 1; a slug is malformed, taken twice or "index"; or there
// is no chapter.
func Write(dir string, chapters []Chapter) error {
	pages, err := render(chapters)
	if err != nil {
		return fmt.Errorf("book: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("book: %w", err)
	}
	for _, page := range pages {
		if err := files.Replace(filepath.Join(dir, page.name), page.content); err != nil {
			return fmt.Errorf("book: %w", err)
		}
	}
	return nil
}

// render makes all files of the book, the index last, and checks them.
func render(chapters []Chapter) ([]file, error) {
	slugs, err := slugsOf(chapters)
	if err != nil {
		return nil, err
	}
	var rendered []renderedChapter
	for _, chapter := range chapters {
		page, err := renderChapter(chapter, slugs)
		if err != nil {
			return nil, err
		}
		rendered = append(rendered, page)
	}
	var pages []file
	for _, name := range []string{mathFont, "latin-modern-math-licence.txt"} {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, err
		}
		pages = append(pages, file{name, content})
	}
	for i, chapter := range rendered {
		page, err := renderPage(rendered, i)
		if err != nil {
			return nil, fmt.Errorf("chapter %s: %w", chapter.Slug, err)
		}
		pages = append(pages, file{chapter.Slug + ".html", page})
	}
	cover, err := renderCover(rendered)
	if err != nil {
		return nil, fmt.Errorf("cover: %w", err)
	}
	pages = append(pages, file{"index.html", cover})
	return pages, checkFiles(pages)
}

func slugsOf(chapters []Chapter) (map[string]bool, error) {
	if len(chapters) == 0 {
		return nil, errors.New("no chapters; at least one is needed")
	}
	slugs := map[string]bool{}
	for i, chapter := range chapters {
		switch {
		case !slugForm.MatchString(chapter.Slug) || chapter.Slug == "index":
			return nil, fmt.Errorf("chapter %d: slug %q is not lower-case letters, digits and hyphens, other than \"index\"", i+1, chapter.Slug)
		case slugs[chapter.Slug]:
			return nil, fmt.Errorf("chapter %d: slug %q is taken by an earlier chapter", i+1, chapter.Slug)
		case chapter.Notebook == nil:
			return nil, fmt.Errorf("chapter %s: notebook is nil", chapter.Slug)
		}
		slugs[chapter.Slug] = true
	}
	return slugs, nil
}
