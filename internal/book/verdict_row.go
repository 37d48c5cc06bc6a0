package book

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// nameVerdicts gives the rows of tables of class verdicts, which package show
// displays, anchors that the cover leads to. They are counted through the
// chapter. Any output may hold such a table: if a row does not say the claim of
// its verdict, the cover leads to none of them.
func (b *chapterBuilder) nameVerdicts(nodes []*html.Node) {
	inTable := false
	var visit func(*html.Node)
	visit = func(node *html.Node) {
		if node.Data == "table" {
			inTable = slices.Contains(strings.Fields(attribute(node, "class")), "verdicts")
		}
		if inTable && node.Data == "tr" && node.Parent.Data == "tbody" {
			next := len(b.verdicts)
			if next >= len(b.claims) || !strings.Contains(textOf(node), strings.Join(strings.Fields(b.claims[next]), " ")) {
				b.otherVerdicts = true
			}
			anchor := string(b.anchors.Generate([]byte("verdict "+strconv.Itoa(next+1)), 0))
			b.verdicts = append(b.verdicts, anchor)
			setAttribute(node, "id", anchor)
		}
		for child := range node.ChildNodes() {
			visit(child)
		}
	}
	for _, node := range nodes {
		visit(node)
	}
}
