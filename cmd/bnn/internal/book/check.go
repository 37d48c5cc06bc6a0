package book

import (
	"bytes"
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

// checkFiles tells whether the pages are what the book promises: nothing is
// fetched from outside, every link within the book leads somewhere, every
// image has a text alternative.
func checkFiles(files []file) error {
	documents := map[string]*html.Node{}
	anchorsOf := map[string]map[string]bool{}
	for _, file := range files {
		if !strings.HasSuffix(file.name, ".html") {
			anchorsOf[file.name] = map[string]bool{}
			continue
		}
		document, err := html.Parse(bytes.NewReader(file.content))
		if err != nil {
			return fmt.Errorf("page %s: %w", file.name, err)
		}
		documents[file.name] = document
		if anchorsOf[file.name], err = collectAnchors(document); err != nil {
			return fmt.Errorf("page %s: %w", file.name, err)
		}
	}
	for _, file := range files {
		if documents[file.name] == nil {
			continue
		}
		err := walk(documents[file.name], func(node *html.Node) error {
			return checkNode(node, file.name, anchorsOf)
		})
		if err != nil {
			return fmt.Errorf("page %s: %w", file.name, err)
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

func checkNode(node *html.Node, page string, anchorsOf map[string]map[string]bool) error {
	switch {
	case node.Type == html.TextNode && node.Parent != nil && node.Parent.Data == "style":
		return checkStyle(node.Data, anchorsOf)
	case node.Type != html.ElementNode:
		return nil
	case slices.Contains(activeElements, node.Data):
		return fmt.Errorf("element <%s> in a page without programs", node.Data)
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
			err = checkLink(attr.Val, page, anchorsOf)
		case slices.Contains(fetchingAttributes, attr.Key):
			if !strings.HasPrefix(attr.Val, "data:image/") && !strings.HasPrefix(attr.Val, "#") {
				err = fmt.Errorf("%s=%q of <%s> is outside the page", attr.Key, attr.Val, node.Data)
			}
		default:
			err = checkStyle(attr.Val, anchorsOf)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkLink tells whether a link a reader may follow leads somewhere.
func checkLink(target, page string, anchorsOf map[string]map[string]bool) error {
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
	anchors, ok := anchorsOf[page]
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
func checkStyle(style string, anchorsOf map[string]map[string]bool) error {
	if strings.Contains(strings.ToLower(style), "@import") {
		return fmt.Errorf("style with @import")
	}
	for _, match := range styleAddress.FindAllStringSubmatch(style, -1) {
		address := match[1]
		if _, ours := anchorsOf[address]; !ours && !strings.HasPrefix(address, "#") && !strings.HasPrefix(address, "data:") {
			return fmt.Errorf("style fetches %q", address)
		}
	}
	return nil
}
