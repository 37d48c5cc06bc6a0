package book

import (
	"errors"
	"html"
	"strconv"
	"strings"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
)

// noStyle has no colours. To read those of package styles, which are not used, would take a
// third of the time in which the program starts.
var noStyle = chroma.MustNewStyle("none", chroma.StyleEntries{})

// highlight marks up code with chroma's CSS classes; an unknown language is
// left plain. The colours are in style.css. The same code has the same bytes: chroma gives a
// rule up after a quarter of a second, which a machine may spend on others, so that what counts is
// what comes out twice in a row.
func highlight(language, code string) (string, error) {
	lexer := lexers.Get(language)
	if language == "" || lexer == nil {
		return html.EscapeString(code), nil
	}
	const attempts = 20
	before, err := markUp(lexer, code)
	for range attempts {
		if err != nil {
			return "", err
		}
		var again string
		if again, err = markUp(lexer, code); err == nil && again == before {
			return again, nil
		}
		before = again
	}
	return "", errors.New("highlighting gives other results each time: the machine has no time for it")
}

// markUp is one attempt of highlight.
func markUp(lexer chroma.Lexer, code string) (string, error) {
	tokens, err := chroma.Coalesce(colouredOnly{lexer}).Tokenise(nil, code)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	formatter := chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true))
	if err := formatter.Format(&out, noStyle, tokens); err != nil {
		return "", err
	}
	return out.String(), nil
}

// colouredOnly makes all tokens that style.css gives no colour plain text. Marked
// up one by one they are most of a page.
type colouredOnly struct{ chroma.Lexer }

func (l colouredOnly) Tokenise(options *chroma.TokeniseOptions, text string) (chroma.Iterator, error) {
	tokens, err := l.Lexer.Tokenise(options, text)
	if err != nil {
		return nil, err
	}
	return func() chroma.Token {
		token := tokens()
		kind := token.Type
		coloured := kind.InCategory(chroma.Keyword) || kind.InCategory(chroma.Comment) || kind.InSubCategory(chroma.String) ||
			kind.InSubCategory(chroma.Number) || kind == chroma.NameFunction || kind == chroma.NameBuiltin || kind == chroma.NameClass
		if token != chroma.EOF && !coloured {
			token.Type = chroma.Text
		}
		return token
	}, nil
}

// highlightCell marks up a code cell of the Go kernel GoNB. Lines that begin
// with % or ! speak to the kernel (magics, shell commands), not to Go, and
// would derail the lexer; the rest of a cell that starts as a shell script or
// a file to write is not Go at all.
func highlightCell(source string) (string, error) {
	var out strings.Builder
	var pending strings.Builder
	language := "go"
	flush := func() error {
		marked, err := highlight(language, pending.String())
		pending.Reset()
		out.WriteString(marked)
		return err
	}
	for line := range strings.Lines(source) {
		if !isMagic(line) {
			pending.WriteString(line)
			continue
		}
		if err := flush(); err != nil {
			return "", err
		}
		text, hadNewline := strings.CutSuffix(line, "\n")
		out.WriteString(`<span class="magic">` + html.EscapeString(text) + "</span>")
		if hadNewline {
			out.WriteByte('\n')
		}
		for _, foreign := range []string{"%%script", "%%bash", "%%sh", "%%writefile"} {
			if strings.HasPrefix(line, foreign) {
				language = ""
			}
		}
	}
	err := flush()
	return out.String(), err
}

func isMagic(line string) bool {
	return strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!")
}

// summarise says in one line what a folded code cell does: the comment it
// begins with, else its first line of Go.
func summarise(source string) string {
	first := ""
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if isMagic(line) {
			continue
		}
		first = strings.TrimSpace(strings.TrimPrefix(line, "//"))
		if first != "" {
			break
		}
	}
	const longest = 80
	if runes := []rune(first); len(runes) > longest {
		first = strings.TrimSpace(string(runes[:longest-1])) + "…"
	}
	return first
}

// countLines says how long a cell is, for its summary.
func countLines(source string) string {
	lines := len(strings.Split(strings.TrimRight(source, "\n"), "\n"))
	if lines == 1 {
		return "1 line"
	}
	return strconv.Itoa(lines) + " lines"
}
