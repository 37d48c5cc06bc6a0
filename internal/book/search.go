package book

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A searchSection is a part of a page that the search can lead to: the text between two
// headings.
type searchSection struct {
	Anchor string `json:"anchor,omitempty"` // empty for the top of the page
	Title  string `json:"title,omitempty"`
	Text   string `json:"text"`
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

// inlineElements do not end a word, as all others do.
var inlineElements = strings.Fields("a abbr b cite del dfn em i ins kbd mark q s samp small span strong sub sup u var code math")

// searchSections cuts the body of a page at its headings of level 2 and 3. Programs and
// what they printed are left out, as are footnote marks and the numbers of tables.
func searchSections(body string) ([]searchSection, error) {
	nodes, err := parseFragment(body)
	if err != nil {
		return nil, err
	}
	sections := []searchSection{{}}
	var text strings.Builder
	finish := func() {
		sections[len(sections)-1].Text = strings.Join(strings.Fields(text.String()), " ")
		text.Reset()
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
		case node.Data == "pre", node.Namespace == "svg", node.Data == "h1",
			strings.Contains(attribute(node, "class"), "number"),
			node.Data == "details" && attribute(node, "class") == "input",
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

// headingText is the text of a heading without the link to itself.
func headingText(heading *html.Node) string {
	return strings.TrimSuffix(textOf(heading), selfLinkText)
}
