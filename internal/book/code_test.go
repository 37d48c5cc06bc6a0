package book

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

func TestHighlightCellKeepsTheText(t *testing.T) {
	for _, source := range []string{
		"%%\nx := 1\nfmt.Println(x)",
		"%noautoget\n!*go get example.org/x@v1.0.0\nimport \"fmt\"\n\nfunc f() { s := `raw <&>` }",
		"%%writefile a.txt\nfunc is not Go here's",
		"!ls -l",
		"",
	} {
		marked, err := highlightCell(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(marked, "")); got != source {
			t.Errorf("text changed:\n got %q\nwant %q", got, source)
		}
	}
}

func TestMagicsDoNotDerailHighlighting(t *testing.T) {
	marked, err := highlightCell("%%\nfunc f() {}\n!*echo 'unfinished\nvar x = 1 // end")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<span class="magic">%%</span>`, `<span class="kd">func</span>`,
		`<span class="magic">!*echo &#39;unfinished</span>`, `<span class="kd">var</span>`, `<span class="c1">// end</span>`,
	} {
		if !strings.Contains(marked, want) {
			t.Errorf("no %s in %s", want, marked)
		}
	}
	if marked, _ = highlightCell("%%script bash\nfunc x"); strings.Contains(marked, "kd") {
		t.Errorf("shell script highlighted as Go: %s", marked)
	}
}

func TestSummarise(t *testing.T) {
	for source, want := range map[string]string{
		"%%\n\n// Draw the raster.\nx := 1": "Draw the raster.",
		"import \"fmt\"\n// later":          `import "fmt"`,
		"%%":                                "",
		strings.Repeat("x", 100):            strings.Repeat("x", 79) + "…",
	} {
		if got := summarise(source); got != want {
			t.Errorf("summarise(%q) = %q, want %q", source, got, want)
		}
	}
}
