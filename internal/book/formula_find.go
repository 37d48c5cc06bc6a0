package book

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A passage is a formula in the source of a markdown cell.
type passage struct {
	start, end int    // bytes of the source, with the delimiters
	tex        string // without them; an environment is its own TeX
	display    bool
}

// A delimiter is a pair that encloses a formula in markdown.
type delimiter struct {
	open, close string
	display     bool
}

// delimiters are those of Jupyter, where the bracket forms have two backslashes. The
// longer of two that begin alike stands first.
var delimiters = []delimiter{
	{open: "$$", close: "$$", display: true},
	{open: "$", close: "$"},
	{open: `\\[`, close: `\\]`, display: true},
	{open: `\\(`, close: `\\)`},
}

var (
	environmentStart = regexp.MustCompile(`^\\begin(\{[a-zA-Z]*\*?\})`)
	linePrefix       = regexp.MustCompile(`^[ \t]*(?:[-*+][ \t]+|[0-9]+[.)][ \t]+|>[ \t]?)*`)
	quotedLine       = regexp.MustCompile(`\n[ \t]*>[ \t]?`)
)

// openingAt returns the delimiter that text begins with. That of an environment is part of
// its TeX.
func openingAt(text string) (delimiter, bool) {
	for _, candidate := range delimiters {
		if strings.HasPrefix(text, candidate.open) {
			return candidate, true
		}
	}
	if name := environmentStart.FindStringSubmatch(text); name != nil {
		return delimiter{open: name[0], close: `\end` + name[1], display: true}, true
	}
	return delimiter{}, false
}

// findFormulas finds what Jupyter shows as formulas, by its rule (removeMath of JupyterLab,
// which looks at a cell before the markdown parser does): a formula reaches from an opening
// delimiter to the first closing one outside TeX braces, and not over an empty line; a
// backslash hides a dollar; what stands beside the dollars does not matter, so that two
// prices in a paragraph are a formula; there is none in code. A dollar without a partner is
// a dollar; any other opening delimiter without one is an error.
func findFormulas(source string) ([]passage, error) {
	var found []passage
	code := codeIn(source)
	for i := 0; i < len(source); {
		if span := code.at(i); span != nil {
			i = span.end
			continue
		}
		pair, ok := openingAt(source[i:])
		switch {
		case ok:
			start := i + len(pair.open)
			quotes := strings.Count(linePrefix.FindString(source[lineStart(source, i):]), ">")
			end := closingAt(source, start, pair, quotes > 0, code)
			switch {
			case end >= 0:
				p := passage{start: i, end: end, tex: source[start : end-len(pair.close)], display: pair.display}
				if strings.HasPrefix(pair.open, `\begin`) {
					p.tex = source[i:end]
				}
				for range quotes {
					p.tex = quotedLine.ReplaceAllString(p.tex, "\n")
				}
				found = append(found, p)
				i = end
			case pair.open == "$":
				i++
			default:
				return nil, fmt.Errorf("formula %s has no closing %s before the paragraph ends",
					strings.TrimSpace(firstLine(source[i:])), pair.close)
			}
		case source[i] == '\\' && i+1 < len(source) && strings.IndexByte(`${}`, source[i+1]) >= 0:
			i += 2
		default:
			i++
		}
	}
	return found, nil
}

// closingAt is the end of the formula whose TeX begins at start, behind its closing
// delimiter, or -1 if the paragraph ends without. Where braces are left open it is the last
// closing delimiter among them, and TeX has the error.
func closingAt(source string, start int, pair delimiter, quoted bool, code codeSpans) int {
	last, braces := -1, 0
	for i := start; i < len(source); i++ {
		if span := code.at(i); span != nil {
			if span.block {
				break
			}
			i = span.end - 1
			continue
		}
		if strings.HasPrefix(source[i:], pair.close) {
			last = i + len(pair.close)
			if braces == 0 {
				return last
			}
			i = last - 1
			continue
		}
		switch source[i] {
		case '\\':
			if i+1 < len(source) && source[i+1] != '\n' {
				i++
			}
		case '{':
			braces++
		case '}':
			braces = max(braces-1, 0)
		case '\n':
			rest := firstLine(source[i+1:])
			if quoted {
				rest = strings.ReplaceAll(rest, ">", "")
			}
			if strings.TrimSpace(rest) == "" {
				return last
			}
		}
	}
	return last
}

func lineStart(source string, at int) int { return strings.LastIndexByte(source[:at], '\n') + 1 }

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// A codeSpan is a piece of code in a markdown cell, or a line of a block of code.
type codeSpan struct {
	start, end int
	block      bool
}

type codeSpans []codeSpan

// codeIn finds code as the markdown parser does, in order.
func codeIn(source string) codeSpans {
	var found codeSpans
	add := func(segment text.Segment, block bool) {
		if segment.Start < segment.Stop {
			found = append(found, codeSpan{segment.Start, segment.Stop, block})
		}
	}
	document := goldmark.DefaultParser().Parse(text.NewReader([]byte(source)))
	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering:
		case node.Kind() == ast.KindCodeSpan:
			for child := node.FirstChild(); child != nil; child = child.NextSibling() {
				if piece, ok := child.(*ast.Text); ok {
					add(piece.Segment, false)
				}
			}
		case node.Kind() == ast.KindCodeBlock || node.Kind() == ast.KindFencedCodeBlock:
			for i := range node.Lines().Len() {
				add(node.Lines().At(i), true)
			}
		}
		return ast.WalkContinue, nil
	})
	return found
}

// at returns the code that the byte at offset is in, or nil.
func (c codeSpans) at(offset int) *codeSpan {
	i, found := slices.BinarySearchFunc(c, offset, func(span codeSpan, offset int) int { return span.start - offset })
	if !found {
		i--
	}
	if i >= 0 && offset < c[i].end {
		return &c[i]
	}
	return nil
}
