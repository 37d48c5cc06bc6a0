package book

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/analysis"
)

// A book in parts says where each begins, on the cover and in the contents of each page, and how
// many verdicts are undecided.
func TestParts(t *testing.T) {
	sample := sampleBook()
	sample.Chapters[0].Part, sample.Chapters[1].Part = "Part I. One & only", "Appendix"
	sample.Chapters[0].Verdicts[1].Outcome = analysis.Undecided
	dir := filepath.Join(t.TempDir(), "book")
	if err := Write(dir, sample); err != nil {
		t.Fatal(err)
	}
	for name, wanted := range map[string][]string{
		"index.html":    {`<h3 class="part">Part I. One &amp; only</h3>`, `<h3 class="part">Appendix</h3>`, "1 of 2 verdicts hold, 1 undecided", "? undecided"},
		"01-limit.html": {`<li class="part">Part I. One &amp; only</li>`, `<li class="part">Appendix</li>`, `<li value="2">`},
	} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wanted {
			if !strings.Contains(string(content), want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
}
