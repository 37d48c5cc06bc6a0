package book

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Of the classes Temml gives, the style sheet of the book has styledClasses, and a formula
// looks right without plainClasses. Any other would show without its strokes or its number.
var (
	styledClasses = strings.Fields(`chr-lrg chr-med chr-sml
		tml-fbox tml-hat-1 tml-hat-2 tml-hat-3 tml-hat-4 tml-jot tml-left tml-lrg-pad tml-med-pad tml-overline
		tml-right tml-sml-pad tml-small tml-tilde-2 tml-tilde-3 tml-tilde-4 tml-underline
		wbk-acc wbk-lrg wbk-lrg-acc wbk-med wbk-med-acc wbk-sml wbk-sml-acc`)
	plainClasses = strings.Fields(`chr-lrg-vec chr-med-vec chr-sml-vec mathcal mathscr multline
		tml-display tml-label tml-prime tml-tag tml-tageqn tml-vec wbk-lrg-vec wbk-med-vec wbk-sml-vec wbk-vec`)
)

// tidyFormula makes Temml's MathML part of a page of the book: the TeX becomes the text
// alternative, spaces are as TeX sets them, and classes are those of the style sheet. A
// formula that would need Temml's programs or more of its styles in the page is refused.
func tidyFormula(math *html.Node, tex string, display bool) error {
	math.Attr = []html.Attribute{{Key: "alttext", Val: tex}}
	if display {
		setAttribute(math, "display", "block")
	}
	err := walk(math, func(node *html.Node) error {
		if node.Type != html.ElementNode {
			return nil
		}
		switch {
		case node.Namespace != "math":
			return fmt.Errorf("has a part that the book cannot show (element <%s>)", node.Data)
		case hasAttribute(node, "linebreak"):
			return errors.New(`has \\ outside an environment such as aligned`)
		}
		removeAttribute(node, "id")
		strutRoot(node)
		return tidyClasses(node)
	})
	if err != nil {
		return err
	}
	spaceOperators(math)
	spaceFunctions(math)
	return nil
}

// tidyClasses keeps the classes that the style sheet knows.
func tidyClasses(node *html.Node) error {
	var kept []string
	for _, class := range strings.Fields(attribute(node, "class")) {
		switch {
		case slices.Contains(styledClasses, class):
			kept = append(kept, class)
		case !slices.Contains(plainClasses, class):
			return fmt.Errorf("has a part that the book cannot show (class %q)", class)
		}
	}
	removeAttribute(node, "class")
	if len(kept) > 0 {
		setAttribute(node, "class", strings.Join(kept, " "))
	}
	if node.Data == "menclose" {
		// The style sheet draws the line, as not all browsers do.
		node.Data = "mrow"
		removeAttribute(node, "notation")
		if len(kept) == 0 {
			return errors.New("has a line through or around it that the book cannot show")
		}
	}
	return nil
}
