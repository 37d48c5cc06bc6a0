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
				if again, _ := convertFormula(tex, display); again != first {
					t.Fatalf("%s: two renderings differ:\n%s\n%s", tex, first, again)
				}
			}
		}
	}
}

func TestFormulaErrorsQuoteTheFormula(t *testing.T) {
	for tex, reason := range map[string]string{
		`\foo x`:                          `Unsupported function name: \foo at character 1`,
		`\frac{1`:                         "Unexpected end of input",
		`\begin{gather} a \end{gather}`:   "only in display mode",
		`\begin{eqnarray}a\end{eqnarray}`: "No such environment: eqnarray",
		`a % b`:                           `\%`,
		``:                                "empty",
		`x^`:                              "incomplete",
		`\left( x`:                        `Expected '\right'`,
		`a \\ b`:                          "outside an environment",
		`a & b`:                           "Expected 'EOF', got '&'",
		`a $ b`:                           `$`,
		`\begin{aligned} a \end{matrix} `: "Mismatch",
		`\ref{a}`:                         "numbers no formulas",
		`\cancel{x}`:                      "line through",
		`\phase{3}`:                       "cannot show",
		`\href{https://example.org}{x}`:   "Unsupported",
		`\class{top}{x}`:                  "not trusted",
		`\includegraphics{https://x.y/z}`: "",
		`\def\a{\a\a}\a`:                  "",
	} {
		_, err := renderFormula(tex, false)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(tex)) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: got error %v, want one with the formula and %q", tex, err, reason)
		}
	}
}

func TestFormulasAreSetAsInTeX(t *testing.T) {
	const space, applied = `<mspace width="0.1667em"></mspace>`, "<mo>\u2061</mo>"
	for _, test := range []struct{ tex, want string }{
		{`a = -b`, `<mo form="prefix" stretchy="false">−</mo>`},
		{`a - b`, `<mo>−</mo>`},
		{`a/b`, `<mi>/</mi>`},
		{`2\log n`, "<mn>2</mn>" + space + "<mi>log</mi>" + applied + space + "<mi>n</mi>"},
		{`\log(n)`, `log</mi>` + applied + `<mrow><mo`},
		{`\frac{1}{2} \log |m|`, "</mfrac>" + space + "<mi>log</mi>" + applied + space + "<mi>|</mi>"},
		{`x^2 \max_z |m|`, "</msup>" + space + "<msub><mi>max</mi><mi>z</mi></msub>" + applied + space + "<mi>|</mi>"},
		{`\exp\left[ x \right]`, applied + space + "<mrow><mo"},
		{`\sin`, "<mi>sin</mi>" + applied + "</math>"},
		{`\sin = 3`, applied + "<mo>="},
		{`\operatorname{Var}(X)`, "<mi>Var</mi>" + applied + "<mrow><mo"},
		{`1, \ldots, 3`, `<mo lspace="0" rspace="0.1667em">…</mo>`},
		{`a \cdots b`, `<mo lspace="0.1667em" rspace="0.1667em">⋯</mo>`},
		{`\Big( -x \Big)`, `maxsize="1.8em" form="prefix">(</mo><mo form="prefix">−</mo>`},
		{`\|x\|`, `‖`},
		{`x'_a`, `<msubsup><mi>x</mi><mi>a</mi>`},
		{`\text{don't}`, `<mtext>don’t</mtext>`},
		{`\overline{xy}`, `<mrow class="tml-overline"><mrow><mi>x</mi><mi>y</mi></mrow></mrow>`},
		{`\ddot x`, `¨</mo>`},
		{`x^12`, `<msup><mi>x</mi><mn class="tml-sml-pad">1</mn></msup><mn>2</mn>`},
		{`\max_x f`, `<msub><mi`},
		{`[0, 1)`, `<mo form="postfix" stretchy="false">)</mo>`},
		{`a < b`, `<mo>&lt;</mo>`},
		{`\text{a<b}`, `<mtext>a&lt;b</mtext>`},
		{`\text{</mtext></math><script>}`, `&lt;/mtext&gt;`},
	} {
		got, err := renderFormula(test.tex, false)
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s in it", test.tex, got, test.want)
		}
	}
	if got, _ := renderFormula(`\begin{align} a &= 1 \\ b &= 2 \end{align}`, true); strings.Count(got, "<mtr>") != 2 || strings.Contains(got, "<span") {
		t.Errorf("align: %s", got)
	}
	if got, _ := renderFormula(`\max_x f`, true); !strings.Contains(got, "<munder>") {
		t.Errorf("limits beside max in a display formula: %s", got)
	}
}
