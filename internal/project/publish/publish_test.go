package publish

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/book"
	"balanced/internal/jupyter/nbformat"
	"balanced/internal/project"
)

// put writes a notebook of one cell into the project.
func put(t *testing.T, root, name, markdown string) string {
	t.Helper()
	path := filepath.Join(project.NotebooksFolder(root), name+".ipynb")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	n := &nbformat.Notebook{Cells: []nbformat.Cell{{ID: "a", Kind: nbformat.Markdown, Source: markdown}}}
	if err := n.Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBook(t *testing.T) {
	root := t.TempDir()
	put(t, root, "01-a", "# A")
	put(t, root, "02-b", "No heading of level 1.")
	put(t, root, "notes", "# Notes")
	p, err := project.Open(root, project.Variant{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	asked := ""
	cover, err := Book(p, func(chapter string) ([]book.Extra, error) {
		asked = chapter
		return []book.Extra{{Slug: "explorer", Title: "Explore"}}, nil
	})
	if err != nil || cover != filepath.Join(root, "out", "book", "index.html") || asked != "01-a" {
		t.Fatalf("the cover is %s, %v; the extra pages lead to %q", cover, err, asked)
	}
	text, err := os.ReadFile(cover)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`href="01-a.html"`, `href="02-b.html"`, `href="explorer.html"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the cover lacks %s", want)
		}
	}
	if strings.Contains(string(text), "Notes") {
		t.Error("what is no chapter is in the book")
	}
	// The heading that a page needs is not put into the notebook, which others share.
	if n, err := p.Notebook(p.Book[1]); err != nil || len(n.Cells) != 1 {
		t.Errorf("after that the notebook is %+v, %v", n, err)
	}
}

// Without a project, or of no chapter, there is no book; other people's notebooks make one
// without the pages that belong to all chapters.
func TestBookOfLess(t *testing.T) {
	root := t.TempDir()
	put(t, root, "01-a", "# A")
	notes := put(t, root, "notes", "# Notes")
	other := put(t, t.TempDir(), "Of others", "Text.")
	for _, c := range []struct {
		root  string
		quick bool
		path  string
		want  string
	}{
		{"", false, other, ""}, {root, true, notes, ""}, {root, false, other, filepath.Join(root, "out", "book", "index.html")},
	} {
		p, err := project.Open(c.root, project.Variant{Quick: c.quick}, []string{c.path})
		if err != nil {
			t.Fatal(err)
		}
		cover, err := Book(p, func(string) ([]book.Extra, error) {
			t.Errorf("%+v: extra pages are asked for", c)
			return nil, nil
		})
		if err != nil || cover != c.want {
			t.Errorf("%+v: the cover is %q, %v", c, cover, err)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "out", "book", "of-others.html")); err != nil {
		t.Error(err)
	}
}
