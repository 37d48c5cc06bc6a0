package book

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"balanced/internal/jupyter/nbformat"
)

// A cleaner turns the HTML of one cell into HTML fit for the page.
type cleaner struct {
	slugs       map[string]bool // of all chapters, for links
	attachments map[string]string
	figures     *figures
}

// clean checks and rewrites nodes in place: first links and images are made those of the
// book, then all is held to the vocabulary of content, at last it is arranged for the page.
func (c *cleaner) clean(nodes []*html.Node) error {
	for _, node := range nodes {
		if err := walk(node, c.resolve); err != nil {
			return err
		}
	}
	if err := sanitise(nodes); err != nil {
		return err
	}
	for _, node := range nodes {
		if err := c.arrange(node); err != nil {
			return err
		}
	}
	return nil
}

// resolve makes links, the names of anchors and attachments those of the book.
func (c *cleaner) resolve(node *html.Node) error {
	if node.Namespace == "svg" {
		return nil
	}
	for i, attr := range node.Attr {
		var err error
		switch {
		case attr.Namespace != "":
		case attr.Key == "id":
			node.Attr[i].Val = anchorName(attr.Val)
		case attr.Key == "href" && node.Data == "a" && node.Namespace == "":
			node.Attr[i].Val, err = rewriteLink(attr.Val, c.slugs)
		case attr.Key == "src" && node.Data == "img":
			if name, ok := strings.CutPrefix(attr.Val, "attachment:"); ok {
				if node.Attr[i].Val, ok = attachmentNamed(c.attachments, name); !ok {
					err = fmt.Errorf("image %q: the cell has no such attachment", attr.Val)
				}
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// arrange puts around formulas, tables and images what lets them scroll, and counts figures.
func (c *cleaner) arrange(node *html.Node) error {
	for _, child := range children(node) {
		if err := c.arrange(child); err != nil {
			return err
		}
	}
	switch {
	case node.Data == "table" && node.Namespace == "":
		wrapScrolling(node)
	case node.Data == "img":
		c.figures.addImage(node)
		if followsLight(attribute(node, "src")) {
			setAttribute(node, "class", strings.TrimSpace(attribute(node, "class")+" follows"))
		}
		wrapDrawing(node)
	case node.Data == "math" && node.Parent != nil:
		keepPunctuation(node)
	}
	return nil
}

// wrapScrolling lets a wide table scroll inside itself instead of the page.
func wrapScrolling(table *html.Node) {
	box := &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{
		{Key: "class", Val: "scroll"}, {Key: "tabindex", Val: "0"},
		{Key: "role", Val: "region"}, {Key: "aria-label", Val: "Table"},
	}}
	if table.Parent == nil {
		// A cell's outermost node: swap contents, so that the caller's
		// pointer becomes the box.
		inner := *table
		inner.FirstChild, inner.LastChild = nil, nil
		for _, child := range children(table) {
			table.RemoveChild(child)
			inner.AppendChild(child)
		}
		table.Data, table.DataAtom, table.Attr = box.Data, 0, box.Attr
		table.AppendChild(&inner)
		return
	}
	table.Parent.InsertBefore(box, table)
	table.Parent.RemoveChild(table)
	box.AppendChild(table)
}

// wrapDrawing lets the drawing of a figure scroll on a narrow screen, and its caption not.
func wrapDrawing(drawing *html.Node) {
	figure := drawing.Parent
	if figure == nil || figure.Data != "figure" {
		return
	}
	box := &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{{Key: "class", Val: "drawing"}}}
	figure.InsertBefore(box, drawing)
	figure.RemoveChild(drawing)
	box.AppendChild(drawing)
}

// attachmentsOf reads the images a markdown cell carries, as data URIs.
func attachmentsOf(cell nbformat.Cell) (map[string]string, error) {
	bundles, err := decodeAttachments(cell.Attachments)
	if err != nil {
		return nil, fmt.Errorf("attachments: %w", err)
	}
	uris := map[string]string{}
	for name, bundle := range bundles {
		for _, mime := range imageTypes {
			if encoded, ok := bundle[mime]; ok {
				uris[name] = imageURI(mime, encoded)
				break
			}
		}
	}
	return uris, nil
}
