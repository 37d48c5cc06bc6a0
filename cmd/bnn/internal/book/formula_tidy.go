package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// tidyFormula makes treeblood's MathML fit for a page: errors hidden in the
// tree are returned, accents and spacing are set as TeX sets them, the TeX
// becomes the text alternative, and attributes get a fixed order (treeblood
// writes them in map order).
func tidyFormula(math *html.Node, tex string, display bool) error {
	unwrapSemantics(math)
	err := walk(math, func(node *html.Node) error {
		if node.Type == html.ElementNode && node.Namespace != "math" {
			return fmt.Errorf("has something like the HTML element <%s> in it; put spaces around <", node.Data)
		}
		if node.Data == "merror" {
			return fmt.Errorf("%s %s", textOf(node), cmp.Or(attribute(node, "title"), "is not a known command"))
		}
		if err := refuseIncomplete(node); err != nil {
			return err
		}
		if attribute(node, "class") == "operator" {
			node.Data = "mi"
			removeAttribute(node, "class")
			if utf8.RuneCountInString(textOf(node)) == 1 {
				setAttribute(node, "mathvariant", "normal")
			}
		}
		tidyAccent(node)
		tidyRoot(node)
		return nil
	})
	if err != nil {
		return err
	}
	if !display {
		lowerLimits(math)
	}
	spaceOperators(math)
	spaceFunctionNames(math)
	math.Attr = []html.Attribute{{Key: "alttext", Val: tex}}
	if display {
		setAttribute(math, "display", "block")
	}
	return walk(math, func(node *html.Node) error {
		slices.SortFunc(node.Attr, func(a, b html.Attribute) int { return cmp.Compare(a.Key, b.Key) })
		for i, attr := range node.Attr {
			if attr.Key == "style" {
				node.Attr[i].Val = sortDeclarations(attr.Val)
			}
		}
		return nil
	})
}

// refuseIncomplete finds what treeblood leaves when an argument is missing or
// a table's separators stand outside one.
func refuseIncomplete(node *html.Node) error {
	wanted := map[string]int{
		"mfrac": 2, "mroot": 2, "msqrt": 1, "msub": 2, "msup": 2, "mover": 2, "munder": 2,
		"msubsup": 3, "munderover": 3, "math": 1,
	}
	if len(children(node)) < wanted[node.Data] || node.Data == "none" && node.Parent.Data == "math" {
		return fmt.Errorf("has an argument missing (of %s)", node.Data)
	}
	if text := textOf(node); node.Data == "mo" && (text == `\` || text == "&") {
		return fmt.Errorf("has %s outside an environment such as aligned", map[string]string{`\`: `\\`, "&": "&"}[text])
	}
	return nil
}

// unwrapSemantics drops the TeX annotation: the alttext attribute carries it.
func unwrapSemantics(math *html.Node) {
	for _, semantics := range children(math) {
		if semantics.Data != "semantics" {
			continue
		}
		for _, child := range children(semantics) {
			semantics.RemoveChild(child)
			if child.Data != "annotation" {
				math.InsertBefore(child, semantics)
			}
		}
		math.RemoveChild(semantics)
	}
}

// lowerLimits sets what stands under max, lim or sup as a subscript, as TeX
// does within a line of text: browsers would do so for operators only.
func lowerLimits(node *html.Node) {
	if node.Data == "mstyle" && attribute(node, "displaystyle") == "true" {
		return
	}
	beside := map[string]string{"munder": "msub", "mover": "msup", "munderover": "msubsup"}
	if scripted, ok := beside[node.Data]; ok && node.FirstChild != nil &&
		node.FirstChild.Data == "mi" && attribute(node.FirstChild, "movablelimits") == "true" {
		node.Data = scripted
	}
	for child := range node.ChildNodes() {
		lowerLimits(child)
	}
}

func sortDeclarations(style string) string {
	declarations := strings.FieldsFunc(style, func(r rune) bool { return r == ';' })
	slices.Sort(declarations)
	return strings.Join(declarations, ";")
}

// spacingAccents are the accents whose glyph stands for itself. Combining
// ones such as U+0308 are drawn beside the letter by browsers.
var spacingAccents = map[string]string{
	"¯": "¯", "˙": "˙", "\u0308": "¨", "^": "ˆ", "~": "˜", "ˇ": "ˇ", "˘": "˘", "˚": "˚", "\u0360": "~",
}

// tidyAccent keeps an accent at its natural size (a stretched one collides
// with its letter; the style sheet lifts class "accent") and draws an
// overline as a border, which always has the width of what it covers.
func tidyAccent(node *html.Node) {
	if node.Data != "mover" || attribute(node, "accent") != "true" || node.LastChild == nil {
		return
	}
	mark := node.LastChild
	if textOf(mark) == "‾" {
		node.RemoveChild(mark)
		node.Data = "mrow"
		node.Attr = []html.Attribute{{Key: "class", Val: "overline"}}
		return
	}
	if glyph, ok := spacingAccents[textOf(mark)]; ok {
		mark.FirstChild.Data = glyph
		setAttribute(mark, "stretchy", "false")
		setAttribute(node, "class", "accent")
	}
}

// tidyRoot puts a strut under a root, somewhat higher than a letter with ascender, so that
// all roots in a line of text have a sign of one size. Without one Chromium hangs the sign
// of a root of a low letter far below the line; with a lower one it draws that sign small
// but leaves room for a larger one, a gap after the root.
func tidyRoot(node *html.Node) {
	if node.Data != "msqrt" && node.Data != "mroot" {
		return
	}
	strut := &html.Node{Type: html.ElementNode, Namespace: "math", Data: "mspace", Attr: []html.Attribute{
		{Key: "width", Val: "0"}, {Key: "height", Val: "0.9em"}, {Key: "depth", Val: "0.1em"},
	}}
	if node.Data == "msqrt" {
		node.AppendChild(strut)
		return
	}
	base := node.FirstChild
	row := &html.Node{Type: html.ElementNode, Namespace: "math", Data: "mrow"}
	node.InsertBefore(row, base)
	node.RemoveChild(base)
	row.AppendChild(base)
	row.AppendChild(strut)
}
