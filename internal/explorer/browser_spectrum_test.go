package explorer

import (
	"math"
	"strings"
	"testing"

	"balanced/bnn/theory"
	"balanced/internal/browser"
	"balanced/internal/verification"
)

// The spectra of the page are those of theory for its network and size, drawn and told in words.
func TestSpectrumPanel(t *testing.T) {
	verification.Only(t)
	t.Parallel()
	page := open(t, "#preset=abstract&n=800&E.slope=1.4")
	until(page, "explorer.spectrum?.omega && !explorer.spectrum.problem")
	type spectra struct {
		Omega         []float64
		Finite, Limit [][]float64
	}
	got, network := browser.Eval[spectra](page, "explorer.spectrum"), networkOf(t, page)
	finite, err := theory.Spectrum(t.Context(), network, 800, got.Omega)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := theory.SpectrumLimit(t.Context(), network, got.Omega)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got.Omega {
		for a := range 2 {
			for _, pair := range [][2]float64{{got.Finite[i][a], real(finite.Rate[i][a][a])}, {got.Limit[i][a], real(limit.Rate[i][a][a])}} {
				if !(math.Abs(pair[0]-pair[1]) <= 1e-6*pair[1]) {
					t.Fatalf("at ω = %v, population %d: %v, want %v", got.Omega[i], a, pair[0], pair[1])
				}
			}
		}
	}
	const label = `document.querySelector("[data-part=spectrum]").getAttribute("aria-label")`
	if words := browser.Eval[string](page, label); !strings.Contains(words, "that of E is largest at ω = 0.01") || !strings.Contains(words, "n = 800") {
		t.Errorf("the panel is described as %q", words)
	}
	drawn := picture(page, "spectrum")
	browser.Eval[bool](page, `(location.hash = "#preset=silent", true)`)
	until(page, label+`.endsWith("The limit has no stable state.")`)
	if picture(page, "spectrum") == drawn {
		t.Error("another network has the same picture")
	}
	page.Report(browser.Quiet(page))
}
