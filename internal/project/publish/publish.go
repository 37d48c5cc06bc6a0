package publish

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"balanced/internal/book"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// Book writes the book of a project and returns its cover, "" if there is none to write:
// outside of a project, or if no chapter is to be in it. The pages that are no notebooks
// belong to a book of all chapters; they are asked for when it is one, with the slug of
// its first chapter.
func Book(p *project.Project, extras func(chapter string) ([]book.Extra, error)) (cover string, err error) {
	if p.Root == "" || len(p.Book) == 0 {
		return "", nil
	}
	content, err := contentOf(p)
	if err != nil {
		return "", err
	}
	if p.All {
		if content.Extras, err = extras(content.Chapters[0].Slug); err != nil {
			return "", err
		}
	}
	folder := project.BookFolder(p.Out)
	return filepath.Join(folder, project.Cover), book.Write(folder, content)
}

// contentOf is the book of a project without the pages that are no notebooks.
func contentOf(p *project.Project) (book.Book, error) {
	verdicts, err := p.Verdicts()
	if err != nil {
		return book.Book{}, err
	}
	var content book.Book
	for _, path := range p.Book {
		n, err := p.Notebook(path)
		if err != nil {
			return book.Book{}, err
		}
		name := project.NameOf(path)
		slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
		content.Chapters = append(content.Chapters, book.Chapter{Slug: slug, Notebook: titled(n, name), Part: project.PartOf(name), Verdicts: verdicts[name]})
	}
	return content, nil
}

// titled is the notebook with a title, which those of other places often lack.
func titled(n *nbformat.Notebook, name string) *nbformat.Notebook {
	if _, found := n.Title(); found {
		return n
	}
	heading := nbformat.Cell{ID: "title", Kind: nbformat.Markdown, Source: "# " + name}
	return &nbformat.Notebook{Metadata: n.Metadata, Cells: slices.Concat([]nbformat.Cell{heading}, n.Cells)}
}
