package book

import (
	"errors"
	"fmt"
	"strings"

	"balanced/internal/book/folder"

	"golang.org/x/net/html"
)

// sanitise holds parsed HTML to the vocabulary of content, in place. What is left has
// nothing that runs, loads or leaves its place, and sanitising it again changes nothing.
// Drawings become images. An element that is not allowed, an address that leads out of the
// notebook, and HTML that a browser would read otherwise once it is written are errors.
func sanitise(nodes []*html.Node) error {
	for _, node := range nodes {
		if err := sanitiseNode(node); err != nil {
			return err
		}
	}
	return checkStable(nodes)
}

func sanitiseNode(node *html.Node) error {
	switch {
	case node.Type == html.TextNode:
		return nil
	case node.Type != html.ElementNode: // a comment
		node.Type, node.Data = html.TextNode, ""
		return nil
	case node.Namespace == "svg" && node.Data == "svg":
		return becomeImage(node)
	case !content.holds(node):
		return fmt.Errorf("element <%s> is not allowed in the book (allowed: %s)", node.Data, strings.Join(htmlElements(content), " "))
	}
	content.clean(node)
	if node.Data == "input" && attribute(node, "type") != "checkbox" {
		return errors.New("element <input> is not allowed in the book but as a checkbox of a list")
	}
	for i, attr := range node.Attr {
		switch {
		case attr.Key == "href" && !isLink(attr.Val):
			return fmt.Errorf("link %q is not allowed in the book", attr.Val)
		case attr.Key == "src":
			source, err := cleanImage(attr.Val, imageTypes)
			if err != nil {
				return err
			}
			node.Attr[i].Val = source
		}
	}
	if node.Data == "input" {
		setAttribute(node, "disabled", "")
	}
	if node.Data == "img" && !hasAttribute(node, "src") {
		return errors.New("element <img> has no src")
	}
	for _, child := range children(node) {
		if child.Type == html.CommentNode {
			node.RemoveChild(child)
			continue
		}
		if err := sanitiseNode(child); err != nil {
			return err
		}
	}
	return nil
}

// becomeImage puts a drawing that stands in HTML into an image.
func becomeImage(svg *html.Node) error {
	drawing, description, err := writeDrawing(svg)
	if err != nil {
		return err
	}
	for _, child := range children(svg) {
		svg.RemoveChild(child)
	}
	svg.Namespace, svg.Data, svg.DataAtom = "", "img", 0
	svg.Attr = []html.Attribute{{Key: "src", Val: drawingURI(drawing)}}
	if description != "" {
		setAttribute(svg, "alt", description)
	}
	return nil
}

// isLink tells whether an address is one that a reader may follow from a page: a place in
// the book or a full address of a kind that runs nothing.
func isLink(address string) bool {
	if isWebAddress(address) || strings.HasPrefix(address, "mailto:") {
		return true
	}
	page, _, _ := strings.Cut(address, "#")
	return page == "" || folder.IsName(page)
}

func isWebAddress(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://")
}

// checkStable refuses what becomes something else when it is written and read again. Such
// nestings are how a cleaned page turns into one that is not.
func checkStable(nodes []*html.Node) error {
	written, err := renderNodes(nodes...)
	if err != nil {
		return err
	}
	again, err := parseFragment(written)
	if err != nil {
		return err
	}
	rewritten, err := renderNodes(again...)
	if err != nil {
		return err
	}
	if rewritten != written {
		return errors.New("HTML with elements in one another that browsers take apart, such as a link in a link; write them one after another")
	}
	return nil
}
