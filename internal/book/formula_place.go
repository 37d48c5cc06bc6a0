package book

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// asideFormulas are the formulas of a markdown cell while it is parsed. As in Jupyter a mark
// stands for each of them then, so that no rule of markdown is applied to TeX: a bar in a
// formula does not end the cell of a table, and a line of it that begins with a hyphen no
// list. A mark is a number between two fences, which the parser takes for text.
type asideFormulas struct {
	source string
	found  []passage
	mark   *regexp.Regexp
}

// setAside replaces the formulas of source by marks.
func setAside(source string) (marked string, formulas asideFormulas, err error) {
	found, err := findFormulas(source)
	if err != nil || len(found) == 0 {
		return source, asideFormulas{}, err
	}
	// Longer than anything the author's own signs and entities can become.
	fence := strings.Repeat("@", 2+strings.Count(source, "@")+strings.Count(source, "&"))
	var out strings.Builder
	end := 0
	for i, p := range found {
		out.WriteString(source[end:p.start] + fence + strconv.Itoa(i) + fence)
		end = p.end
	}
	out.WriteString(source[end:])
	return out.String(), asideFormulas{source, found, regexp.MustCompile(fence + "([0-9]+)" + fence)}, nil
}

// of returns the formula a match of mark stands for.
func (f asideFormulas) of(number string) passage {
	i, _ := strconv.Atoi(number)
	return f.found[i]
}

// plain replaces the marks in text by the source of their formulas.
func (f asideFormulas) plain(text string) string {
	if f.mark == nil {
		return text
	}
	return f.mark.ReplaceAllStringFunc(text, func(mark string) string {
		p := f.of(strings.Trim(mark, "@"))
		return f.source[p.start:p.end]
	})
}

// rawElements show TeX as it stands, as in Jupyter.
var rawElements = []string{"code", "pre"}

// putBack replaces the marks in HTML by formulas of MathML, and in code and attributes by the source.
func (f asideFormulas) putBack(rendered string) (string, error) {
	if f.mark == nil {
		return rendered, nil
	}
	nodes, err := parseFragment("<div>" + rendered + "</div>")
	if err != nil {
		return "", err
	}
	root := &html.Node{Type: html.DocumentNode}
	for _, node := range nodes {
		root.AppendChild(node)
	}
	if err := f.place(root, false); err != nil {
		return "", err
	}
	var content []*html.Node
	for _, node := range children(root) {
		content = append(content, children(node)...)
	}
	return renderNodes(content...)
}

func (f asideFormulas) place(node *html.Node, raw bool) error {
	if node.Type == html.ElementNode && f.mark.MatchString(node.Data) {
		return fmt.Errorf("a formula stands in the name of an HTML element: %.80q", f.plain(node.Data))
	}
	for i := range node.Attr {
		if f.mark.MatchString(node.Attr[i].Key) {
			return fmt.Errorf("a formula stands in the name of an HTML attribute: %.80q", f.plain(node.Attr[i].Key))
		}
		node.Attr[i].Val = f.plain(node.Attr[i].Val)
	}
	switch {
	case node.Type == html.CommentNode, node.Type == html.TextNode && raw:
		node.Data = f.plain(node.Data)
	case node.Type == html.TextNode:
		return f.placeInText(node)
	}
	raw = raw || slices.Contains(rawElements, node.Data)
	for _, child := range children(node) {
		if err := f.place(child, raw); err != nil {
			return err
		}
	}
	if node.Data == "p" && node.Parent != nil {
		splitAtDisplays(node)
	}
	return nil
}

// placeInText puts formulas and the text between them in the place of a text.
func (f asideFormulas) placeInText(node *html.Node) error {
	rest := node.Data
	for {
		match := f.mark.FindStringSubmatchIndex(rest)
		if match == nil {
			node.Data = rest
			return nil
		}
		p := f.of(rest[match[2]:match[3]])
		formula, err := renderFormula(p.tex, p.display)
		if err != nil {
			return err
		}
		if p.display {
			// A span, since a display formula may stand within a paragraph of the author's own
			// HTML. With Tab one comes to it to scroll it, as it may be wider than the page.
			formula = `<span class="display-formula" tabindex="0">` + formula + "</span>"
		}
		parsed, err := parseFragment(formula)
		if err != nil {
			return err
		}
		parsed = append([]*html.Node{{Type: html.TextNode, Data: rest[:match[0]]}}, parsed...)
		for _, part := range parsed {
			node.Parent.InsertBefore(part, node)
		}
		rest = rest[match[1]:]
	}
}

// splitAtDisplays ends a paragraph before a display formula and begins a new one after it.
func splitAtDisplays(paragraph *html.Node) {
	isDisplay := func(node *html.Node) bool { return attribute(node, "class") == "display-formula" }
	if !slices.ContainsFunc(children(paragraph), isDisplay) {
		return
	}
	var part *html.Node
	for _, child := range children(paragraph) {
		paragraph.RemoveChild(child)
		switch {
		case isDisplay(child):
			paragraph.Parent.InsertBefore(child, paragraph)
			part = nil
			continue
		case part == nil && child.Type == html.TextNode:
			if child.Data = strings.TrimLeft(child.Data, " \n"); child.Data == "" {
				continue
			}
		}
		if part == nil {
			part = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: paragraph.DataAtom, Attr: paragraph.Attr}
			paragraph.Parent.InsertBefore(part, paragraph)
			paragraph.Attr = nil
		}
		part.AppendChild(child)
	}
	paragraph.Parent.RemoveChild(paragraph)
}

// headingNames gives headings names from the source of their formulas.
type headingNames struct {
	*anchors
	formulas asideFormulas
}

// Generate is called by goldmark for a heading without a name.
func (n headingNames) Generate(value []byte, kind ast.NodeKind) []byte {
	return n.anchors.Generate([]byte(n.formulas.plain(string(value))), kind)
}
