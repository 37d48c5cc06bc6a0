package book

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// figures counts the figures of a chapter and keeps the first one for the
// chapter's card on the cover.
type figures struct {
	count     int
	thumbnail string // a data URI, or empty
}

// add registers one more figure and names it for want of a description.
func (f *figures) add(thumbnail string) (name string) {
	f.count++
	if f.thumbnail == "" {
		f.thumbnail = thumbnail
	}
	return "Figure " + strconv.Itoa(f.count)
}

// addImage registers an <img> and gives it an alternative text.
func (f *figures) addImage(image *html.Node) {
	name := f.add(attribute(image, "src"))
	if !hasAttribute(image, "alt") {
		setAttribute(image, "alt", name)
	}
}

// inlineSVG makes a drawing part of the page: its ids are its own, its width
// follows the page, and it has a text alternative (alt, else the drawing's
// own label or title, else its number). A drawing that would run a script or
// fetch something is an error.
func (f *figures) inlineSVG(svg *html.Node, alt string) error {
	name := f.add("")
	prefix := anchorName(name) + "-"
	if err := walk(svg, func(node *html.Node) error { return isolateSVG(node, prefix) }); err != nil {
		return err
	}
	if alt == "" {
		alt = attribute(svg, "aria-label")
	}
	for _, child := range children(svg) {
		if alt == "" && child.Data == "title" {
			alt = textOf(child)
		}
	}
	if alt == "" {
		alt = name
	}
	makeResponsive(svg)
	removeAttribute(svg, "aria-labelledby", "aria-hidden")
	setAttribute(svg, "role", "img")
	setAttribute(svg, "aria-label", alt)
	setAttribute(svg, "xmlns", "http://www.w3.org/2000/svg")
	if f.thumbnail == "" {
		source, err := renderNodes(svg)
		if err != nil {
			return err
		}
		f.thumbnail = imageURI("image/svg+xml", base64.StdEncoding.EncodeToString([]byte(source)))
	}
	return nil
}

var localReference = regexp.MustCompile(`url\(\s*['"]?#([^'")]*)['"]?\s*\)`)

// isolateSVG checks one node of a drawing and gives its ids and the
// references to them the prefix.
func isolateSVG(node *html.Node, prefix string) error {
	if node.Type != html.ElementNode {
		return nil
	}
	if node.Namespace != "svg" || node.Data == "style" || node.Data == "foreignObject" || slices.Contains(activeElements, node.Data) {
		return fmt.Errorf("element <%s> is not allowed in an inline drawing", node.Data)
	}
	node.Attr = slices.DeleteFunc(node.Attr, func(attr html.Attribute) bool {
		return strings.HasPrefix(attr.Key, "on") ||
			attr.Key != "href" && attr.Key != "src" && slices.Contains(fetchingAttributes, attr.Key)
	})
	for i := range node.Attr {
		attr := &node.Attr[i]
		switch {
		case attr.Key == "id":
			attr.Val = prefix + attr.Val
		case attr.Key == "href" || attr.Key == "src":
			if target, ok := strings.CutPrefix(attr.Val, "#"); ok {
				attr.Val = "#" + prefix + target
			} else if !strings.HasPrefix(attr.Val, "data:image/") && !(node.Data == "a" && isWebAddress(attr.Val)) {
				return fmt.Errorf("SVG reference %q leads outside the drawing", attr.Val)
			}
		case strings.HasPrefix(attr.Key, "aria-") && attr.Key != "aria-label" && attr.Key != "aria-hidden":
			attr.Val = prefix + attr.Val
		default:
			attr.Val = localReference.ReplaceAllString(attr.Val, "url(#"+prefix+"$1)")
			if remaining := localReference.ReplaceAllString(attr.Val, ""); externalStyle.MatchString(remaining) {
				return fmt.Errorf("SVG attribute %s=%q would fetch something", attr.Key, attr.Val)
			}
		}
	}
	return nil
}

func isWebAddress(link string) bool {
	return strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://")
}

var length = regexp.MustCompile(`^\s*([0-9.]+)\s*(px|pt|in|cm|mm)?\s*$`)

// makeResponsive keeps the drawing's width as the largest one and leaves the
// height to its aspect ratio, for which a view box is needed.
func makeResponsive(svg *html.Node) {
	width := length.FindStringSubmatch(attribute(svg, "width"))
	height := length.FindStringSubmatch(attribute(svg, "height"))
	if width == nil || height == nil {
		return
	}
	if !hasAttribute(svg, "viewBox") {
		setAttribute(svg, "viewBox", "0 0 "+width[1]+" "+height[1])
	}
	removeAttribute(svg, "height")
}

// parseSVG reads an SVG document; the XML declaration and comments are left
// out.
func parseSVG(source string) (*html.Node, error) {
	nodes, err := parseFragment(source)
	if err != nil {
		return nil, err
	}
	for _, node := range nodes {
		if node.Type == html.ElementNode && node.Data == "svg" {
			return node, nil
		}
	}
	return nil, errors.New("SVG output has no <svg> element")
}
