package book

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	rendererhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// renderMarkdown turns one markdown cell into HTML that still has to go
// through a cleaner, which checks the raw HTML the author wrote. The anchors
// are shared by the cells of a chapter; footnotes are the cell's own, as they
// are in Jupyter, and prefix keeps them apart on the page.
func renderMarkdown(source string, anchors *anchors, prefix string) (string, error) {
	marked, formulas, err := setAside(source)
	if err != nil {
		return "", err
	}
	rendered, err := convertMarkdown(marked, headingNames{anchors, formulas}, prefix)
	if err != nil {
		return "", err
	}
	return formulas.putBack(rendered)
}

// convertMarkdown is renderMarkdown where formulas are marks.
func convertMarkdown(marked string, names parser.IDs, prefix string) (string, error) {
	markdown := goldmark.New(
		goldmark.WithExtensions(
			extension.GFM,
			extension.NewFootnote(extension.WithFootnoteIDPrefix(prefix+"-")),
			extension.Typographer,
		),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(
			rendererhtml.WithUnsafe(),
			renderer.WithNodeRenderers(util.Prioritized(fencedCodeRenderer{}, 50)),
		),
	)
	var out bytes.Buffer
	err := markdown.Convert([]byte(marked), &out, parser.WithContext(parser.NewContext(parser.WithIDs(names))))
	return out.String(), err
}

// pageIDs are the ids of page.html itself.
var pageIDs = []string{"main", "contents", "contents-title", "search"}

// anchors gives every heading of a chapter its own name.
type anchors struct {
	taken map[string]bool
}

func newAnchors() *anchors {
	a := &anchors{taken: map[string]bool{}}
	for _, id := range pageIDs {
		a.taken[id] = true
	}
	return a
}

// Generate is called by goldmark for a heading without a name.
func (a *anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	base := anchorName(string(value))
	if base == "" {
		base = "section"
	}
	name := base
	for n := 2; a.taken[name]; n++ {
		name = base + "-" + strconv.Itoa(n)
	}
	a.taken[name] = true
	return []byte(name)
}

// Put is called by goldmark for a name the author gave.
func (a *anchors) Put(value []byte) { a.taken[string(value)] = true }

// anchorName maps a heading, an id, or a link's fragment to the name used in
// the book. Jupyter writes #Mean-field-limit for "Mean-field limit"; this is
// mean-field-limit, whichever of the two an author links to. It is the
// identity on its own results.
func anchorName(text string) string {
	var name strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-':
			name.WriteRune(r)
		case unicode.IsSpace(r):
			name.WriteByte('-')
		}
	}
	return strings.Trim(name.String(), "-")
}

// fencedCodeRenderer highlights the code blocks of markdown cells.
type fencedCodeRenderer struct{}

func (fencedCodeRenderer) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindFencedCodeBlock, func(out util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := node.(*ast.FencedCodeBlock)
		var code bytes.Buffer
		for i := range block.Lines().Len() {
			line := block.Lines().At(i)
			code.Write(line.Value(source))
		}
		rendered, err := highlight(string(block.Language(source)), code.String())
		if err != nil {
			return ast.WalkStop, err
		}
		_, err = out.WriteString(`<pre class="code" tabindex="0"><code>` + rendered + "</code></pre>\n")
		return ast.WalkSkipChildren, err
	})
}
