package book

import (
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

const drawingNamespace = "http://www.w3.org/2000/svg"

var (
	ownName  = regexp.MustCompile(`^[\pL\pN_.:-]+$`)
	geometry = regexp.MustCompile(`^[\pL\pN_ .,()%+-]*$`)
)

// cleanDrawing returns an SVG document with nothing in it but what drawingContent holds, as
// XML, and its own description of itself, if any. An element that is not in it is an error,
// for the drawing would be another without; a link stays as what it holds.
func cleanDrawing(source string) (drawing, description string, err error) {
	svg, err := parseSVG(strings.ToValidUTF8(source, "\uFFFD"))
	if err != nil {
		return "", "", err
	}
	return writeDrawing(svg)
}

// writeDrawing is cleanDrawing for what is parsed already.
func writeDrawing(svg *html.Node) (drawing, description string, err error) {
	makeScalable(svg)
	description = attribute(svg, "aria-label")
	for child := range svg.ChildNodes() {
		if description == "" && child.Data == "title" {
			description = textOf(child)
		}
	}
	var out strings.Builder
	err = writeElement(&out, svg)
	return out.String(), description, err
}

// writeElement writes an element of a drawing as XML, which is stricter than HTML.
func writeElement(out *strings.Builder, node *html.Node) error {
	switch {
	case node.Namespace == "svg" && (slices.Contains(silentElements, node.Data) || strings.Contains(node.Data, ":")):
		return nil
	case node.Namespace == "svg" && node.Data == "a":
		node.Data, node.Attr = "g", nil
	case !drawingContent.holds(node):
		return fmt.Errorf("element <%s> is not allowed in a drawing", node.Data)
	}
	out.WriteString("<" + node.Data)
	if node.Parent == nil || node.Parent.Namespace != "svg" {
		out.WriteString(` xmlns="` + drawingNamespace + `"`)
	}
	if err := writeAttributes(out, node); err != nil {
		return err
	}
	var inside strings.Builder
	switch node.Data {
	case "title", "desc":
		inside.WriteString(escapeXML(textOf(node)))
	case "style":
		inside.WriteString(escapeXML(cleanSheet(rawText(node))))
	default:
		for child := range node.ChildNodes() {
			switch child.Type {
			case html.TextNode:
				inside.WriteString(escapeXML(child.Data))
			case html.ElementNode:
				if err := writeElement(&inside, child); err != nil {
					return err
				}
			}
		}
	}
	if inside.Len() == 0 {
		out.WriteString("/>")
		return nil
	}
	out.WriteString(">" + inside.String() + "</" + node.Data + ">")
	return nil
}

func writeAttributes(out *strings.Builder, node *html.Node) error {
	written := map[string]bool{}
	for _, attr := range node.Attr {
		name := attr.Key
		switch attr.Namespace {
		case "xml":
			name = "xml:" + attr.Key
		case "xlink":
			if hasAttribute(node, attr.Key) {
				continue // the newer one counts
			}
		case "":
		default:
			continue
		}
		if written[name] || !slices.Contains(drawingContent.attributes["svg"][node.Data], name) {
			continue
		}
		value, ok, err := drawingValue(node, name, attr.Val)
		if err != nil {
			return err
		}
		if ok {
			written[name] = true
			out.WriteString(" " + name + `="` + escapeXML(value) + `"`)
		}
	}
	return nil
}

// drawingValue returns the value that an attribute of a drawing may have, and whether there
// is any. A reference to something outside is an error.
func drawingValue(node *html.Node, name, value string) (clean string, ok bool, err error) {
	value = strings.Join(strings.Fields(value), " ")
	switch {
	case name == "href" && node.Data == "image":
		clean, err = cleanImage(value, rasterTypes)
		return clean, err == nil, err
	case name == "href":
		if target, local := strings.CutPrefix(value, "#"); !local || !ownName.MatchString(target) {
			return "", false, fmt.Errorf("SVG reference %q leads outside the drawing", value)
		}
		return value, true, nil
	case name == "style":
		clean = cleanStyle(value, propertiesOf(node))
		return clean, clean != "", nil
	case name == "aria-label":
		return value, true, nil
	case name == "class" || name == "id" || name == "role" || name == "xml:space":
		return value, geometry.MatchString(value), nil
	case slices.Contains(drawingProperties, name) && name != "width" && name != "height":
		clean, ok = strings.CutPrefix(cleanStyle(name+":"+value, propertiesOf(node)), name+":")
		return clean, ok && !strings.Contains(clean, ";"), nil
	}
	return value, geometry.MatchString(value), nil
}

func rawText(node *html.Node) string {
	var text strings.Builder
	for child := range node.ChildNodes() {
		if child.Type == html.TextNode {
			text.WriteString(child.Data)
		}
	}
	return text.String()
}

var escapesXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// escapeXML writes text for XML, without what XML cannot hold.
func escapeXML(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, text)
	return escapesXML.Replace(text)
}

var viewBox = regexp.MustCompile(`^[0-9eE\s,.+-]+$`)

var length = regexp.MustCompile(`^\s*([0-9.]+)\s*(px|pt|in|cm|mm)?\s*$`)

// makeScalable gives a drawing of a size the view box without which it would be cut where a
// page makes it smaller.
func makeScalable(svg *html.Node) {
	width := length.FindStringSubmatch(attribute(svg, "width"))
	height := length.FindStringSubmatch(attribute(svg, "height"))
	if width != nil && height != nil && !viewBox.MatchString(attribute(svg, "viewBox")) {
		setAttribute(svg, "viewBox", "0 0 "+width[1]+" "+height[1])
	}
}

// parseSVG reads an SVG document as leniently as HTML is read; declarations and comments
// before it are left out.
func parseSVG(source string) (*html.Node, error) {
	nodes, err := parseFragment(source)
	if err != nil {
		return nil, err
	}
	var svg *html.Node
	for _, node := range nodes {
		switch {
		case node.Type != html.ElementNode:
		case svg == nil && node.Data == "svg":
			svg = node
		default:
			return nil, fmt.Errorf("SVG has <%s> beside its drawing", node.Data)
		}
	}
	if svg == nil {
		return nil, errors.New("SVG has no <svg> element")
	}
	return svg, nil
}

// drawingURI is a clean drawing as an address.
func drawingURI(drawing string) string {
	return imageURI("image/svg+xml", base64.StdEncoding.EncodeToString([]byte(drawing)))
}
