package book

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"balanced/internal/book/folder"
)

// A checker examines the pages of a finished book.
type checker struct {
	anchorsOf map[string]map[string]bool // by the names of all files
	pages     map[string]page            // by the names of their files
}

// checkFiles tells whether the pages are what the book promises: they consist of what the
// vocabularies hold, with the policy that is theirs; nothing is fetched from outside, no
// program runs but their own, every link within the book leads somewhere, every image has a
// text alternative. No two files may have the same name. A page that is not among the given
// ones, such as the cover, has neither style nor program beyond those of the book.
func checkFiles(files []File, pages []page) error {
	documents := map[string]*html.Node{}
	c := checker{map[string]map[string]bool{}, map[string]page{}}
	for _, p := range pages {
		c.pages[p.Slug+".html"] = p
	}
	for _, file := range files {
		if c.anchorsOf[file.Name] != nil || file.Name == folder.List {
			return fmt.Errorf("file name %q is taken by another file of the book", file.Name)
		}
		if !strings.HasSuffix(file.Name, ".html") {
			c.anchorsOf[file.Name] = map[string]bool{}
			if err := checkPicture(file); err != nil {
				return err
			}
			continue
		}
		document, err := html.Parse(bytes.NewReader(file.Content))
		if err != nil {
			return fmt.Errorf("page %s: %w", file.Name, err)
		}
		documents[file.Name] = document
		if c.anchorsOf[file.Name], err = collectAnchors(document); err != nil {
			return fmt.Errorf("page %s: %w", file.Name, err)
		}
	}
	for _, file := range files {
		document := documents[file.Name]
		if document == nil {
			continue
		}
		err := c.checkNode(document, file.Name, frame)
		if err == nil {
			err = c.checkPolicy(document, file.Name)
		}
		if err != nil {
			return fmt.Errorf("page %s: %w", file.Name, err)
		}
	}
	return nil
}

func collectAnchors(document *html.Node) (map[string]bool, error) {
	found := map[string]bool{}
	err := walk(document, func(node *html.Node) error {
		for _, attr := range node.Attr {
			if attr.Key == "id" {
				if found[attr.Val] {
					return fmt.Errorf("id %q occurs twice", attr.Val)
				}
				found[attr.Val] = true
			}
		}
		return nil
	})
	return found, err
}

// checkNode examines a node and all in it, which may consist of what v holds. The article
// of a chapter holds what its notebook brings along, and that is less.
func (c checker) checkNode(node *html.Node, name string, v vocabulary) error {
	if node.Type == html.ElementNode {
		if known, err := c.checkHead(node, name); known || err != nil {
			return err
		}
		if !v.holds(node) {
			return fmt.Errorf("element <%s> is not allowed in the book", node.Data)
		}
		if err := c.checkAttributes(node, name, v); err != nil {
			return err
		}
	}
	p, ok := c.pages[name]
	if node.Data == "article" && (ok && !p.Extra || name == PrintPage) {
		v = arranged
	}
	for child := range node.ChildNodes() {
		if err := c.checkNode(child, name, v); err != nil {
			return err
		}
	}
	return nil
}

// checkHead examines what no vocabulary holds: programs, style sheets, and what a page says
// of itself. Without an icon a browser would ask the server for favicon.ico.
func (c checker) checkHead(node *html.Node, name string) (known bool, err error) {
	if node.Namespace != "" {
		return false, nil
	}
	p := c.pages[name]
	switch node.Data {
	case "script":
		text := rawText(node)
		if len(node.Attr) > 0 || text != string(program) && (text == "" || text != string(p.Script)) {
			return true, errors.New("element <script> with a program that is not the page's own")
		}
	case "style":
		text := rawText(node)
		if len(node.Attr) > 0 || text != string(bookStyle) && (text == "" || text != string(p.Style)) {
			return true, errors.New("element <style> with a sheet that is not the page's own")
		}
		return true, c.checkSheet(text)
	case "link":
		if len(node.Attr) != 2 || attribute(node, "rel") != "icon" || !strings.HasPrefix(attribute(node, "href"), "data:image/") {
			return true, errors.New("element <link> that is no icon within the page")
		}
	case "meta":
		if equivalent := attribute(node, "http-equiv"); equivalent != "" && equivalent != "Content-Security-Policy" {
			return true, fmt.Errorf("element <meta> with http-equiv=%q", equivalent)
		}
	default:
		return false, nil
	}
	return true, nil
}

func (c checker) checkAttributes(node *html.Node, name string, v vocabulary) error {
	switch {
	case node.Data == "html" && attribute(node, "lang") == "":
		return errors.New("<html> has no lang")
	case node.Data == "img" && !hasAttribute(node, "alt"):
		return errors.New("image without alt")
	}
	for _, attr := range node.Attr {
		if value, ok := v.attribute(node, attr); !ok || value != attr.Val {
			return fmt.Errorf("attribute %s=%.80q of <%s> is not allowed in the book", attr.Key, attr.Val, node.Data)
		}
		var err error
		switch attr.Key {
		case "href":
			err = c.checkLink(attr.Val, name)
		case "src":
			err = c.checkImage(attr.Val)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkPolicy tells whether the first thing a page says after its encoding is its policy.
func (c checker) checkPolicy(document *html.Node, name string) error {
	var metas []*html.Node
	_ = walk(document, func(node *html.Node) error {
		if slices.Contains([]string{"meta", "script", "style", "link", "title"}, node.Data) && node.Namespace == "" {
			metas = append(metas, node)
		}
		return nil
	})
	want := policyOf(c.pages[name], document).String()
	if len(metas) < 2 || attribute(metas[0], "charset") == "" || attribute(metas[1], "http-equiv") != "Content-Security-Policy" || attribute(metas[1], "content") != want {
		return errors.New("the head does not begin with the page's Content Security Policy")
	}
	return nil
}
