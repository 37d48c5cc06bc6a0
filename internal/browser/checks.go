package browser

import (
	_ "embed"
	"net/url"
	"path"
	"strings"
)

// checks is an expression of JavaScript, an object whose functions look at the page.
//
//go:embed checks.js
var checks string

// look calls a function of checks.js.
func look[T any](p *Page, call string) T {
	p.t.Helper()
	return Eval[T](p, "("+checks+")."+call)
}

// Quiet finds what a page that is in order never does: errors and warnings on the
// console, exceptions, requests that fail, and requests that leave the host of the
// page or, of a file, its folder.
func Quiet(p *Page) []string {
	findings := p.Messages()
	requests := p.Requests()
	for _, request := range requests {
		if request.Failed() {
			findings = append(findings, "failed request: "+request.String())
		}
		if !within(request.URL, requests[0].URL) {
			findings = append(findings, "outside request: "+request.URL)
		}
	}
	return findings
}

// within tells whether an address is on the host of a page, and for files in its
// folder.
func within(address, page string) bool {
	target, err := url.Parse(address)
	if err != nil {
		return false
	}
	home, err := url.Parse(page)
	if err != nil || target.Scheme != home.Scheme || target.Host != home.Host {
		return false
	}
	return home.Scheme != "file" || strings.HasPrefix(path.Clean(target.Path), path.Dir(home.Path)+"/")
}

// Layout finds images that are not there, formulas without a size, and whatever
// makes the page wider than the view, so that it would scroll sideways. It looks
// at what is shown now: folded parts are left out.
func Layout(p *Page) []string {
	p.t.Helper()
	return append(look[[]string](p, "pictures()"), p.tooWide()...)
}

// Structure finds what those miss who do not see the page: there is one heading of
// level 1, no heading is more than a level below the one before, images have an
// alternative text (an empty one outside a figure: the image only decorates), and
// drawings are described or hidden.
func Structure(p *Page) []string {
	p.t.Helper()
	return look[[]string](p, "structure()")
}

// Unfold opens all folded parts of the page.
func (p *Page) Unfold() {
	p.t.Helper()
	Eval[int](p, `[...document.querySelectorAll("details")].map(details => details.open = true).length`)
	p.settle()
}
