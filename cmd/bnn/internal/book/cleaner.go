package book

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"balanced/cmd/bnn/internal/notebook"
)

// allowedElements are what Jupyter authors write as raw HTML and what
// markdown itself produces. Anything else would act (script, iframe, form) or
// leak into the rest of the page (style) and is refused by name.
var allowedElements = strings.Fields(`a abbr b blockquote br caption cite code
	col colgroup dd del details dfn div dl dt em figcaption figure
	h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section
	small span strong sub summary sup table tbody td tfoot th thead tr u ul var`)

// allowedAttributes are kept, all others (event handlers among them) dropped.
var allowedAttributes = strings.Fields(`align alt checked class colspan dir
	disabled height href id lang open reversed role rowspan scope src start
	style title type width`)

// externalStyle matches CSS that would fetch something or cover the page.
var externalStyle = regexp.MustCompile(`(?i)url\(|@import|position\s*:|expression\(`)

// A cleaner turns the HTML of one cell into HTML fit for the page.
type cleaner struct {
	slugs       map[string]bool // of all chapters, for links
	attachments map[string]string
	figures     *figures
}

// clean checks and rewrites nodes in place.
func (c *cleaner) clean(nodes []*html.Node) error {
	for _, node := range nodes {
		if err := c.cleanNode(node); err != nil {
			return err
		}
	}
	return nil
}

func (c *cleaner) cleanNode(node *html.Node) error {
	if node.Type != html.ElementNode {
		return nil
	}
	if node.Namespace == "svg" {
		wrapDrawing(node)
		return c.figures.inlineSVG(node, "")
	}
	if node.Namespace == "" && !slices.Contains(allowedElements, node.Data) || slices.Contains(activeElements, node.Data) {
		return fmt.Errorf("HTML element <%s> is not allowed in the book (allowed: %s)", node.Data, strings.Join(allowedElements, " "))
	}
	if err := c.cleanAttributes(node); err != nil {
		return err
	}
	for _, child := range children(node) {
		if child.Type == html.CommentNode {
			node.RemoveChild(child)
			continue
		}
		if err := c.cleanNode(child); err != nil {
			return err
		}
	}
	switch {
	case node.Data == "table":
		wrapScrolling(node)
	case node.Data == "img":
		wrapDrawing(node)
	case node.Data == "math" && node.Parent != nil:
		keepPunctuation(node)
	}
	return nil
}

func (c *cleaner) cleanAttributes(node *html.Node) error {
	node.Attr = slices.DeleteFunc(node.Attr, func(attr html.Attribute) bool { return !isKept(node, attr.Key) })
	for i, attr := range node.Attr {
		var err error
		switch {
		case strings.HasPrefix(attr.Key, "on"):
			err = fmt.Errorf("attribute %s of <%s> is not allowed in the book", attr.Key, node.Data)
		case attr.Key == "id":
			node.Attr[i].Val = anchorName(attr.Val)
		case attr.Key == "style" && externalStyle.MatchString(attr.Val):
			err = fmt.Errorf("style %q is not allowed in the book: no url(), @import or position", attr.Val)
		case attr.Key == "href":
			node.Attr[i].Val, err = rewriteLink(attr.Val, c.slugs)
		case attr.Key == "src":
			node.Attr[i].Val, err = c.imageSource(attr.Val)
		}
		if err != nil {
			return err
		}
	}
	if node.Namespace == "" && node.Data == "img" {
		c.figures.addImage(node)
	}
	return nil
}

func isKept(node *html.Node, key string) bool {
	switch {
	case key == "href":
		return node.Namespace == "" && node.Data == "a"
	case key == "src":
		return node.Namespace == "" && node.Data == "img"
	case key == "tabindex": // what scrolls, scrolls by keyboard too
		return attribute(node, key) == "0"
	case node.Namespace == "math":
		return !slices.Contains(fetchingAttributes, key)
	}
	return slices.Contains(allowedAttributes, key) || strings.HasPrefix(key, "aria-")
}

// imageSource makes an image part of the page. Only those that are in the
// notebook can be: data URIs and attachments.
func (c *cleaner) imageSource(source string) (string, error) {
	if name, ok := strings.CutPrefix(source, "attachment:"); ok {
		data, ok := c.attachments[name]
		if !ok {
			return "", fmt.Errorf("image %q: the cell has no such attachment", source)
		}
		return data, nil
	}
	if strings.HasPrefix(source, "data:image/") {
		return source, nil
	}
	return "", fmt.Errorf("image %q is not in the notebook; attach it to the cell", source)
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
func attachmentsOf(cell notebook.Cell) (map[string]string, error) {
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
