package book

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestSearchSections(t *testing.T) {
	const body = `<h1 id="t">Title</h1><p>Start with <em>bal</em>ance<br>now.</p>
		<details class="input"><summary>Run it</summary><pre class="code"><code><span class="k">code</span> := f(
				x)
}
code := f(</code></pre></details><pre class="stream">printed</pre>
		<h2 id="a">About <math><mi>n</mi></math><a class="self" href="#a">#</a></h2>
		<table><tr><td>word</td><td class="number">3.14</td></tr></table>
		<figure><svg><text>axis</text></svg><figcaption>A caption</figcaption></figure>
		It is<span class="display-formula"><math><mi>x</mi></math></span>indeed.
		<h3 id="b">Deeper</h3><ul><li>one</li><li>two</li></ul><pre><code>y := 1</code></pre>`
	sections, err := searchSections(body)
	if err != nil {
		t.Fatal(err)
	}
	want := []searchSection{
		{"", "", "Start with balance now.", "code := f( x)"},
		{"a", "About n", "word 3.14 A caption It is x indeed.", ""},
		{"b", "Deeper", "one two", "y := 1"},
	}
	if len(sections) != len(want) {
		t.Fatalf("sections %+v, want %+v", sections, want)
	}
	for i := range want {
		if sections[i] != want[i] {
			t.Errorf("section %+v, want %+v", sections[i], want[i])
		}
	}
}

// The index is a program of one statement, whose value is JSON, that cannot end a script.
func TestSearchIndex(t *testing.T) {
	index, err := searchIndex([]page{{Slug: "a", Title: "A </script> \u2028", search: []searchSection{{Text: "t"}}}})
	if err != nil {
		t.Fatal(err)
	}
	value, begins := strings.CutPrefix(string(index), "globalThis.bookIndex = ")
	value, ends := strings.CutSuffix(value, ";\n")
	var pages []map[string]any
	if err := json.Unmarshal([]byte(value), &pages); err != nil || !begins || !ends {
		t.Fatalf("index %s: %v", index, err)
	}
	if pages[0]["page"] != "a.html" || pages[0]["title"] != "A </script> \u2028" || strings.ContainsAny(value, "<\u2028") {
		t.Errorf("index %s", index)
	}
}

func TestFormulaText(t *testing.T) {
	for tex, want := range map[string]string{
		`n^{-1/2}`:                               "n^(−1/2)",
		`\sqrt{n}\,|\kappa|`:                     "√n |κ|",
		`\sqrt{a+b}`:                             "√(a+b)",
		`F_E = F_I`:                              "F_E = F_I",
		`J_{ab}^2`:                               "J_ab^2",
		`\frac{m_a}{\tau_a}`:                     "m_a/τ_a",
		`\frac{a+1}{FT}`:                         "(a+1)/(FT)",
		`\hat m`:                                 "m",
		`m'`:                                     "m′",
		`10^5`:                                   "10^5",
		`f(m, K)`:                                "f(m, K)",
		`\begin{aligned}a&=1\\b&=2\end{aligned}`: "a = 1; b = 2",
		`t_\text{jump}`:                          "t_jump",
	} {
		rendered, err := renderFormula(tex, false)
		if err != nil {
			t.Fatal(err)
		}
		nodes, err := parseFragment(rendered)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(formulaText(nodes[0])), " "); got != want {
			t.Errorf("%s is read as %q, want %q", tex, got, want)
		}
	}
}
