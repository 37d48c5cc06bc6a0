package book

import (
	"slices"
	"strings"
	"testing"
)

func TestFindFormulas(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         []string // display formulas begin with !
	}{
		{"inline", "$x$ rest", []string{"x"}},
		{"spaces on both sides", "$ x $", []string{" x "}},
		{"a space on one side", "The rate $\\lambda $ and the time $\\tau$ are positive. Also $ x$ and $y $ here; $z$.",
			[]string{"\\lambda ", "\\tau", " x", "y ", "z"}},
		{"a tab on one side", "$x\t$ and $y$", []string{"x\t", "y"}},
		{"a line ends before the dollar", "$s_i = s_{i}\n$ and $a<b$ hold.", []string{"s_i = s_{i}\n", "a<b"}},
		{"a line begins after the dollar", "for $\nx$ and $y$", []string{"\nx", "y"}},
		{"digits after the dollar", "Between $x$2 and $n$1 lies $\\ell$3.", []string{"x", "n", "\\ell"}},
		{"digits on both sides", "1$x$2$y$3", []string{"x", "y"}},
		{"letters on both sides", "a$x$b", []string{"x"}},
		{"two lines", "$a +\nb$", []string{"a +\nb"}},
		{"Jupyter's price rule", "$5 and $6", []string{"5 and "}},
		{"one price", "costs $5.", nil},
		{"a price a paragraph", "costs $5.\n\nand $6", nil},
		{"an empty line of spaces", "costs $5.\n  \t\nand $6", nil},
		{"escaped dollars", `\$5 and \$6, $a\$b$`, []string{`a\$b`}},
		{"a line break before the closing dollar", `$a \\$ and $b$`, []string{`a \\`, `b`}},
		{"dollar in braces", `$\text{costs $5}$ x`, []string{`\text{costs $5}`}},
		{"braces left open", `${a$ b`, []string{"{a"}},
		{"two formulas without a gap", "$a$$b$", []string{"a", "b"}},
		{"display", "$$x + y$$.", []string{"!x + y"}},
		{"display over lines", "$$\na\n- b\n$$ and so on", []string{"!\na\n- b\n"}},
		{"brackets", `\\(a\\) and \\[b\\]`, []string{"a", "!b"}},
		{"single backslashes are escapes of markdown", `\(x\) \[y\]`, nil},
		{"environment", "\\begin{align}\na &= b_1 \\\\\n&= c*d*e\n\\end{align}", []string{"!\\begin{align}\na &= b_1 \\\\\n&= c*d*e\n\\end{align}"}},
		{"environment with a star", `\begin{equation*}x\end{equation*}`, []string{`!\begin{equation*}x\end{equation*}`}},
		{"environment in another", `\begin{equation}\begin{split}x\end{split}\end{equation}`, []string{`!\begin{equation}\begin{split}x\end{split}\end{equation}`}},
		{"environment within dollars", `$$\begin{aligned}x\end{aligned}$$`, []string{`!\begin{aligned}x\end{aligned}`}},
		{"bars in a table", "| a | b |\n|---|---|\n| $|x|$ | $P(a|b)$ |", []string{"|x|", "P(a|b)"}},
		{"code span", "`$x$ and $y$` $z$", []string{"z"}},
		{"code span between dollars", "$a `$` b$", []string{"a `$` b"}},
		{"environment in a code span", "`\\begin{align}` without end", nil},
		{"fenced code", "```\n$x$\n```\n$y$", []string{"y"}},
		{"fenced code in a list", "- a\n\n  ```\n  $x$\n  ```\n  $y$", []string{"y"}},
		{"fenced code ends a formula", "$a\n```\n$b$\n```", nil},
		{"indented code", "a\n\n    $x$\n\n$y$", []string{"y"}},
		{"quotation", "> $$\n> a\n> b\n> $$\n> $c$", []string{"!\na\nb\n", "c"}},
		{"quotation with an empty line", "> $a\n>\n> b$", nil},
		{"greater-than sign at the start of a line", "$a\n> b$", []string{"a\n> b"}},
		{"carriage returns", "$a\r\n$ and\r\n\r\n$b$", []string{"a\r\n", "b"}},
		{"nothing", "$$$$ $", []string{"!"}},
		{"", "", nil},
	} {
		found, err := findFormulas(test.source)
		var got []string
		for _, p := range found {
			tex := p.tex
			if p.display {
				tex = "!" + tex
			}
			got = append(got, tex)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: in %q found %q, error %v; want %q", test.name, test.source, got, err, test.want)
		}
	}
}

func FuzzFindFormulas(f *testing.F) {
	for _, seed := range []string{"$x$", "$$a$$", `\\(a\\)`, `\\[`, `$\}$$`, "${$}$", "$", "$é$1", `$\`, "> $a\n> b$", "`$`$", "\\begin{a}\\end{a}", "    $\n$"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		found, err := findFormulas(source)
		if err != nil {
			return
		}
		end := 0
		for _, p := range found {
			if p.start < end || p.end <= p.start || p.end > len(source) {
				t.Fatalf("passage from %d to %d of %q follows one that ends at %d", p.start, p.end, source, end)
			}
			end = p.end
			pair, ok := openingAt(source[p.start:])
			if !ok || pair.display != p.display || !strings.HasSuffix(source[:p.end], pair.close) {
				t.Fatalf("%q in %q is not in delimiters", source[p.start:p.end], source)
			}
		}
	})
}
