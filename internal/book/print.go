package book

import (
	"fmt"
	"html/template"
	"strings"

	"golang.org/x/net/html"
)

// PrintPage is the file of the page that holds all chapters, to be printed or sent.
const PrintPage = "print.html"

// A printed is a chapter as a part of the page that holds all of them.
type printed struct {
	page
	Begins string // the part that begins with it, empty for none
}

// printData is what print.html shows.
type printData struct {
	Book    string
	Style   template.CSS
	Policy  template.HTMLAttr
	Pages   []printed
	Outcome *outcome // of all verdicts, nil if there are none
}

// renderPrint sets all chapters on one page, in their order. Their code is left out, as it is
// when a chapter is printed alone: it is folded away, and paper does not unfold. So are the
// extra pages, which are programs.
func renderPrint(pages []page) ([]byte, error) {
	data := printData{Book: bookTitle, Style: bookStyle}
	chapters := map[string]bool{}
	for _, p := range pages {
		chapters[p.Slug+".html"] = !p.Extra
	}
	var all []verdict
	before := ""
	for _, p := range pages {
		if p.Extra {
			continue
		}
		one := printed{page: p}
		if p.Part != before {
			one.Begins, before = p.Part, p.Part
		}
		body, err := printBody(p, chapters)
		if err != nil {
			return nil, fmt.Errorf("chapter %s: %w", p.Slug, err)
		}
		one.Body = template.HTML(body)
		data.Pages = append(data.Pages, one)
		all = append(all, p.Verdicts...)
	}
	data.Outcome = outcomeOf(all)
	return withPolicy(page{}, func(policy template.HTMLAttr) ([]byte, error) {
		data.Policy = policy
		return execute(PrintPage, data)
	})
}

// printBody is the body of a chapter with names of anchors that are its own among those of
// all chapters, and with links to chapters that lead to their place on the page.
func printBody(p page, chapters map[string]bool) (string, error) {
	nodes, err := parseFragment(string(p.Body))
	if err != nil {
		return "", err
	}
	for _, node := range nodes {
		_ = walk(node, func(node *html.Node) error {
			for _, child := range children(node) {
				if class := attribute(child, "class"); class == "self" || child.Data == "details" && class == "input" {
					node.RemoveChild(child)
				}
			}
			if node.Data == "details" {
				setAttribute(node, "open", "") // solutions of exercises
			}
			if id := attribute(node, "id"); id != "" {
				setAttribute(node, "id", printAnchor(p.Slug, id))
			}
			if node.Data == "a" && hasAttribute(node, "href") {
				setAttribute(node, "href", printLink(p.Slug, attribute(node, "href"), chapters))
			}
			return nil
		})
	}
	return renderNodes(nodes...)
}

// printAnchor names a chapter, or an anchor in it: no slug has a dot.
func printAnchor(slug, anchor string) string {
	if anchor == "" {
		return slug
	}
	return slug + "." + anchor
}

// printLink is where a link of a chapter leads when all are on one page.
func printLink(slug, link string, chapters map[string]bool) string {
	path, anchor, _ := strings.Cut(link, "#")
	switch {
	case path == "":
		return "#" + printAnchor(slug, anchor)
	case chapters[path]:
		return "#" + printAnchor(strings.TrimSuffix(path, ".html"), anchor)
	}
	return link
}
