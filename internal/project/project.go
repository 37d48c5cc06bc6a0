package project

import (
	"fmt"
	"path/filepath"
	"slices"

	"balanced/analysis"
	"balanced/internal/jupyter/nbformat"
)

// A Project is one whose notebooks are run, or whose book is written: which of them, and
// where to. It reads no notebook twice.
type Project struct {
	Root string   // empty outside of a project
	Out  string   // what OutFolder says
	Run  []string // the notebooks that are run
	Book []string // and those of the book, as executed: chapters, or notebooks of other places
	Left []string // names of those that are run and not in the book, since they are no chapters
	All  bool     // the book is that of all chapters
	Ran  []string // names of the chapters that are run; none if any notebook is of another place

	Variant Variant // what kind of run it is

	ours     []string // all notebooks of the project
	foreign  bool     // a notebook of another place is run
	noResult bool     // the committed verdicts are not those of the notebooks
	read     map[string]*nbformat.Notebook
}

// Open finds out what running the notebooks at the paths means for the project at root;
// none stands for all of its notebooks. The book is of all chapters, so that running one
// again keeps the others, but in a run aside of the chapters alone that are run, and if
// any notebook is of another place, of all that are run. Without a root notebooks are run,
// and that is all. It is an error if there are no notebooks.
func Open(root string, variant Variant, paths []string) (*Project, error) {
	p := &Project{Root: root, Run: paths, Variant: variant, read: map[string]*nbformat.Notebook{}}
	if root == "" {
		return p, nil
	}
	p.Out = OutFolder(root, variant)
	own := NotebooksFolder(root)
	var err error
	if p.ours, err = filepath.Glob(filepath.Join(own, "*"+extension)); err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		if len(p.ours) == 0 {
			return nil, fmt.Errorf("there are no notebooks in %s", own)
		}
		p.Run = p.ours
	}
	p.foreign = slices.ContainsFunc(p.Run, func(path string) bool {
		folder, err := filepath.Abs(filepath.Dir(path))
		return err != nil || folder != own
	})
	for _, path := range p.Run {
		switch name := NameOf(path); {
		case p.foreign:
		case IsChapter(name):
			p.Ran = append(p.Ran, name)
		default:
			p.Left = append(p.Left, name)
		}
	}
	chapters := p.chapters()
	switch {
	case variant.Aside():
		for _, path := range p.Run {
			if p.foreign || IsChapter(NameOf(path)) {
				p.Book = append(p.Book, filepath.Join(p.Out, filepath.Base(path)))
			}
		}
		p.All = !p.foreign && len(p.Book) == len(chapters)
	case p.foreign:
		p.Book = p.Run
	default:
		p.Book, p.All = chapters, true
	}
	return p, nil
}

// chapters are the files of all chapters of the project.
func (p *Project) chapters() []string {
	return slices.DeleteFunc(slices.Clone(p.ours), func(path string) bool { return !IsChapter(NameOf(path)) })
}

// Forget removes what earlier runs left of the chapters that are run.
func (p *Project) Forget() error { return Forget(p.Out, p.Ran) }

// Verdicts are those of the book, by the names of its notebooks: what a run aside left,
// otherwise those that are committed. Notebooks of other places have none, and nobody has
// where Gather has failed: those that are there are of an earlier run.
func (p *Project) Verdicts() (map[string][]analysis.Verdict, error) {
	switch {
	case p.Variant.Aside():
		return Left(p.Out, p.Ran)
	case p.foreign || p.noResult || p.Root == "":
		return nil, nil
	}
	return Committed(p.Root)
}

// Gather takes the results of the chapters that were run and writes them into the project,
// or with check compares them with those that are there. Those of a run aside are nobody's.
func (p *Project) Gather(check bool) error {
	if len(p.Ran) == 0 || p.Variant.Aside() {
		return nil
	}
	err := p.gather(check)
	p.noResult = err != nil
	return err
}

func (p *Project) gather(check bool) error {
	var chapters []Chapter
	for _, path := range p.chapters() {
		n, err := p.Notebook(path)
		if err != nil {
			return err
		}
		name := NameOf(path)
		title, found := n.Title()
		if !found {
			title = name
		}
		// A chapter of prose alone leaves nothing.
		ran := slices.Contains(p.Ran, name) && n.CodeCells() > 0
		chapters = append(chapters, Chapter{Name: name, Title: title, Ran: ran})
	}
	collected, err := Collect(p.Root, chapters)
	if err != nil {
		return err
	}
	if check {
		return collected.Check()
	}
	return collected.Write()
}

// Notebook is the content of the file at path. It is shared: callers must not change it.
func (p *Project) Notebook(path string) (*nbformat.Notebook, error) {
	key := absolute(path)
	if n := p.read[key]; n != nil {
		return n, nil
	}
	n, err := nbformat.Read(path)
	if err == nil {
		p.read[key] = n
	}
	return n, err
}

// Executed says what a run has written into the file at path, or found in it, so that it
// need not be read.
func (p *Project) Executed(path string, n *nbformat.Notebook) {
	if n != nil {
		p.read[absolute(path)] = n
	}
}

// absolute names a file for as long as the working folder stays; a path that cannot be
// made absolute stands for itself.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}
