package book

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A searchSection is a part of a page that the search can lead to: the text between two
// headings.
type searchSection struct {
	Anchor string `json:"anchor,omitempty"` // empty for the top of the page
	Title  string `json:"title,omitempty"`
	Text   string `json:"text"`
	Code   string `json:"-"` // in an index of its own
}

// searchIndex is a program that sets bookIndex, to the pages with their sections. Pages
// opened from files may run programs of the same folder, and read nothing else.
func searchIndex(pages []page) ([]byte, error) {
	type searchPage struct {
		Page     string          `json:"page"`
		Title    string          `json:"title"`
		Sections []searchSection `json:"sections"`
	}
	var index []searchPage
	for _, p := range pages {
		index = append(index, searchPage{p.Slug + ".html", p.Title, p.search})
	}
	text, err := json.Marshal(index)
	return slices.Concat([]byte("globalThis.bookIndex = "), text, []byte(";\n")), err
}

// codeIndex is a program that sets bookCode to the code of the sections of searchIndex, page
// by page in the same order. It is as large as the other, and is loaded after it.
func codeIndex(pages []page) ([]byte, error) {
	var index [][]string
	for _, p := range pages {
		codes := make([]string, len(p.search))
		for i, section := range p.search {
			codes[i] = section.Code
		}
		index = append(index, codes)
	}
	text, err := json.Marshal(index)
	return slices.Concat([]byte("globalThis.bookCode = "), text, []byte(";\n")), err
}

// codeLines adds to the lines of code of a section those that it lacks, without white space
// around them and without those that hold no word.
func codeLines(lines []string, code string) []string {
	for line := range strings.Lines(code) {
		line = strings.Join(strings.Fields(line), " ")
		if strings.ContainsFunc(line, unicode.IsLetter) && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// inlineElements do not end a word, as all others do.
var inlineElements = strings.Fields("a abbr b cite del dfn em i ins kbd mark q s samp small span strong sub sup u var code math")

// searchSections cuts the body of a page at its headings of level 2 and 3, and keeps the
// code in each apart from its text, tables included. What programs printed is left out, as
// are footnote marks.
func searchSections(body string) ([]searchSection, error) {
	nodes, err := parseFragment(body)
	if err != nil {
		return nil, err
	}
	sections := []searchSection{{}}
	var text strings.Builder
	var code []string
	finish := func() {
		last := &sections[len(sections)-1]
		last.Text, last.Code = strings.Join(strings.Fields(text.String()), " "), strings.Join(code, " ")
		text.Reset()
		code = nil
	}
	var collect func(*html.Node)
	collect = func(node *html.Node) {
		switch {
		case node.Type == html.TextNode:
			text.WriteString(node.Data)
			return
		case node.Data == "math":
			text.WriteString(formulaText(node))
			return
		case node.Data == "details" && attribute(node, "class") == "input":
			collect(node.LastChild) // the code, of which the summary is a part
			return
		case node.Data == "pre" && !strings.Contains(attribute(node, "class"), "stream"):
			code = codeLines(code, rawTextWithin(node))
			return
		case node.Data == "pre", node.Namespace == "svg", node.Data == "h1",
			attribute(node, "class") == "footnote-backref",
			isFootnoteMark(node):
			return
		case node.Data == "h2" || node.Data == "h3":
			finish()
			sections = append(sections, searchSection{Anchor: attribute(node, "id"), Title: headingText(node)})
			return
		}
		ends := !slices.Contains(inlineElements, node.Data) || attribute(node, "class") == "display-formula"
		if ends {
			text.WriteByte(' ')
		}
		for child := range node.ChildNodes() {
			collect(child)
		}
		if ends {
			text.WriteByte(' ')
		}
	}
	for _, node := range nodes {
		collect(node)
	}
	finish()
	return sections, nil
}

// rawTextWithin is all text in node, with its line breaks.
func rawTextWithin(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	var text strings.Builder
	for child := range node.ChildNodes() {
		text.WriteString(rawTextWithin(child))
	}
	return text.String()
}

// headingText is the text of a heading without the link to itself.
func headingText(heading *html.Node) string {
	return strings.TrimSuffix(textOf(heading), selfLinkText)
}
