package citation

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"balanced/internal/provenance"
)

func keys(list []Reference) string {
	var names []string
	for _, r := range list {
		names = append(names, r.Key)
	}
	return strings.Join(names, " ")
}

// A result rests on the program, on the paper and on what its own method rests on.
func TestOf(t *testing.T) {
	for command, want := range map[string]string{
		"bnn simulate a.json --n 10 --method leap": "balanced maclaurin2024 blackman2021 marsaglia2000 strang1968",
		"bnn simulate a.json --n 10":               "balanced maclaurin2024 lewis1979 slepoy2008 blackman2021 marsaglia2000",
		"simulate a.json --method=pairwise":        "balanced maclaurin2024 lewis1979 blackman2021 marsaglia2000",
		"limit a.json --to 3":                      "balanced maclaurin2024 dormand1980",
		"limit a.json --to 3 --n 100":              "balanced maclaurin2024 hairer1996 hairer1999",
		"branch a.json --along x":                  "balanced maclaurin2024 keller1977 allgower2003",
		"":                                         "balanced maclaurin2024",
	} {
		if got := keys(Of(provenance.Record{Command: command})); got != want {
			t.Errorf("%q rests on %s, want %s", command, got, want)
		}
	}
}

// The doc comments of the parts name the same works.
func TestNamedInTheCode(t *testing.T) {
	for name, words := range map[string]string{
		"bnn/simulate/plain.go": "Naval Research Logistics Quarterly 26, 403–413, 1979", "bnn/internal/thinning/thinning.go": "128, 205101, 2008",
		"bnn/internal/random/fast.go": "47, 36, 2021", "bnn/internal/random/exponential.go": "Software 5, issue 8, 2000", "bnn/simulate/leap.go": "5, 506–517, 1968",
		"bnn/internal/ode/dormandprince.go": "6, 19–26 (1980)", "bnn/internal/continuation/doc.go": "nonlinear eigenvalue problems, 1977",
		"bnn/internal/noise/lagged.go": "23, 395–404, 1978", "bnn/sweep/latin.go": "21, 239–245, 1979",
	} {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", filepath.FromSlash(name)))
		if plain := strings.Join(strings.Fields(strings.ReplaceAll(string(text), "//", "")), " "); err != nil || !strings.Contains(plain, words) {
			t.Errorf("%s does not name %s, %v", name, words, err)
		}
	}
}

func TestForms(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range All() {
		if seen[r.Key] || r.Authors == "" || r.Title == "" || r.Where == "" || r.Year < 1900 || r.For == "" {
			t.Errorf("%+v is not whole, or twice", r)
		}
		seen[r.Key] = true
	}
	if got, want := references[1].Text(), "Lewis, P. A. W.; Shedler, G. S., Simulation of nonhomogeneous Poisson processes by thinning, Naval Research Logistics Quarterly 26, 403–413 (1979): the exact method"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, want := range []string{"@article{lewis1979,\n", "  author = {Lewis, P. A. W. and Shedler, G. S.},\n", "  journal = {Naval Research Logistics Quarterly 26},\n", "  pages = {403--413},\n", "  year = {1979},\n"} {
		if !strings.Contains(references[1].BibTeX(), want) {
			t.Errorf("%s has no %q", references[1].BibTeX(), want)
		}
	}
}
