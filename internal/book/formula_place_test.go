package book

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"balanced/internal/jupyter/nbformat"
)

// cellPage renders a chapter with one more markdown cell, as in the book.
func cellPage(source, attachments string) (string, error) {
	cell := markdown(source)
	if attachments != "" {
		cell.Attachments = json.RawMessage(attachments)
	}
	p, err := renderChapter(Chapter{Slug: "13-trial", Notebook: &nbformat.Notebook{Cells: []nbformat.Cell{markdown("# Trial"), cell}}}, nil)
	return string(p.Body), err
}

var (
	wholeFormula = regexp.MustCompile(`(?s)<math alttext="([^"]*)".*?</math>`)
	anyTag       = regexp.MustCompile(`<[^>]*>`)
)

// readPage is the text of HTML with its formulas as ⟦TeX⟧.
func readPage(body string) string {
	body = wholeFormula.ReplaceAllString(body, "⟦$1⟧")
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(body, " "))), " ")
}

// What Jupyter shows as a formula is one, and nothing else is.
func TestFormulasOfCells(t *testing.T) {
	for source, want := range map[string]string{
		"The rate $\\lambda $ and the time $\\tau$ are positive. Also $ x$ and $y $ here; $z$.": `The rate ⟦\lambda⟧ and the time ⟦\tau⟧ are positive. Also ⟦x⟧ and ⟦y⟧ here; ⟦z⟧.`,
		"$s_i = s_{i}\n$ and $a<b$ hold.":                                     "⟦s_i = s_{i}⟧ and ⟦a<b⟧ hold.",
		"Between $x$2 and $n$1 lies $\\ell$3.":                                `Between ⟦x⟧2 and ⟦n⟧1 lies ⟦\ell⟧3.`,
		"\\begin{align}\nA_{a_1} &= b_1 \\\\\n&= c_{2}*d_{3}*e\n\\end{align}": `⟦\begin{align} A_{a_1} &= b_1 \\ &= c_{2}*d_{3}*e \end{align}⟧`,
		"\\begin{equation}\nx_{1}^{*} + y_{1}^{*} < z\n\\end{equation}":       `⟦\begin{equation} x_{1}^{*} + y_{1}^{*} < z \end{equation}⟧`,
		"| a | b |\n|---|---|\n| $|x|$ | $P(a|b)$ |":                          "a b ⟦|x|⟧ ⟦P(a|b)⟧",
		// Others of these kinds.
		"so $\\beta\t$, *$\\gamma $* and **$ \\delta$**":                                                 `so ⟦\beta⟧, ⟦\gamma⟧ and ⟦\delta⟧`,
		"- $a\n  $ and\n- $b$":                                                                           "⟦a⟧ and ⟦b⟧",
		"> \\begin{gather*}\n> a_1 * b \\\\\n> c * d_1\n> \\end{gather*}":                                `⟦\begin{gather*} a_1 * b \\ c * d_1 \end{gather*}⟧`,
		"| $\\|v\\|$ | $a \\mid b$ |\n|---|:-:|\n| $\\begin{cases}1 & |x|<1\\\\0\\end{cases}$ | `$a$` |": `⟦\|v\|⟧ ⟦a \mid b⟧ ⟦\begin{cases}1 & |x|<1\\0\end{cases}⟧ $a$`,
		"then\n$$\na\n- b\n+ c\n= d\n$$\nend":                                                            "then ⟦a - b + c = d⟧ end",
		"$a_1$ and $b_1$, a_1_ and *b*":                                                                  "⟦a_1⟧ and ⟦b_1⟧, a_1_ and b",
		"<div>in $|x|_1$ HTML <code>$y$</code></div>":                                                    "in ⟦|x|_1⟧ HTML $y$",
		"[$x$](https://example.org/a?b=1 \"$t$\")":                                                       "⟦x⟧",
		"[^1] a\n\n[^1]: note $x_1$":                                                                     "1 a note ⟦x_1⟧ ↩︎",
		"    $x$ in code":                                                                                "$x$ in code",
		"a@@0@@b $x$ @@1@@ @":                                                                            "a@@0@@b ⟦x⟧ @@1@@ @",
		"from \\$5 to \\$6":                                                                              "from $5 to $6",
	} {
		body, err := cellPage(source, "")
		if got := strings.TrimPrefix(readPage(body), "Trial "); err != nil || got != want {
			t.Errorf("%q:\n got %s, error %v\nwant %s", source, got, err, want)
		}
	}
}

func TestFormulasInAttributesAndHeadings(t *testing.T) {
	body, err := cellPage("## As $n \\to \\infty$\n\n[a](https://example.org \"in $t_1$\") <span title=\"$u$ | $v$\">b</span> <https://example.org/$x$>", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`id="as-n-to-infty"`, `title="in $t_1$"`, `title="$u$ | $v$"`, `href="https://example.org/$x$"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}

func TestWhatCannotBeShownNamesTheCell(t *testing.T) {
	for source, reason := range map[string]string{
		"\\begin{align}\na":                      `formula \begin{align} has no closing \end{align}`,
		"a $$x and\n\nb":                         "formula $$x and has no closing $$",
		"\\begin{tikzpicture}\\end{tikzpicture}": "No such environment: tikzpicture",
		"$5 of % and $6":                         `contains %`,
		"| $\\unknown{|}$ |\n|---|":              `formula \unknown{|}: Unsupported function name: \unknown`,
		"![a](attachment:b.png)":                 `image "attachment:b.png": the cell has no such attachment`,
	} {
		_, err := cellPage(source, "")
		if err == nil || !strings.Contains(err.Error(), reason) || !strings.HasPrefix(err.Error(), `chapter 13-trial, cell 2 (id "m"): `) {
			t.Errorf("%q: got error %v, want %q of chapter 13-trial, cell 2", source, err, reason)
		}
	}
}

func TestAttachmentsOfAnyName(t *testing.T) {
	for name, source := range map[string]string{
		"щ.png":         "![a](attachment:щ.png)",
		"dot a.png":     "![a](attachment:dot%20a.png)",
		"two dots.png":  "![a](<attachment:two dots.png>)",
		"100%.png":      "![a](attachment:100%.png)",
		"a%20b.png":     "![a](attachment:a%20b.png)",
		"ü ß.png":       "<img src=\"attachment:ü ß.png\" alt=\"a\">",
		"図(1)+&.png":    "![a](attachment:%E5%9B%B3(1)+&.png)",
		"$x$ and $.png": "![a](<attachment:$x$ and $.png>)",
	} {
		encoded, err := json.Marshal(map[string]any{name: map[string]string{"image/png": "iVBORw0KGgo="}})
		if err != nil {
			t.Fatal(err)
		}
		body, err := cellPage(source, string(encoded))
		if err != nil || !strings.Contains(body, `src="data:image/png;base64,iVBORw0KGgo="`) {
			t.Errorf("%s: got %s, error %v", source, body, err)
		}
	}
}

// FuzzMarkdown renders any markdown: the program does not panic, the result depends on the
// source alone, no mark is left in it, and it has all the text that there is without
// formulas, and the formulas.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"# a $x$\n\n$$\ny\n$$\n", "a $5 [^1]\n\n[^1]: b", "- $$x\n", "<b>$x$", "> $$\n> a\n> $$",
		"| $|x|$ | b |\n|--|--|\n| `$` | $y$ |", "<p>a $$x$$ b</p>", "a\n$$x$$\nb $y$ c\n$$z$$", "[$a$](b$c$ \"$d$\")", "@$x$@0@@", "<p $0$0000", "<a$x$>b</a$x$>", "\\begin{align}a&=b\\\\c\\end{align}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		got, err := renderMarkdown(source, newAnchors(), "p")
		if err != nil {
			return
		}
		if again, _ := renderMarkdown(source, newAnchors(), "p"); again != got {
			t.Fatalf("two renderings of %q differ", source)
		}
		marked, formulas, err := setAside(source)
		if err != nil || formulas.plain(marked) != source {
			t.Fatalf("%q set aside is %q, error %v", source, marked, err)
		}
		if formulas.mark == nil {
			return
		}
		if formulas.mark.MatchString(got) {
			t.Fatalf("a mark is left of %q: %s", source, got)
		}
		before, err := convertMarkdown(marked, headingNames{newAnchors(), formulas}, "p")
		if err != nil {
			t.Fatal(err)
		}
		if want, have := textWithFormulas(t, before, formulas), textWithFormulas(t, got, asideFormulas{}); want != have {
			t.Fatalf("%q:\n has text %q\nwant %q", source, have, want)
		}
	})
}

// textWithFormulas is the text of HTML without white space, with a sign for each formula or
// the mark of one.
func textWithFormulas(t *testing.T, rendered string, formulas asideFormulas) string {
	nodes, err := parseFragment("<div>" + rendered + "</div>")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var collect func(node *html.Node, raw bool)
	collect = func(node *html.Node, raw bool) {
		switch {
		case node.Type == html.TextNode && raw:
			text.WriteString(formulas.plain(node.Data))
		case node.Type == html.TextNode && formulas.mark != nil:
			text.WriteString(formulas.mark.ReplaceAllString(node.Data, "⟦⟧"))
		case node.Type == html.TextNode:
			text.WriteString(node.Data)
		case node.Data == "math" && formulas.mark == nil:
			text.WriteString("⟦⟧")
		default:
			for child := range node.ChildNodes() {
				collect(child, raw || node.Data == "code" || node.Data == "pre")
			}
		}
	}
	for _, node := range nodes {
		collect(node, false)
	}
	return strings.Join(strings.Fields(text.String()), "")
}
