package book

import (
	"fmt"
	"html"
	"html/template"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"

	"balanced/analysis"
	"balanced/internal/jupyter/nbformat"
)

// A Chapter is one executed notebook of the book.
type Chapter struct {
	// Slug names the page, slug.html, and is how other notebooks link to this
	// one (slug.ipynb): lower-case letters, digits and hyphens, not "index" or "print".
	Slug     string
	Notebook *nbformat.Notebook
	// Part is the title of the part of the book that it belongs to, with the chapters beside it
	// that say the same; empty in a book without parts.
	Part string
	// Verdicts are those of the chapter in the order of its own table, for the
	// cover; nil if it has none.
	Verdicts []analysis.Verdict
}

// chapterBuilder renders the cells of one chapter in order.
type chapterBuilder struct {
	slugs         map[string]bool
	anchors       *anchors
	figures       figures
	markdownParts int
	claims        []string // of the chapter's verdicts
	verdicts      []string // anchors of the rows of verdict tables
	otherVerdicts bool     // they do not say these claims
	page          page
}

func renderChapter(chapter Chapter, slugs map[string]bool) (page, error) {
	b := chapterBuilder{slugs: slugs, anchors: newAnchors()}
	b.page.Slug, b.page.Part = chapter.Slug, chapter.Part
	for _, verdict := range chapter.Verdicts {
		b.claims = append(b.claims, verdict.Claim)
	}
	var body strings.Builder
	for i, cell := range chapter.Notebook.Cells {
		rendered, err := b.renderCell(cell)
		if err != nil {
			return page{}, fmt.Errorf("chapter %s, cell %d (id %q): %w", chapter.Slug, i+1, cell.ID, err)
		}
		body.WriteString(rendered)
	}
	if b.page.Title == "" {
		return page{}, fmt.Errorf("chapter %s: %w", chapter.Slug, errNoHeading)
	}
	b.page.Body = template.HTML(body.String())
	b.page.Picture = template.URL(b.figures.thumbnail)
	if b.otherVerdicts {
		b.verdicts = nil
	}
	b.page.Verdicts = verdictsOf(chapter.Slug, chapter.Verdicts, b.verdicts)
	var err error
	if b.page.search, err = searchSections(body.String()); err != nil {
		return page{}, fmt.Errorf("chapter %s: %w", chapter.Slug, err)
	}
	return b.page, nil
}

// hasTag reads the cell tags of Jupyter Book.
func hasTag(cell nbformat.Cell, tag string) bool {
	switch tags := cell.Metadata["tags"].(type) {
	case []any:
		return slices.Contains(tags, any(tag))
	case []string:
		return slices.Contains(tags, tag)
	}
	return false
}

func (b *chapterBuilder) renderCell(cell nbformat.Cell) (string, error) {
	if hasTag(cell, "remove-cell") {
		return "", nil
	}
	cell.Source = cell.Text()
	switch cell.Kind {
	case nbformat.Markdown:
		return b.renderMarkdownCell(cell)
	case nbformat.Code:
		return b.renderCodeCell(cell)
	case nbformat.Raw:
		return "", nil // meant for other formats than HTML
	}
	return "", fmt.Errorf("kind %q is not one of code, markdown and raw", cell.Kind)
}

func (b *chapterBuilder) renderCodeCell(cell nbformat.Cell) (string, error) {
	var out strings.Builder
	out.WriteString(`<div class="cell">` + "\n")
	if strings.TrimSpace(cell.Source) != "" && !hasTag(cell, "remove-input") {
		code, err := highlightCell(strings.TrimRight(cell.Source, "\n"))
		if err != nil {
			return "", err
		}
		// Folded with or without the tag hide-input: this is a book to read.
		fmt.Fprintf(&out, "<details class=\"input\"><summary><span class=\"what\">%s</span> <span class=\"lines\">%s</span></summary>\n"+
			"<pre class=\"code\" tabindex=\"0\"><code>%s</code></pre></details>\n",
			html.EscapeString(summarise(cell.Source)), countLines(cell.Source), code)
	}
	if !hasTag(cell, "remove-output") {
		outputs, err := b.renderOutputs(cell.Outputs)
		if err != nil {
			return "", err
		}
		out.WriteString(outputs)
	}
	out.WriteString("</div>\n")
	return out.String(), nil
}

func (b *chapterBuilder) renderMarkdownCell(cell nbformat.Cell) (string, error) {
	b.markdownParts++
	source, err := renderMarkdown(cell.Source, b.anchors, fmt.Sprintf("part-%d", b.markdownParts))
	if err != nil {
		return "", err
	}
	nodes, err := parseFragment(source)
	if err != nil {
		return "", err
	}
	attachments, err := attachmentsOf(cell)
	if err != nil {
		return "", err
	}
	cleaner := cleaner{slugs: b.slugs, attachments: attachments, figures: &b.figures}
	if err := cleaner.clean(nodes); err != nil {
		return "", err
	}
	for _, node := range nodes {
		if err := b.note(node); err != nil {
			return "", err
		}
	}
	return renderNodes(nodes...)
}

// note takes down what the contents list and the cover need to know, and
// gives headings a link to themselves.
func (b *chapterBuilder) note(node *xhtml.Node) error {
	switch node.Data {
	case "h1", "h2", "h3":
		title, err := titleOf(node)
		if err != nil {
			return err
		}
		switch {
		case b.page.Title == "":
			b.page.Title = textOf(node)
			b.page.TitleHTML = title
		case node.Data == "h1":
			return fmt.Errorf("second heading %q of level 1; a chapter has one, sections begin with ##", textOf(node))
		default:
			level := int(node.Data[1] - '0')
			b.page.Sections = append(b.page.Sections, section{attribute(node, "id"), title, level})
			addSelfLink(node)
		}
	case "p":
		if b.page.Title != "" && b.page.Abstract == "" {
			abstract, err := titleOf(node)
			if err != nil {
				return err
			}
			b.page.Abstract = abstract
		}
	}
	return nil
}

// titleOf is the content of a heading or paragraph for use elsewhere: links
// become text, ids and footnote marks go.
func titleOf(node *xhtml.Node) (template.HTML, error) {
	source, err := renderNodes(children(node)...)
	if err != nil {
		return "", err
	}
	copies, err := parseFragment("<div>" + source + "</div>")
	if err != nil {
		return "", err
	}
	err = walk(copies[0], func(node *xhtml.Node) error {
		for _, child := range children(node) {
			switch {
			case isFootnoteMark(child):
				node.RemoveChild(child)
			case child.Data == "a":
				child.Data, child.DataAtom, child.Attr = "span", 0, nil
			}
			removeAttribute(child, "id")
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	text, err := renderNodes(children(copies[0])...)
	return template.HTML(text), err
}

// isFootnoteMark tells whether node is the raised number that leads to a footnote.
func isFootnoteMark(node *xhtml.Node) bool {
	return node.Data == "sup" && strings.Contains(attribute(node, "id"), "fnref")
}

// selfLinkText is what a heading's link to itself shows.
const selfLinkText = "#"

func addSelfLink(heading *xhtml.Node) {
	link := &xhtml.Node{Type: xhtml.ElementNode, Data: "a", Attr: []xhtml.Attribute{
		{Key: "class", Val: "self"}, {Key: "href", Val: "#" + attribute(heading, "id")},
		{Key: "aria-label", Val: "Link to this section"},
	}}
	link.AppendChild(&xhtml.Node{Type: xhtml.TextNode, Data: selfLinkText})
	heading.AppendChild(link)
}
