package book

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A vocabulary is what a part of a page may consist of. These lists are the only ones: a
// [cleaner] keeps what they hold and a [checker] looks for anything else. An element that
// is missing here would be missing from the page and is refused by name; an attribute, a
// class or a declaration of CSS only changes looks and is dropped.
type vocabulary struct {
	attributes map[string]map[string][]string // by namespace and element
	classes    []string                       // nil: any
	roles      []string                       // nil: any
}

// content is what cells of notebooks may bring into a page: what authors lay out text with
// and what markdown itself produces, formulas and images. Nothing in it runs, loads, sends
// data, leaves its place, or looks like the book's own navigation and verdicts.
var content = vocabulary{
	attributes: map[string]map[string][]string{
		"": allow("class dir id lang role style title tabindex aria-hidden aria-label", map[string]string{
			`abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure
			h1 h2 h3 h4 h5 h6 hr i ins kbd mark p pre q s samp section small span strong sub
			summary sup thead tbody tfoot tr u ul var`: "align",
			"a": "href", "details": "open", "img": "alt height src width", "input": "checked disabled type", "li": "value",
			"ol": "reversed start type", "table": "align width", "col colgroup": "align span width",
			"td th": "align colspan rowspan scope height width",
		}),
		"math": allow("class id style", map[string]string{
			`annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot
			mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics`: `accent
			accentunder align alttext columnalign columnlines columnspacing columnspan depth dir display displaystyle
			encoding fence form frame height largeop linebreak linethickness lspace mathbackground mathcolor mathsize
			mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel
			separator stretchy symmetric voffset width xmlns`,
		}),
	},
	classes: strings.Fields(contentClasses + " " + codeClasses + " " + formulaClasses),
	roles:   strings.Fields("doc-backlink doc-endnotes doc-noteref img note none presentation"),
}

// contentClasses are those of markdown and of what packages show and analysis display.
const contentClasses = "code display-formula error footnote-backref footnote-ref footnotes frame number verdicts"

// codeClasses are the kinds of tokens to which highlight gives a colour.
const codeClasses = "c c1 ch cm cp cpf cs dl il k kc kd kn kp kr kt m mb mf mh mi mo nb nc nf s s1 s2 sa sb sc sd se sh si sr ss sx"

// formulaClasses lay out formulas: those of Temml, and of this package's own tidying.
const formulaClasses = `accent actuarial chr-lrg chr-lrg-vec chr-med chr-med-vec chr-sml chr-sml-vec circle-pad downstrike
	ff-narrow ff-nudge-left ff-squash longdiv-arc longdiv-top mathcal mathscr menclose oldstylenums overline phasor-angle
	phasor-bottom sout special-fraction textcircle tml-cancel tml-cancelto tml-display tml-eqn tml-fbox tml-hat-1
	tml-hat-2 tml-hat-3 tml-hat-4 tml-jot tml-left tml-lrg-pad tml-med-pad tml-overline tml-prime tml-right
	tml-shift-left tml-small tml-sml-pad tml-tag tml-tageqn tml-tilde-2 tml-tilde-3 tml-tilde-4 tml-underline tml-vec
	tml-xcancel upstrike wbk-acc wbk-lrg wbk-lrg-acc wbk-lrg-vec wbk-med wbk-med-acc wbk-med-vec wbk-sml wbk-sml-acc wbk-sml-vec`

// arranged is content with what this package sets around it in the article of a chapter.
var arranged = vocabulary{
	attributes: content.attributes,
	classes:    append(strings.Fields("cell cut drawing figure input lines magic rich scroll self stderr stream unbroken what which"), content.classes...),
	roles:      append([]string{"region"}, content.roles...),
}

// frame is what the rest of a page may consist of, and pages that are no notebooks: the
// program's own. The elements <script>, <style>, <meta> and <link> are not in it, since
// a checker knows each of them.
var frame = vocabulary{attributes: map[string]map[string][]string{
	"": allow(commonFrame, map[string]string{
		strings.Join(htmlElements(content), " "): `align alt checked colspan disabled height hidden href loading name open
		rel reversed rowspan scope span src start type value width max min step placeholder autocapitalize autocomplete
		spellcheck inputmode`,
		"html head title body header nav main article aside footer noscript legend fieldset dialog canvas output": "height width hidden",
		"button label option optgroup select textarea":                                                            "autofocus disabled for hidden readonly rows selected type value name",
	}),
	"math": content.attributes["math"],
	"svg": allow("aria-hidden aria-label class d height id role viewBox width x y cx cy r rx ry x1 x2 y1 y2 points transform fill stroke xmlns", map[string]string{
		"svg g path circle ellipse line polygon polyline rect text tspan title desc": "",
	}),
}}

const commonFrame = `class dir id lang role style title tabindex aria-busy aria-controls aria-current aria-describedby
	aria-hidden aria-invalid aria-keyshortcuts aria-label aria-labelledby aria-live aria-pressed aria-valuetext`

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
