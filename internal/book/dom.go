package book

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parseFragment reads HTML as it would stand inside <body>. The parser is
// that of the HTML standard: unclosed elements are closed, so that no cell
// can break the page around it.
func parseFragment(source string) ([]*html.Node, error) {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	return html.ParseFragment(strings.NewReader(source), body)
}

// renderNodes writes nodes back as HTML.
func renderNodes(nodes ...*html.Node) (string, error) {
	var out bytes.Buffer
	for _, node := range nodes {
		if err := html.Render(&out, node); err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

// walk calls visit for node and all its descendants, parents first. The
// children are listed before they are visited, so visit may change them.
func walk(node *html.Node, visit func(*html.Node) error) error {
	if err := visit(node); err != nil {
		return err
	}
	for _, child := range children(node) {
		if err := walk(child, visit); err != nil {
			return err
		}
	}
	return nil
}

func children(node *html.Node) []*html.Node {
	return slices.Collect(node.ChildNodes())
}

func attribute(node *html.Node, name string) string {
	for _, attr := range node.Attr {
		if attr.Key == name && attr.Namespace == "" {
			return attr.Val
		}
	}
	return ""
}

func hasAttribute(node *html.Node, name string) bool {
	return slices.ContainsFunc(node.Attr, func(attr html.Attribute) bool {
		return attr.Key == name && attr.Namespace == ""
	})
}

func setAttribute(node *html.Node, name, value string) {
	removeAttribute(node, name)
	node.Attr = append(node.Attr, html.Attribute{Key: name, Val: value})
}

func removeAttribute(node *html.Node, names ...string) {
	node.Attr = slices.DeleteFunc(node.Attr, func(attr html.Attribute) bool {
		return attr.Namespace == "" && slices.Contains(names, attr.Key)
	})
}

// textOf is the text a reader sees in node, with white space made single. A
// formula is read as one line.
func textOf(node *html.Node) string {
	var text strings.Builder
	var collect func(*html.Node)
	collect = func(node *html.Node) {
		switch {
		case node.Type == html.TextNode:
			text.WriteString(node.Data)
		case node.Data == "math":
			text.WriteString(formulaText(node))
		default:
			for child := range node.ChildNodes() {
				collect(child)
			}
		}
	}
	collect(node)
	return strings.Join(strings.Fields(text.String()), " ")
}
