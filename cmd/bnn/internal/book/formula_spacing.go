package book

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	openingBrackets = "([{⌊⌈⟨"
	closingBrackets = ")]}⌋⌉⟩"
)

// spaceOperators corrects the operators that a browser, which sees only
// characters, would space or stretch differently from TeX.
func spaceOperators(math *html.Node) {
	_ = walk(math, func(node *html.Node) error {
		if node.Data == "mi" && strings.Contains("()[]", textOf(node)) && textOf(node) != "" {
			node.Data = "mo" // a bracket written as a command
		}
		if node.Data != "mo" || node.FirstChild == nil {
			return nil
		}
		fenced := attribute(node, "fence") == "true"
		switch text := textOf(node); {
		case strings.Contains("|‖", text) && !fenced, text == "%":
			// Ordinary symbols: no space on either side.
			node.Data = "mi"
			removeAttribute(node, "stretchy", "form", "symmetric")
		case strings.Contains(openingBrackets, text):
			setBracket(node, "prefix", fenced)
		case strings.Contains(closingBrackets, text):
			setBracket(node, "postfix", fenced)
		case text == "/":
			setAttribute(node, "lspace", "0")
			setAttribute(node, "rspace", "0")
		case (text == "↓" || text == "↑") && !fenced:
			setAttribute(node, "stretchy", "false")
		case (text == "−" || text == "+") && startsTerm(node):
			setAttribute(node, "form", "prefix")
		case text == "=" && node.PrevSibling != nil && node.PrevSibling.Data == "mo" && textOf(node.PrevSibling) == ":":
			node.Parent.RemoveChild(node.PrevSibling)
			node.FirstChild.Data = ":="
		}
		return nil
	})
}

func setBracket(node *html.Node, form string, fenced bool) {
	setAttribute(node, "form", form)
	if !fenced {
		setAttribute(node, "stretchy", "false")
	}
}

// startsTerm tells whether a sign at node is that of a number or symbol
// rather than one between two terms.
func startsTerm(node *html.Node) bool {
	before := node.PrevSibling
	if before == nil {
		return true
	}
	return before.Data == "mo" && attribute(before, "form") != "postfix" && !strings.Contains("!′", textOf(before))
}

// spaceFunctionNames puts a thin space on the sides of a function name that
// do not face an operator or a bracket, which is TeX's rule.
func spaceFunctionNames(math *html.Node) {
	var names []*html.Node
	_ = walk(math, func(node *html.Node) error {
		if isFunctionName(node) && isRow(node.Parent) {
			names = append(names, node)
		}
		return nil
	})
	for _, name := range names {
		if needsSpace(name.PrevSibling) {
			name.Parent.InsertBefore(thinSpace(), name)
		}
		if needsSpace(name.NextSibling) {
			name.Parent.InsertBefore(thinSpace(), name.NextSibling)
		}
	}
}

// isFunctionName tells whether node is an upright name of several letters,
// with or without scripts.
func isFunctionName(node *html.Node) bool {
	scripted := []string{"msub", "msup", "msubsup", "munder", "mover", "munderover"}
	// treeblood puts scripts with limits into a row of their own.
	aloneInRow := func() bool { return node.Data == "mrow" && node.FirstChild == node.LastChild }
	for node.FirstChild != nil && (slices.Contains(scripted, node.Data) || aloneInRow()) {
		node = node.FirstChild
	}
	if node.Data != "mi" || node.FirstChild == nil {
		return false
	}
	name := node.FirstChild.Data
	return utf8.RuneCountInString(name) > 1 && name[0] < utf8.RuneSelf
}

func isRow(node *html.Node) bool {
	return node != nil && slices.Contains([]string{"math", "mrow", "mtd", "mstyle", "mpadded", "msqrt"}, node.Data)
}

func needsSpace(neighbour *html.Node) bool {
	return neighbour != nil && neighbour.Data != "mo" && neighbour.Data != "mspace"
}

func thinSpace() *html.Node {
	return &html.Node{
		Type: html.ElementNode, Data: "mspace", Namespace: "math",
		Attr: []html.Attribute{{Key: "width", Val: "0.1667em"}},
	}
}
