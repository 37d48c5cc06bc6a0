package book

import "strings"

// A delimiter is a pair that encloses a formula in markdown, as in Jupyter:
// the bracket forms have two backslashes there.
type delimiter struct {
	open, close string
	display     bool
}

// The longer of two that begin alike stands first.
var delimiters = []delimiter{
	{open: "$$", close: "$$", display: true},
	{open: "$", close: "$"},
	{open: `\\[`, close: `\\]`, display: true},
	{open: `\\(`, close: `\\)`},
}

// delimiterAt returns the delimiter text begins with.
func delimiterAt(text string) (delimiter, bool) {
	for _, candidate := range delimiters {
		if strings.HasPrefix(text, candidate.open) {
			return candidate, true
		}
	}
	return delimiter{}, false
}

// splitFormula reads the formula at the very beginning of text: its TeX
// without delimiters, and the length in bytes with them. There is none (ok is
// false) if text begins otherwise, if the closing delimiter is missing, or if
// the dollars look like prices: a single dollar must not have white space on
// its inner side only at one end, nor a digit after the closing one.
func splitFormula(text string) (tex string, display bool, length int, ok bool) {
	pair, ok := delimiterAt(text)
	if !ok {
		return "", false, 0, false
	}
	rest := text[len(pair.open):]
	end := findClosing(rest, pair.close)
	if end < 0 {
		return "", false, 0, false
	}
	tex = rest[:end]
	length = len(pair.open) + end + len(pair.close)
	if pair.open == "$" {
		after := text[length:]
		if tex == "" || isSpace(tex[0]) != isSpace(tex[len(tex)-1]) || after != "" && isDigit(after[0]) {
			return "", false, 0, false
		}
	}
	return tex, pair.display, length, true
}

// findClosing is the index of the closing delimiter outside TeX braces, so
// that \text{costs $5} cannot end a formula, or -1. A backslash hides the
// character after it.
func findClosing(text, closing string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		if depth <= 0 && strings.HasPrefix(text[i:], closing) {
			return i
		}
		switch text[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			depth--
		}
	}
	return -1
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
