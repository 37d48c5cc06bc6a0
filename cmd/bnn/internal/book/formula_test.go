package book

import (
	"strings"
	"testing"
)

// bookFormulas are the constructions the chapters use; each was looked at in
// a browser.
var bookFormulas = []string{
	`n^{-1/2} \sum_b J_{ab}`,
	`\dot m_a = -m_a/\tau_a + I_a + (U\psi)_a`,
	`\begin{aligned} \dot m_e &= -m_e \\ \dot m_i &= -m_i + w\psi \end{aligned}`,
	`\begin{pmatrix} w_{ee} & -w_{ei} \\ w_{ie} & -w_{ii} \end{pmatrix}`,
	`f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}`,
	`\sqrt{n}, \bar\lambda, \hat m, \overline{x + y}, \tilde x, \ddot x`,
	`\mathbb{E}[X], \mathcal{N}(0,1), \mathbf{1}_{\{x > 0\}}`,
	`\int_0^T f(s)\,ds, \operatorname{Var}(X), \log n`,
	`a \le b \ll c \to d \ne e \approx f \lesssim g`,
	`f'(x), m''_a, \|x\|_\infty, |x|, \lvert x \rvert`,
	`X_n \xrightarrow{d} X, X \stackrel{d}{=} Y, \text{if } x`,
	`\max_{x \in A} f(x), \sup_{t \le T} |m_t|, \Delta t \downarrow 0`,
	`\left( \frac{a}{b} \right)^2, \binom{n}{k}, A^\top, 10~\mathrm{Hz}`,
}

func TestFormulasAreRenderedAlikeEveryTime(t *testing.T) {
	for _, tex := range bookFormulas {
		for _, display := range []bool{false, true} {
			first, err := renderFormula(tex, display)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(first, "<math alttext=") || !strings.HasSuffix(first, "</math>") {
				t.Errorf("%s: got %s", tex, first)
			}
			for range 5 {
				if again, _ := renderFormula(tex, display); again != first {
					t.Fatalf("%s: two renderings differ:\n%s\n%s", tex, first, again)
				}
			}
		}
	}
}

func TestFormulaErrorsQuoteTheFormula(t *testing.T) {
	for tex, reason := range map[string]string{
		`\foo x`:                          "not a known command",
		`\frac{1`:                         "mismatched",
		`\begin{gather} a \end{gather}`:   "environment",
		`\frac12`:                         `\frac{1}{2}`,
		`x^12`:                            "x^{12}",
		`x'^2`:                            `x^{\prime 2}`,
		`a % b`:                           `\%`,
		`\text{a $x$}`:                    `\text`,
		``:                                "empty",
		`x^`:                              "empty script",
		`\left( x`:                        `\left without`,
		`\sqrt{}`:                         "missing",
		`\frac{a}{}`:                      "missing",
		`{}`:                              "missing",
		`a \\ b`:                          "outside an environment",
		`a & b`:                           "outside an environment",
		`\begin{aligned} a \end{matrix} `: "mismatched",
	} {
		_, err := renderFormula(tex, false)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(tex)) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got error %v, want one with the formula and %q", tex, err, reason)
		}
	}
}

func TestFormulasAreSetAsInTeX(t *testing.T) {
	for _, test := range []struct{ tex, want string }{
		{`a = -b`, `<mo form="prefix">−</mo>`},
		{`a - b`, `<mo>−</mo>`},
		{`a/b`, `<mo lspace="0" rspace="0">/</mo>`},
		{`2\log n`, `<mn>2</mn><mspace width="0.1667em"></mspace><mi lspace="0.11111em">log</mi><mspace width="0.1667em"></mspace><mi>n</mi>`},
		{`\log(n)`, `log</mi><mo`},
		{`\operatorname{Var}(X)`, `<mi>Var</mi><mo`},
		{`\|x\|`, `<mi>‖</mi><mi>x</mi><mi>‖</mi>`},
		{`x'_a`, `<msubsup><mi>x</mi><mi>a</mi><mi>′</mi></msubsup>`},
		{`\text{don't}`, `<mtext>don&#39;t</mtext>`},
		{`\overline{xy}`, `<mrow class="overline"><mrow><mi>x</mi><mi>y</mi></mrow></mrow>`},
		{`\ddot x`, `<mo stretchy="false">¨</mo>`},
		{`x := y`, `<mo>:=</mo>`},
		{`\max_x f`, `<msub><mi`},
		{`[0, 1)`, `<mo form="postfix" stretchy="false">)</mo>`},
		{`\bigl| x \bigr|`, `scriptlevel="-1"`},
		{`a < b`, `<mo>&lt;</mo>`},
		{`\text{a<b}`, `<mtext>a&lt;b</mtext>`},
	} {
		got, err := renderFormula(test.tex, false)
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s in it", test.tex, got, test.want)
		}
	}
	if got, _ := renderFormula(`\max_x f`, true); !strings.Contains(got, "<munder>") {
		t.Errorf("limits beside max in a display formula: %s", got)
	}
}

func TestLoosenBrackets(t *testing.T) {
	for tex, want := range map[string]string{
		`f(x) + [a]`:             `f(x) + [a]`,
		`[0, 1) \cup (2, 3]`:     `[0, 1\rparen  \cup (2, 3\rbrack `,
		`\left[ (a, b] \right)`:  `\left[ \lparen a, b\rbrack  \right)`,
		`\bigl( x \bigr)`:        `\big( x \big)`,
		`\bigl\| x \Biggr\rvert`: `\big\| x \Bigg\rvert`,
		`\{1\} \leftarrow (`:     `\{1\} \leftarrow (`,
		`\bigcup \sqrt[3]{x}`:    `\bigcup \sqrt[3]{x}`,
	} {
		if got := loosenBrackets(tex); got != want {
			t.Errorf("loosenBrackets(%s) = %s, want %s", tex, got, want)
		}
	}
}
