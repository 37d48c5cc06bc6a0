package book

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A vocabulary is what a part of a page may consist of. An element that is not in it would
// be missing from the page and is refused by name; an attribute, a class or a declaration of
// CSS only changes looks and is dropped.
type vocabulary struct {
	attributes map[string]map[string][]string // by namespace and element
	classes    []string                       // nil: any
	roles      []string                       // nil: any
}

// allow gives each of the elements that the keys name, between spaces, the attributes of
// its entry and the common ones.
func allow(common string, entries map[string]string) map[string][]string {
	all := map[string][]string{}
	for elements, own := range entries {
		for _, element := range strings.Fields(elements) {
			all[element] = strings.Fields(common + " " + own)
		}
	}
	return all
}

// htmlElements are the names of a vocabulary's elements of HTML, in order.
func htmlElements(v vocabulary) []string {
	var names []string
	for name := range v.attributes[""] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// holds tells whether an element is in the vocabulary.
func (v vocabulary) holds(node *html.Node) bool {
	_, ok := v.attributes[node.Namespace][node.Data]
	return ok
}

// plainValue is what attributes may be set to that hold no text: words, numbers, colours.
var plainValue = regexp.MustCompile(`^[\pL\pN_ #.,:/%+-]*$`)

// textAttributes hold text, which browsers take for nothing else.
var textAttributes = strings.Fields("alt alttext aria-label placeholder title")

// attribute returns the value that an attribute of an element may have, and whether there is
// any. Addresses, href and src, are left as they are.
func (v vocabulary) attribute(node *html.Node, attr html.Attribute) (string, bool) {
	own := slices.Contains(v.attributes[node.Namespace][node.Data], attr.Key)
	ofFrame := v.classes == nil && strings.HasPrefix(attr.Key, "data-")
	if attr.Namespace != "" || !own && !ofFrame {
		return "", false
	}
	switch attr.Key {
	case "href", "src":
		return attr.Val, true
	case "class":
		if v.classes == nil {
			return attr.Val, true
		}
		kept := slices.DeleteFunc(strings.Fields(attr.Val), func(class string) bool { return !slices.Contains(v.classes, class) })
		return strings.Join(kept, " "), len(kept) > 0
	case "style":
		value := cleanStyle(attr.Val, propertiesOf(node))
		return value, value != ""
	case "role":
		return attr.Val, v.roles == nil || slices.Contains(v.roles, attr.Val)
	case "tabindex": // what scrolls, scrolls by keyboard too
		return attr.Val, attr.Val == "0" || v.classes == nil && attr.Val == "-1"
	case "xmlns":
		return attr.Val, attr.Val == "http://www.w3.org/1998/Math/MathML" || attr.Val == drawingNamespace
	case "voffset":
		return attr.Val, plainValue.MatchString(attr.Val) && !leavesItsPlace(attr.Val) && !leavesItsPlace("-"+strings.TrimLeft(attr.Val, "+-"))
	case "lspace", "rspace", "height", "depth", "width":
		return attr.Val, plainValue.MatchString(attr.Val) && (node.Namespace != "math" || !leavesItsPlace(attr.Val))
	}
	return attr.Val, slices.Contains(textAttributes, attr.Key) || plainValue.MatchString(attr.Val)
}

// clean drops attributes and values that are not in the vocabulary, and of equal ones all
// but the first, as browsers do.
func (v vocabulary) clean(node *html.Node) {
	seen := map[string]bool{}
	var kept []html.Attribute
	for _, attr := range node.Attr {
		if attr.Key == "xlink:href" || seen[attr.Key] {
			continue
		}
		value, ok := v.attribute(node, attr)
		if ok {
			seen[attr.Key] = true
			kept = append(kept, html.Attribute{Key: attr.Key, Val: value})
		}
	}
	node.Attr = kept
}
