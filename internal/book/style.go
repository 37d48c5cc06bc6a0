package book

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"
)

// A propertyList says what declarations of CSS an element may have.
type propertyList struct {
	names      []string
	references []string // those of the names that may be url(#…), a part of the same drawing
	kerning    bool     // margins may be negative by less than an em
}

func propertiesOf(node *html.Node) propertyList {
	switch node.Namespace {
	case "svg":
		return propertyList{names: drawingProperties, references: drawingReferences}
	case "math":
		return propertyList{names: textProperties, kerning: true}
	}
	return propertyList{names: textProperties}
}

// What tokens of a value may look like. Nothing is escaped, so that every browser reads
// what is written here as it stands.
var (
	plainWord     = regexp.MustCompile(`^-?[A-Za-z][A-Za-z0-9-]*$`)
	plainNumber   = regexp.MustCompile(`^[+-]?(?:[0-9]+|[0-9]*\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:%|[A-Za-z]{1,4})?$`)
	plainColour   = regexp.MustCompile(`^#[0-9A-Fa-f]{3,8}$`)
	plainString   = regexp.MustCompile(`^(?:'[\pL\pN_ .,-]*'|"[\pL\pN_ .,-]*")$`)
	plainFunction = regexp.MustCompile(`^(?i:rgba?|hsla?)\($`)
	ownReference  = regexp.MustCompile(`^(?i:url)\(\s*['"]?#([\pL\pN_.:-]+)['"]?\s*\)$`)
)

// cleanStyle returns the declarations of a list of CSS that are on the list of properties
// and have values of plain words, numbers, colours and names of fonts. The rest is dropped;
// an empty text remains if that is all. The text is read by the rules of CSS Syntax 3 and
// written anew from its tokens, so comments and escapes hide nothing.
func cleanStyle(style string, list propertyList) string {
	var kept []string
	lexer := css.NewLexer(parse.NewInputString(style))
	for ended := false; !ended; {
		var declaration string
		if declaration, ended = nextDeclaration(lexer, list); declaration != "" {
			kept = append(kept, declaration)
		}
	}
	return strings.Join(kept, ";")
}

// nextDeclaration reads to the next semicolon outside of all brackets. The declaration is
// empty if it may not stay.
func nextDeclaration(lexer *css.Lexer, list propertyList) (declaration string, ended bool) {
	property, value := "", ""
	colon, space, good := false, false, true
	depth := 0
	for {
		kind, raw := lexer.Next()
		text := string(raw)
		switch kind {
		case css.ErrorToken, css.SemicolonToken:
			if ended = kind == css.ErrorToken; !ended && depth > 0 {
				good = false
				continue
			}
			if !good || !colon || value == "" || depth > 0 {
				return "", ended
			}
			return property + ":" + value, ended
		case css.WhitespaceToken, css.CommentToken:
			space = true
			continue
		case css.FunctionToken, css.LeftParenthesisToken, css.LeftBracketToken, css.LeftBraceToken:
			depth++
		case css.RightParenthesisToken, css.RightBracketToken, css.RightBraceToken:
			depth--
		}
		switch {
		case !colon && property == "" && kind == css.IdentToken && slices.Contains(list.names, strings.ToLower(text)):
			property = strings.ToLower(text)
		case !colon && property != "" && kind == css.ColonToken:
			colon = true
		case colon && depth >= 0:
			plain, ok := list.token(property, kind, text)
			good = good && ok
			if space && value != "" {
				value += " "
			}
			value += plain
		default:
			good = false
		}
		space = false
	}
}

// token returns a token of a value as it is written, and whether it may be part of one.
func (list propertyList) token(property string, kind css.TokenType, text string) (string, bool) {
	switch kind {
	case css.IdentToken:
		return text, plainWord.MatchString(text)
	case css.NumberToken, css.PercentageToken, css.DimensionToken:
		away := strings.HasPrefix(text, "-") && !list.mayBeNegative(property, text)
		return text, plainNumber.MatchString(text) && !away
	case css.HashToken:
		return text, plainColour.MatchString(text)
	case css.StringToken:
		return text, strings.HasPrefix(property, "font") && plainString.MatchString(text)
	case css.CommaToken, css.RightParenthesisToken:
		return text, true
	case css.DelimToken:
		return text, text == "/"
	case css.FunctionToken:
		return text, plainFunction.MatchString(text)
	case css.URLToken:
		found := ownReference.FindStringSubmatch(text)
		if found == nil || !slices.Contains(list.references, property) {
			return "", false
		}
		return "url(#" + found[1] + ")", true
	}
	return "", false
}

// mayBeNegative keeps an author from moving something over what stands beside it.
func (list propertyList) mayBeNegative(property, number string) bool {
	switch {
	case len(list.references) > 0: // a drawing is an image, and ends at its edge
		return true
	case strings.HasPrefix(property, "margin"):
		return list.kerning && !leavesItsPlace(number)
	}
	return property == "vertical-align" && !leavesItsPlace(number)
}

// leavesItsPlace tells whether a length of a formula is more than spacing: negative by an
// em or more, or in a unit other than em, or beyond any formula.
func leavesItsPlace(length string) bool {
	unit := strings.TrimLeft(length, "+-.0123456789")
	number, err := strconv.ParseFloat(strings.TrimSuffix(length, unit), 64)
	if err != nil {
		return true
	}
	if number >= 0 {
		return number > 100 && unit != "%"
	}
	switch unit {
	case "em":
		return number <= -1
	case "width": // of the formula itself, as Temml's laps
		return number < -1
	}
	return true
}

// darkScreen is what a style sheet of a drawing may depend on, without its spaces: that its
// reader wants pages dark and does not print them.
const darkScreen = "@mediascreenand(prefers-color-scheme:dark)"

// cleanSheet returns the rules of a style sheet of a drawing whose selectors are of plain
// elements, classes and ids, with their clean declarations, and those of them that are for
// dark screens. Other rules that begin with @ go.
func cleanSheet(sheet string) string { return cleanRules(sheet, true) }

// cleanRules is cleanSheet, with or without rules for dark screens.
func cleanRules(sheet string, dark bool) string {
	list := propertyList{names: drawingProperties, references: drawingReferences}
	var rules []string
	lexer := css.NewLexer(parse.NewInputString(sheet))
	var start, selector, block strings.Builder // start is all before a block but spaces
	good, depth := true, 0
	finish := func() {
		if inside := cleanRules(block.String(), false); dark && strings.ToLower(start.String()) == darkScreen && inside != "" {
			rules = append(rules, "@media screen and (prefers-color-scheme:dark){\n"+inside+"\n}")
			good = false
		}
		declarations := cleanStyle(block.String(), list)
		if name := strings.TrimSpace(selector.String()); good && name != "" && declarations != "" {
			rules = append(rules, name+"{"+declarations+"}")
		}
		start.Reset()
		selector.Reset()
		block.Reset()
		good, depth = true, 0
	}
	for {
		kind, raw := lexer.Next()
		text := string(raw)
		switch {
		case kind == css.ErrorToken:
			return strings.Join(rules, "\n")
		case kind == css.LeftBraceToken:
			if depth++; depth > 1 {
				good = false // a rule within a rule
				block.WriteString(text)
			}
		case kind == css.RightBraceToken && depth > 0:
			if depth--; depth == 0 {
				finish()
			} else {
				block.WriteString(text)
			}
		case depth > 0:
			block.WriteString(text)
		case kind == css.SemicolonToken: // ends a rule such as @import
			block.Reset()
			finish()
		case kind == css.WhitespaceToken || kind == css.CommentToken:
			if selector.Len() > 0 {
				selector.WriteByte(' ')
			}
		default:
			start.WriteString(text)
			selector.WriteString(text)
			switch {
			case kind == css.IdentToken && plainWord.MatchString(text), kind == css.CommaToken,
				kind == css.HashToken && ownName.MatchString(text[1:]), kind == css.DelimToken && strings.Contains(".*>+~", text):
			default:
				good = false
			}
		}
	}
}
