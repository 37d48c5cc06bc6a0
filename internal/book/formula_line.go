package book

import (
	"strings"

	"golang.org/x/net/html"
)

// keepPunctuation keeps a formula on the line of the brackets and the punctuation
// around it. Between text and a formula a browser may break a line anywhere, even
// before a full stop.
func keepPunctuation(math *html.Node) {
	opening, closing := "", ""
	if before := math.PrevSibling; before != nil && before.Type == html.TextNode {
		rest := strings.TrimRight(before.Data, "([“‘")
		before.Data, opening = rest, before.Data[len(rest):]
	}
	if after := math.NextSibling; after != nil && after.Type == html.TextNode {
		rest := strings.TrimLeft(after.Data, ".,;:!?…)]’”-")
		after.Data, closing = rest, after.Data[:len(after.Data)-len(rest)]
	}
	if opening+closing == "" {
		return
	}
	line := &html.Node{Type: html.ElementNode, Data: "span", Attr: []html.Attribute{{Key: "class", Val: "unbroken"}}}
	math.Parent.InsertBefore(line, math)
	math.Parent.RemoveChild(math)
	line.AppendChild(&html.Node{Type: html.TextNode, Data: opening})
	line.AppendChild(math)
	line.AppendChild(&html.Node{Type: html.TextNode, Data: closing})
}
