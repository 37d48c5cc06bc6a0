package book

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// activeElements run programs, load other documents or send data.
var activeElements = strings.Fields("script iframe object embed applet form base link audio video source track portal")

// fetchingAttributes hold an address a browser may load by itself.
var fetchingAttributes = strings.Fields("action background data href poster src srcset")

var styleAddress = regexp.MustCompile(`(?i)url\(\s*['"]?([^'")]*)['"]?\s*\)`)

// A checker examines the pages of a finished book.
type checker struct {
	anchorsOf map[string]map[string]bool // by the names of all files
	programs  []string                   // all that pages may run
}

// checkFiles tells whether the pages are what the book promises: nothing is
// fetched from outside, no program runs but those given, every link within the
// book leads somewhere, every image has a text alternative. No two files may
// have the same name.
func checkFiles(files []File, programs []string) error {
	documents := map[string]*html.Node{}
	c := checker{map[string]map[string]bool{}, programs}
	for _, file := range files {
		if c.anchorsOf[file.Name] != nil || file.Name == listName {
			return fmt.Errorf("file name %q is taken by another file of the book", file.Name)
		}
		if !strings.HasSuffix(file.Name, ".html") {
			c.anchorsOf[file.Name] = map[string]bool{}
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
		if documents[file.Name] == nil {
			continue
		}
		err := walk(documents[file.Name], func(node *html.Node) error {
			return c.checkNode(node, file.Name)
		})
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

func (c checker) checkNode(node *html.Node, page string) error {
	switch {
	case node.Type == html.TextNode && node.Parent != nil && node.Parent.Data == "style":
		return c.checkStyle(node.Data)
	case node.Type != html.ElementNode:
		return nil
	case node.Data == "script" && node.Namespace == "" && len(node.Attr) == 0:
		if program := node.FirstChild; program == nil || !slices.Contains(c.programs, program.Data) {
			return errors.New("element <script> with a program that is not the book's own")
		}
		return nil
	case slices.Contains(activeElements, node.Data) && !isIcon(node):
		return fmt.Errorf("element <%s> is not allowed in the book", node.Data)
	case node.Data == "html" && attribute(node, "lang") == "":
		return fmt.Errorf("<html> has no lang")
	case node.Data == "img" && !hasAttribute(node, "alt"):
		return fmt.Errorf("image without alt")
	}
	for _, attr := range node.Attr {
		var err error
		switch {
		case strings.HasPrefix(attr.Key, "on"):
			err = fmt.Errorf("event handler %s", attr.Key)
		case attr.Key == "href" && node.Data == "a":
			err = c.checkLink(attr.Val, page)
		case slices.Contains(fetchingAttributes, attr.Key):
			_, ours := c.anchorsOf[attr.Val]
			if !ours && !strings.HasPrefix(attr.Val, "data:image/") && !strings.HasPrefix(attr.Val, "#") {
				err = fmt.Errorf("%s=%q of <%s> is outside the page", attr.Key, attr.Val, node.Data)
			}
		default:
			err = c.checkStyle(attr.Val)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isIcon tells whether an element names the icon of the page. Without one a
// browser asks the server for favicon.ico, which the book does not have.
func isIcon(node *html.Node) bool { return node.Data == "link" && attribute(node, "rel") == "icon" }

// checkLink tells whether a link a reader may follow leads somewhere.
func (c checker) checkLink(target, page string) error {
	if isWebAddress(target) || strings.HasPrefix(target, "mailto:") {
		return nil
	}
	parsed, err := url.Parse(target)
	if err != nil {
		return fmt.Errorf("link %q: %w", target, err)
	}
	if parsed.Path != "" {
		page = parsed.Path
	}
	anchors, ok := c.anchorsOf[page]
	if !ok {
		return fmt.Errorf("link %q: there is no page %q", target, page)
	}
	if parsed.Fragment != "" && !anchors[parsed.Fragment] {
		return fmt.Errorf("link %q: page %s has no anchor %q", target, page, parsed.Fragment)
	}
	return nil
}

// checkStyle tells whether CSS (or an attribute holding some) fetches
// anything but files of the book.
func (c checker) checkStyle(style string) error {
	if strings.Contains(strings.ToLower(style), "@import") {
		return fmt.Errorf("style with @import")
	}
	for _, match := range styleAddress.FindAllStringSubmatch(style, -1) {
		address := match[1]
		if _, ours := c.anchorsOf[address]; !ours && !strings.HasPrefix(address, "#") && !strings.HasPrefix(address, "data:") {
			return fmt.Errorf("style fetches %q", address)
		}
	}
	return nil
}
