package book

import (
	"strings"
	"testing"
)

func TestMarkdown(t *testing.T) {
	for _, test := range []struct {
		name, source, want string
	}{
		{"dollars in code spans", "`$x$ and $y$`", "<code>$x$ and $y$</code>"},
		{"dollars in code blocks", "```\ncost $x$\n```", "cost $x$"},
		{"escaped dollar", `costs \$5 and \$6`, "costs $5 and $6"},
		{"one price", "from $5 on.", "from $5 on."},
		{"prices, as in Jupyter", "from $5 to$6", `alttext="5 to"`},
		{"formula with emphasis characters", "$a_1 * b_1 * c$", `alttext="a_1 * b_1 * c"`},
		{"formula over two lines", "so $a +\nb$ holds", "alttext=\"a +\nb\""},
		{"display block like a list", "then\n$$\na\n- b\n= c\n$$\nend", "alttext=\"a\n- b\n= c\" display=\"block\""},
		{"text resumes after a display block", "$$\na\n$$\nend", "<p>end</p>"},
		{"display formula in a sentence", "so $$x$$ holds", "<p>so </p><span class=\"display-formula\" tabindex=\"0\"><math"},
		{"display formula in a list", "- item\n\n  $$\n  x\n  $$\n", `alttext="x" display="block"`},
		{"Jupyter's brackets", `\\(x\\) and \\[y\\]`, `alttext="y" display="block"`},
		{"table", "| a | b |\n|---|--:|\n| $x$ | 2 |", `<td style="text-align:right">2</td>`},
		{"heading anchor", "## Mean-field limit", `id="mean-field-limit"`},
		{"typographer", `"quoted" -- it's`, "&ldquo;quoted&rdquo; &ndash; it&rsquo;s"},
		{"footnote", "a[^1]\n\n[^1]: note", `id="p-fn:1"`},
		{"code", "```go\nfunc f() {}\n```", `<span class="kd">func</span>`},
		{"raw HTML", "a<br>b", "a<br>b"},
	} {
		got, err := renderMarkdown(test.source, newAnchors(), "p")
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if !strings.Contains(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s in it", test.name, got, test.want)
		}
	}
}

func TestUnfinishedDisplayFormulaIsAnError(t *testing.T) {
	for source, reason := range map[string]string{
		"$$\nx\n\ny":            "no closing $$",
		"$$\nx":                 "no closing $$",
		"a $\\unknowncommand$ ": "Unsupported function name",
	} {
		_, err := renderMarkdown(source, newAnchors(), "p")
		if err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: got error %v, want %q", source, err, reason)
		}
	}
}

func TestAnchorsDiffer(t *testing.T) {
	anchors := newAnchors()
	got, err := renderMarkdown("## Same\n\n## Same\n\n## !\n", anchors, "p")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`id="same"`, `id="same-2"`, `id="section"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
