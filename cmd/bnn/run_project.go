package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"balanced/analysis"
	"balanced/internal/book"
	"balanced/internal/explorer"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// A checkout is where notebooks are run, and which.
type checkout struct {
	root string   // empty outside of the project
	out  string   // folder of what a run leaves: out, or out/quick
	ours []string // all notebooks of the project
	run  []string // the notebooks that are run
	book []string // and those of the book, as executed: chapters, or notebooks of other places
	left []string // names of those that are run and not in the book, since they are no chapters
	all  bool     // the book is that of all chapters of the project
	ran  []string // names of the chapters that are run; none if any notebook is of another place

	// verdicts are those of the book, by the names of its notebooks.
	verdicts func() (map[string][]analysis.Verdict, error)
}

// openProject finds out what running the notebooks means for the project at root; none
// stands for all of its notebooks. The book is of all chapters, so that running one again
// keeps the others, but in a quick run of the chapters alone that are run, and if any
// notebook is of another place, of all that are run. Without a root notebooks are run,
// and that is all.
func openProject(root string, quick bool, paths []string) (*checkout, error) {
	if root == "" {
		if len(paths) == 0 || quick {
			return nil, usageError{errors.New("no go.mod of module balanced in or above the working folder: all notebooks, and quick runs, are of the project")}
		}
		return &checkout{run: paths}, nil
	}
	p := &checkout{root: root, out: filepath.Join(root, "out"), run: paths}
	own := filepath.Join(root, "notebooks")
	var err error
	if p.ours, err = filepath.Glob(filepath.Join(own, "*.ipynb")); err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		if len(p.ours) == 0 {
			return nil, usageError{fmt.Errorf("there are no notebooks in %s", own)}
		}
		p.run = p.ours
	}
	foreign := slices.ContainsFunc(p.run, func(path string) bool {
		folder, err := filepath.Abs(filepath.Dir(path))
		return err != nil || folder != own
	})
	for _, path := range p.run {
		switch name := stem(path); {
		case foreign:
		case project.IsChapter(name):
			p.ran = append(p.ran, name)
		default:
			p.left = append(p.left, name)
		}
	}
	chapters := slices.DeleteFunc(slices.Clone(p.ours), func(path string) bool { return !project.IsChapter(stem(path)) })
	p.verdicts = noVerdicts
	switch {
	case quick:
		p.out = filepath.Join(p.out, "quick")
		for _, path := range p.run {
			if foreign || project.IsChapter(stem(path)) {
				p.book = append(p.book, filepath.Join(p.out, filepath.Base(path)))
			}
		}
		p.all = !foreign && len(p.book) == len(chapters)
		p.verdicts = func() (map[string][]analysis.Verdict, error) { return project.Left(p.out, p.ran) }
	case foreign:
		p.book = p.run
	default:
		p.book, p.all = chapters, true
		p.verdicts = func() (map[string][]analysis.Verdict, error) { return project.Committed(root) }
	}
	return p, nil
}

// forget removes what earlier runs left of the chapters that are run.
func (p *checkout) forget() error { return project.Forget(p.out, p.ran) }

// results gathers those of the chapters, and writes them, or compares them with those
// that are there.
func (p *checkout) results(check bool) error {
	if len(p.ran) == 0 {
		return nil
	}
	var chapters []project.Chapter
	for _, path := range p.ours {
		name := stem(path)
		if !project.IsChapter(name) {
			continue
		}
		n, err := nbformat.Read(path)
		if err != nil {
			return err
		}
		heading, found := title(n)
		if !found {
			heading = name
		}
		// A chapter of prose alone leaves nothing.
		ran := slices.Contains(p.ran, name) && slices.ContainsFunc(n.Cells, func(c nbformat.Cell) bool { return c.Kind == nbformat.Code })
		chapters = append(chapters, project.Chapter{Name: name, Title: heading, Ran: ran})
	}
	collected, err := project.Collect(p.root, chapters)
	if err != nil {
		return err
	}
	if check {
		return collected.Check()
	}
	return collected.Write()
}

var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

// cover is the file of a book to begin with.
const cover = "index.html"

// sayLeft says which notebooks are not in the book.
func (p *checkout) sayLeft(messages io.Writer) {
	if len(p.left) > 0 {
		fmt.Fprintln(messages, "not in the book, since chapters are named like 01-a-claim.ipynb:", strings.Join(p.left, ", "))
	}
}

// bookFolder is where the book is.
func (p *checkout) bookFolder() string { return filepath.Join(p.out, "book") }

// writeBook writes the book and returns its cover, "" if there is none to write: outside
// of the project, or if no chapter is to be in it. What takes its time is said.
func (p *checkout) writeBook(ctx context.Context, messages io.Writer) (string, error) {
	if p.root == "" || len(p.book) == 0 {
		return "", nil
	}
	verdicts, err := p.verdicts()
	if err != nil {
		return "", err
	}
	var content book.Book
	for _, path := range p.book {
		n, err := nbformat.Read(path)
		if err != nil {
			return "", err
		}
		if _, found := title(n); !found { // as often in notebooks of other places
			heading := nbformat.Cell{ID: "title", Kind: nbformat.Markdown, Source: "# " + stem(path)}
			n.Cells = slices.Insert(n.Cells, 0, heading)
		}
		slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(stem(path)), "-"), "-")
		content.Chapters = append(content.Chapters, book.Chapter{Slug: slug, Notebook: n, Verdicts: verdicts[stem(path)]})
	}
	if p.all {
		if content.Extras, err = explorerOf(ctx, messages, p.root, content.Chapters[0].Slug); err != nil {
			return "", err
		}
	}
	folder := p.bookFolder()
	return filepath.Join(folder, cover), book.Write(folder, content)
}

// explorerOf is the explorer of the project at root, which needs its source: a folder of
// notebooks alone has a book without it. A reader whose browser cannot run it is sent to
// a chapter.
func explorerOf(ctx context.Context, messages io.Writer, root, chapter string) ([]book.Extra, error) {
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(explorer.Source))); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	said := announce(messages, "compiling the explorer; the first time this takes about a minute")
	program, err := explorer.Compile(ctx, root)
	said()
	if err != nil {
		return nil, err
	}
	page, err := explorer.Page(root, program, chapter)
	return []book.Extra{page}, err
}

// noVerdicts are those of a book that has none.
func noVerdicts() (map[string][]analysis.Verdict, error) { return nil, nil }

// stem is the name of a notebook's file without its extension.
func stem(path string) string { return strings.TrimSuffix(filepath.Base(path), ".ipynb") }

// title returns the title of a notebook, in Markdown, if it has one.
func title(n *nbformat.Notebook) (text string, found bool) {
	for _, cell := range n.Cells {
		if cell.Kind != nbformat.Markdown {
			continue
		}
		for line := range strings.Lines(cell.Text()) {
			if text, found := strings.CutPrefix(line, "# "); found {
				return strings.TrimSpace(text), true
			}
		}
	}
	return "", false
}
