package book

import (
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulas is the goldmark extension for TeX in markdown. Being part of the
// parser it never looks into code spans and blocks.
type formulas struct{}

func (formulas) Extend(markdown goldmark.Markdown) {
	// Before escapes, emphasis (500) and all blocks a formula's lines may
	// resemble, such as lists and headings.
	markdown.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(inlineFormulaParser{}, 50)),
		parser.WithBlockParsers(util.Prioritized(displayFormulaParser{}, 50)),
	)
	markdown.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(formulaRenderer{}, 50)))
}

var (
	kindInlineFormula  = ast.NewNodeKind("InlineFormula")
	kindDisplayFormula = ast.NewNodeKind("DisplayFormula")
)

// inlineFormula is a formula within a paragraph.
type inlineFormula struct {
	ast.BaseInline
	tex     string
	display bool
}

func (*inlineFormula) Kind() ast.NodeKind { return kindInlineFormula }

func (n *inlineFormula) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"tex": n.tex}, nil)
}

// displayFormula is a formula whose delimiter begins a line.
type displayFormula struct {
	ast.BaseBlock
	closing  string
	tex      strings.Builder
	problem  error
	complete bool
}

func (*displayFormula) Kind() ast.NodeKind { return kindDisplayFormula }

// IsRaw keeps the inline parsers away from the TeX.
func (*displayFormula) IsRaw() bool { return true }

func (n *displayFormula) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"tex": n.tex.String()}, nil)
}

type inlineFormulaParser struct{}

func (inlineFormulaParser) Trigger() []byte { return []byte{'$', '\\'} }

func (inlineFormulaParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, position := block.Position()
	var rest strings.Builder
	for {
		content, _ := block.PeekLine()
		if content == nil {
			break
		}
		rest.Write(content)
		block.AdvanceLine()
	}
	block.SetPosition(line, position)
	tex, display, length, ok := splitFormula(rest.String())
	if !ok {
		return nil
	}
	block.Advance(length)
	return &inlineFormula{tex: tex, display: display}
}

type displayFormulaParser struct{}

func (displayFormulaParser) Trigger() []byte { return []byte{'$', '\\'} }

func (displayFormulaParser) CanInterruptParagraph() bool { return true }

func (displayFormulaParser) CanAcceptIndentedLine() bool { return false }

func (displayFormulaParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	content, _ := reader.PeekLine()
	line := strings.TrimLeft(string(content), " ")
	pair, ok := delimiterAt(line)
	if !ok || !pair.display {
		return nil, parser.NoChildren
	}
	line = line[len(pair.open):]
	if end := findClosing(line, pair.close); end >= 0 && strings.TrimSpace(line[end+len(pair.close):]) != "" {
		return nil, parser.NoChildren // the paragraph goes on behind it
	}
	node := &displayFormula{closing: pair.close}
	node.add(line)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (displayFormulaParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	formula := node.(*displayFormula)
	content, _ := reader.PeekLine()
	if formula.complete || util.IsBlank(content) {
		return parser.Close
	}
	formula.add(string(content))
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (displayFormulaParser) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	formula := node.(*displayFormula)
	if !formula.complete && formula.problem == nil {
		formula.problem = fmt.Errorf("has no closing %s before the paragraph ends", formula.closing)
	}
}

// add takes one more line of the formula.
func (n *displayFormula) add(line string) {
	end := findClosing(line, n.closing)
	if end < 0 {
		n.tex.WriteString(line)
		return
	}
	n.tex.WriteString(line[:end])
	n.complete = true
	if after := strings.TrimSpace(line[end+len(n.closing):]); after != "" {
		n.problem = errors.New("has text behind its closing delimiter; begin a new line there")
	}
}

type formulaRenderer struct{}

func (formulaRenderer) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(kindInlineFormula, func(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		formula := node.(*inlineFormula)
		return writeFormula(out, formula.tex, formula.display, entering)
	})
	register.Register(kindDisplayFormula, func(out util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		formula := node.(*displayFormula)
		if formula.problem != nil {
			return ast.WalkStop, fmt.Errorf("formula %s: %w", strings.TrimSpace(formula.tex.String()), formula.problem)
		}
		return writeFormula(out, formula.tex.String(), true, entering)
	})
}

func writeFormula(out util.BufWriter, tex string, display, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	rendered, err := renderFormula(tex, display)
	if err != nil {
		return ast.WalkStop, err
	}
	if display {
		// A span, since a display formula may stand within a paragraph. With Tab one
		// comes to it to scroll it, as it may be wider than the page.
		rendered = `<span class="display-formula" tabindex="0">` + rendered + "</span>"
	}
	_, err = out.WriteString(rendered)
	return ast.WalkSkipChildren, err
}
