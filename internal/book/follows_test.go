package book

import (
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"

	"balanced/analysis/figure"
)

// Figures of the package figure are dark on dark screens: their style sheet passes the
// cleaner, which drops any other that depends on something, and nothing white is around them.
func TestFiguresFollowTheLight(t *testing.T) {
	drawn, err := figure.New("A line.", "A line.", figure.Panel{
		Maps:  []figure.Map{{X: []float64{0, 1}, Y: []float64{0, 1}, Values: [][]float64{{0, 1}, {2, 3}}}},
		Lines: []figure.Line{{X: []float64{0, 1}, Y: []float64{0, 1}, Color: figure.Excitatory}}})
	if err != nil {
		t.Fatal(err)
	}
	svg, err := drawn.SVG()
	if err != nil {
		t.Fatal(err)
	}
	sheet := regexp.MustCompile(`(?s)<style>.*</style>`)
	want := sheet.FindString(string(svg))
	element, err := drawn.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for mime, source := range map[string]string{"image/svg+xml": string(svg), "text/html": element} {
		article, err := articleOf(attacked(mime, source))
		if err != nil {
			t.Fatal(err)
		}
		encoded := regexp.MustCompile(`src="data:image/svg\+xml;base64,([^"]*)"`).FindStringSubmatch(article)
		content, err := base64.StdEncoding.DecodeString(encoded[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := sheet.FindString(string(content)); got != want || want == "" {
			t.Errorf("%s: the sheet became %s, want %s", mime, got, want)
		}
		for _, class := range []string{`class="on-dark" display="none"`, `class="on-light"`, `class="sD55E00`} {
			if !strings.Contains(string(content), class) {
				t.Errorf("%s: no %s in the drawing", mime, class)
			}
		}
		if !regexp.MustCompile(`class="(figure )?follows"`).MatchString(article) {
			t.Errorf("%s: white paper around the figure", mime)
		}
	}
	article, err := articleOf(attacked("image/svg+xml", plot))
	if err != nil || strings.Contains(article, "follows") {
		t.Errorf("a drawing without a ground for dark screens has a dark page behind it, %v", err)
	}
}

// The ground of figures on dark screens is that of the page's boxes.
func TestGroundOfFiguresIsThatOfBoxes(t *testing.T) {
	style, err := os.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	grounds := regexp.MustCompile(`--background-raised: (#[0-9a-f]{6})`).FindAllStringSubmatch(string(style), -1)
	drawn, err := figure.New("", "", figure.Panel{Lines: []figure.Line{{X: []float64{0, 1}, Y: []float64{0, 1}}}})
	if err != nil {
		t.Fatal(err)
	}
	svg, err := drawn.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for i, form := range []string{`fill="%"`, `{fill:%}`} {
		if want := strings.ReplaceAll(form, "%", strings.ToUpper(grounds[i][1])); !strings.Contains(string(svg), want) {
			t.Errorf("no %s in the figure", want)
		}
	}
}
