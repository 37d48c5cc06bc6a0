package browser

import "fmt"

// paper is the width of A4 between margins of 1 cm, in CSS pixels.
const paper = 718

// Print finds what would look wrong on A4: elements among those that the
// selectors name which are not hidden, and whatever is wider than the paper or
// would have to be scrolled. It leaves the page as it is on paper.
func Print(p *Page, hidden ...string) []string {
	p.t.Helper()
	p.Look(View{Width: paper, Height: 1000, Dark: p.view.Dark, Print: true})
	var findings []string
	for _, selector := range hidden {
		if count := look[int](p, fmt.Sprintf("shown(%q)", selector)); count > 0 {
			findings = append(findings, fmt.Sprintf("on paper %d elements %s are not hidden", count, selector))
		}
	}
	return append(findings, append(p.tooWide(), look[[]string](p, "cut()")...)...)
}

// tooWide finds what is wider than the view.
func (p *Page) tooWide() []string {
	p.t.Helper()
	return look[[]string](p, fmt.Sprintf("tooWide(%d)", p.view.Width))
}
