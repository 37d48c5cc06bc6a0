package book

import "strings"

// These lists are the only ones of what a page may consist of: a [cleaner] keeps what they
// hold, and a [checker] looks for anything else.

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
	classes:    append(strings.Fields("cell cut drawing figure follows input lines magic rich scroll self stderr stream unbroken what which"), content.classes...),
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

// drawingContent is what an SVG of a notebook may consist of. It becomes an image, in which
// no browser runs or loads anything; the list is for whoever opens that image as a file.
var drawingContent = vocabulary{attributes: map[string]map[string][]string{
	"svg": allow("class id style "+strings.Join(drawingProperties, " "), map[string]string{
		`circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern polygon polyline
		radialGradient rect stop style svg switch symbol text textPath title tspan use`: `aria-label clipPathUnits cx cy d dx dy
		fr fx fy gradientTransform gradientUnits height href lengthAdjust markerHeight markerUnits markerWidth maskContentUnits
		maskUnits method offset orient pathLength patternContentUnits patternTransform patternUnits points preserveAspectRatio
		r refX refY role rotate rx ry spacing spreadMethod startOffset textLength transform viewBox width x x1 x2 y y1 y2 xml:space`,
	}),
}}

// silentElements draw nothing, and are left out. So is whatever belongs to another language,
// such as the notes of a drawing program.
var silentElements = strings.Fields("metadata")

// textProperties are of HTML and MathML. None can move what it is set on over something
// else, and with the values that cleanStyle allows none can load anything.
var textProperties = strings.Fields(`background background-color border border-bottom border-bottom-color border-bottom-style
	border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width
	border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style border-top
	border-top-color border-top-style border-top-width border-width box-sizing caption-side color display empty-cells
	font font-family font-feature-settings font-size font-stretch font-style font-variant font-variant-numeric font-weight
	height hyphens justify-content letter-spacing line-height list-style-type margin margin-bottom margin-left margin-right
	margin-top math-depth math-shift math-style max-height max-width min-height min-width opacity overflow-wrap overflow-x
	padding padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration text-transform
	vertical-align white-space width word-break word-spacing`)

var drawingReferences = strings.Fields("clip-path fill marker-end marker-mid marker-start mask stroke")

// drawingProperties are of SVG, as presentation attributes too.
var drawingProperties = append(strings.Fields(`alignment-baseline baseline-shift clip-rule color color-interpolation direction
	display dominant-baseline fill-opacity fill-rule font font-family font-feature-settings font-size font-size-adjust
	font-stretch font-style font-variant font-variant-numeric font-weight height image-rendering isolation letter-spacing
	max-width mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke-dasharray
	stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
	text-decoration text-rendering transform-box transform-origin unicode-bidi vector-effect visibility white-space width
	word-spacing writing-mode`), drawingReferences...)
