package book

import (
	"strings"
	"testing"
)

func TestSplitFormula(t *testing.T) {
	for _, test := range []struct {
		text, tex string
		display   bool
		length    int // 0: no formula
	}{
		{`$x$ rest`, `x`, false, 3},
		{`$ x $`, ` x `, false, 5},
		{`$$x + y$$.`, `x + y`, true, 9},
		{`\\(a\\) b`, `a`, false, 7},
		{`\\[a\\]`, `a`, true, 7},
		{"$a +\nb$", "a +\nb", false, 7},
		{`$\text{costs $5}$ x`, `\text{costs $5}`, false, 17},
		{`$a\$b$`, `a\$b`, false, 6},
		{`$5 and $6`, ``, false, 0},
		{`$20,000 and USD$30`, ``, false, 0},
		{`$x`, ``, false, 0},
		{`$$`, ``, false, 0},
		{`x$y$`, ``, false, 0},
		{`\(x\)`, ``, false, 0},
		{``, ``, false, 0},
	} {
		tex, display, length, ok := splitFormula(test.text)
		if tex != test.tex || display != test.display || length != test.length || ok != (test.length > 0) {
			t.Errorf("splitFormula(%q) = %q, %v, %d, %v; want %q, %v, %d", test.text, tex, display, length, ok, test.tex, test.display, test.length)
		}
	}
}

func FuzzSplitFormula(f *testing.F) {
	for _, seed := range []string{"$x$", "$$a$$", `\\(a\\)`, `\\[`, `$\}$$`, "${$}$", "$", "$é$1", `$\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tex, display, length, ok := splitFormula(text)
		if !ok {
			if tex != "" || length != 0 {
				t.Fatalf("no formula in %q, yet tex %q and length %d", text, tex, length)
			}
			return
		}
		if length > len(text) {
			t.Fatalf("length %d exceeds that of %q", length, text)
		}
		pair, _ := delimiterAt(text)
		if text[:length] != pair.open+tex+pair.close || display != pair.display {
			t.Fatalf("%q is not %q in its delimiters", text[:length], tex)
		}
		// What stands behind a formula does not change it, but for a digit.
		again, _, sameLength, ok := splitFormula(text[:length] + " tail")
		if !ok || again != tex || sameLength != length {
			t.Fatalf("formula of %q changes with what follows it", text)
		}
		if strings.Contains(tex, pair.close) && !strings.ContainsAny(tex, `\{`) {
			t.Fatalf("closing delimiter inside %q", tex)
		}
	})
}
