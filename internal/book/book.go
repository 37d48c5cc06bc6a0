package book

import (
	"errors"
	"fmt"
	"regexp"
	"runtime"

	"golang.org/x/sync/errgroup"

	"balanced/internal/book/folder"
)

// A Book is what Write makes pages of: the chapters in their order, and after them the
// pages that are no notebooks.
type Book struct {
	Chapters []Chapter
	Extras   []Extra
}

// A File of the finished book has a name, without a folder, and a content.
type File = folder.File

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// Write writes the book into the directory dir, which is created if missing: index.html,
// slug.html for each chapter and extra page, their pictures on the cover, print.html with all
// chapters, the indices that the search looks things up in, the font of the formulas with its licence, the files that
// extra pages bring along, and files.txt, a list of all of these. The bytes depend on the
// book alone.
//
// Everything is rendered and checked first, so an error leaves dir as it was; then each
// file that differs is replaced atomically, the cover and the list last. Files that the list in dir
// names and the book has no more are removed; files that it does not name are left alone.
//
// It is an error, naming chapter and cell where there is one, if a formula cannot be
// rendered; a link or anchor leads nowhere; a page would fetch anything from elsewhere; raw
// HTML uses an element outside the allowed set; an output has no form a page can show; a
// notebook has no heading or more than one of level 1; a slug is malformed, taken twice,
// "index" or "print"; an extra page has no title, or a file of a name that is malformed or taken; or
// there is no chapter.
func Write(dir string, book Book) error {
	files, err := render(book)
	if err == nil {
		err = folder.Write(dir, files)
	}
	if err != nil {
		return fmt.Errorf("book: %w", err)
	}
	return nil
}

// render makes all files of the book, the cover last, and checks them.
func render(book Book) ([]File, error) {
	slugs, err := slugsOf(book)
	if err != nil {
		return nil, err
	}
	pages, err := renderChapters(book.Chapters, slugs)
	if err != nil {
		return nil, err
	}
	for _, extra := range book.Extras {
		p, err := extra.page()
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	var files []File
	for _, name := range []string{mathFont, "latin-modern-math-licence.txt"} {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: name, Content: content})
	}
	for i := range pages {
		files = append(files, pages[i].Files...)
		if picture, ok := pages[i].takePicture(); ok {
			files = append(files, picture)
		}
	}
	index, err := searchIndex(pages)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	code, err := codeIndex(pages)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	files = append(files, File{Name: "search.js", Content: index}, File{Name: "search-code.js", Content: code})
	for i, p := range pages {
		content, err := renderPage(pages, i)
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", p.Slug, err)
		}
		files = append(files, File{Name: p.Slug + ".html", Content: content})
	}
	whole, err := renderPrint(pages)
	if err != nil {
		return nil, fmt.Errorf("page %s: %w", PrintPage, err)
	}
	files = append(files, File{Name: PrintPage, Content: whole})
	cover, err := renderCover(pages)
	if err != nil {
		return nil, fmt.Errorf("cover: %w", err)
	}
	files = append(files, File{Name: "index.html", Content: cover})
	return files, checkFiles(files, pages)
}

// renderChapters renders the chapters side by side. The error is that of the first that has one.
func renderChapters(chapters []Chapter, slugs map[string]bool) ([]page, error) {
	pages, faults := make([]page, len(chapters)), make([]error, len(chapters))
	var group errgroup.Group // its error would be the first in time
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, chapter := range chapters {
		group.Go(func() error {
			pages[i], faults[i] = renderChapter(chapter, slugs)
			pages[i].Number = i + 1
			return nil
		})
	}
	_ = group.Wait() // nil
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	return pages, nil
}

func slugsOf(book Book) (map[string]bool, error) {
	if len(book.Chapters) == 0 {
		return nil, errors.New("no chapters; at least one is needed")
	}
	slugs := map[string]bool{}
	take := func(what, slug string) error {
		switch {
		case !slugForm.MatchString(slug) || slug == "index" || slug+".html" == PrintPage:
			return fmt.Errorf("%s: slug %q is not lower-case letters, digits and hyphens, other than \"index\" and \"print\"", what, slug)
		case slugs[slug]:
			return fmt.Errorf("%s: slug %q is taken by an earlier page", what, slug)
		}
		slugs[slug] = true
		return nil
	}
	for i, chapter := range book.Chapters {
		if err := take(fmt.Sprintf("chapter %d", i+1), chapter.Slug); err != nil {
			return nil, err
		}
		if chapter.Notebook == nil {
			return nil, fmt.Errorf("chapter %s: notebook is nil", chapter.Slug)
		}
	}
	for i, extra := range book.Extras {
		if err := take(fmt.Sprintf("extra page %d", i+1), extra.Slug); err != nil {
			return nil, err
		}
	}
	return slugs, nil
}
