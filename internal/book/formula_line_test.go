package book

import (
	"regexp"
	"strings"
	"testing"
)

func TestKeepPunctuation(t *testing.T) {
	formula := regexp.MustCompile(`<math.*?</math>`)
	for source, want := range map[string]string{
		"as $n$ grows":   "<p>as F grows</p>",
		"for $n$.":       `<p>for <span class="unbroken">F.</span></p>`,
		"if ($n > 0$), ": `<p>if <span class="unbroken">(F),</span></p>`,
		"$a$, $b$-part":  `<p><span class="unbroken">F,</span> <span class="unbroken">F-</span>part</p>`,
		"*$n$*.":         "<p><em>F</em>.</p>",
		"“$n$”":          `<p><span class="unbroken">“F”</span></p>`,
	} {
		rendered, err := renderMarkdown(source, newAnchors(), "part-1")
		if err != nil {
			t.Fatal(err)
		}
		nodes, err := parseFragment(rendered)
		if err != nil {
			t.Fatal(err)
		}
		if err := (&cleaner{}).clean(nodes); err != nil {
			t.Fatal(err)
		}
		got, err := renderNodes(nodes[0])
		if err != nil {
			t.Fatal(err)
		}
		if got = formula.ReplaceAllString(got, "F"); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

func TestRootsHaveAStrut(t *testing.T) {
	const strut = `<mspace width="0" height="0.9em" depth="0.1em"></mspace>`
	for tex, want := range map[string]string{
		`\sqrt{n}`:    "<msqrt><mrow><mi>n</mi></mrow>" + strut + "</msqrt>",
		`\sqrt[3]{n}`: "<mroot><mrow><mrow><mi>n</mi></mrow>" + strut + "</mrow><mn>3</mn></mroot>",
	} {
		got, err := renderFormula(tex, false)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s in it", tex, got, want)
		}
	}
}
