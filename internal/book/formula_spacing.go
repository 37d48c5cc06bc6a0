package book

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

const (
	openingBrackets = "([{⌊⌈⟨"
	closingBrackets = ")]}⌋⌉⟩"
	thin            = "0.1667em" // TeX's thin space
	applyFunction   = "\u2061"   // what Temml puts behind the name of a function
)

// spaceOperators corrects operators that a browser, which sees only characters, would
// space differently from TeX.
func spaceOperators(math *html.Node) {
	_ = walk(math, func(node *html.Node) error {
		if node.Data != "mo" || node.FirstChild == nil {
			return nil
		}
		switch text := textOf(node); {
		case strings.Contains("…⋯", text) && !hasAttribute(node, "lspace"):
			// Chromium would set these apart as if they were a relation.
			before := thin
			if node.PrevSibling != nil && node.PrevSibling.Data == "mo" {
				before = "0"
			}
			setAttribute(node, "lspace", before)
			setAttribute(node, "rspace", thin)
		case hasAttribute(node, "minsize") && strings.Contains(openingBrackets, text):
			setAttribute(node, "form", "prefix")
			if sign := node.NextSibling; sign != nil && sign.Data == "mo" && strings.Contains("−+±∓", textOf(sign)) {
				setAttribute(sign, "form", "prefix")
			}
		case hasAttribute(node, "minsize") && strings.Contains(closingBrackets, text):
			setAttribute(node, "form", "postfix")
		}
		return nil
	})
}

// spaceFunctions puts a thin space on the sides of a function name that do not face an
// operator or a bracket, which is TeX's rule. Temml forgets it beside fractions, powers and
// bars, and leaves a space where nothing follows.
func spaceFunctions(math *html.Node) {
	var names []*html.Node
	_ = walk(math, func(node *html.Node) error {
		if node.Data == "mo" && node.FirstChild != nil && node.FirstChild.Data == applyFunction {
			names = append(names, node)
		}
		return nil
	})
	for _, applied := range names {
		if row := applied.Parent; row.Data == "mrow" && isRow(row.Parent) && len(children(row)) <= 4 {
			for _, child := range children(row) {
				row.RemoveChild(child)
				row.Parent.InsertBefore(child, row)
			}
			row.Parent.RemoveChild(row)
		}
		name := applied.PrevSibling
		if name == nil || !isRow(applied.Parent) {
			continue
		}
		if needsSpace(name.PrevSibling) {
			name.Parent.InsertBefore(thinSpace(), name)
		}
		switch next := applied.NextSibling; {
		case needsSpace(next):
			name.Parent.InsertBefore(thinSpace(), next)
		case next != nil && next.Data == "mspace" && attribute(next, "width") == thin && !needsSpace(next.NextSibling):
			name.Parent.RemoveChild(next)
		}
	}
}

func isRow(node *html.Node) bool {
	return node != nil && slices.Contains([]string{"math", "mrow", "mtd", "mstyle", "mpadded", "msqrt"}, node.Data)
}

// needsSpace tells whether a neighbour of a function name is a symbol, a number or the like.
func needsSpace(neighbour *html.Node) bool {
	if neighbour != nil && neighbour.Data == "mrow" && neighbour.FirstChild != nil {
		first := neighbour.FirstChild // of brackets, often; those of \left and \right count as a symbol
		return attribute(first, "stretchy") == "true" || needsSpace(first)
	}
	return neighbour != nil && neighbour.Data != "mo" && neighbour.Data != "mspace"
}

func thinSpace() *html.Node {
	return &html.Node{
		Type: html.ElementNode, Data: "mspace", Namespace: "math",
		Attr: []html.Attribute{{Key: "width", Val: thin}},
	}
}

// strutRoot puts a strut under a root, somewhat higher than a letter with ascender, so that
// all roots in a line of text have a sign of one size. Without one Chromium hangs the sign
// of a root of a low letter far below the line; with a lower one, such as Temml's, it draws
// that sign small but leaves room for a larger one, a gap after the root.
func strutRoot(node *html.Node) {
	base := node.FirstChild
	if node.Data != "msqrt" && node.Data != "mroot" || base == nil {
		return
	}
	if last := base.LastChild; base.Data == "mrow" && last != nil && last.Data == "mspace" && hasAttribute(last, "height") {
		base.RemoveChild(last)
	}
	strut := &html.Node{Type: html.ElementNode, Namespace: "math", Data: "mspace", Attr: []html.Attribute{
		{Key: "width", Val: "0"}, {Key: "height", Val: "0.9em"}, {Key: "depth", Val: "0.1em"},
	}}
	if node.Data == "msqrt" {
		node.AppendChild(strut)
		return
	}
	row := &html.Node{Type: html.ElementNode, Namespace: "math", Data: "mrow"}
	node.InsertBefore(row, base)
	node.RemoveChild(base)
	row.AppendChild(base)
	row.AppendChild(strut)
}
