package model

import (
	"math"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

type spectra struct {
	Populations   []string
	Omega         []float64
	Finite, Limit [][]*float64
	Problem       *Problem
}

// The spectra are those of theory, at frequencies in equal steps of their logarithm, and those of
// the limit come close to those of a large network.
func TestSpectrum(t *testing.T) {
	for _, name := range []string{"abstract", "tipping"} {
		network := preset(t, name)
		got := ask[spectra](t, "spectrum", object{"network": network, "n": 500, "low": 0.01, "high": 100, "rows": 41})
		if got.Problem != nil || len(got.Omega) != 41 || math.Abs(got.Omega[20]-1) > 1e-12 || !slices.Equal(got.Populations, []string{"E", "I"}) {
			t.Fatalf("%s: %+v", name, got)
		}
		finite, err := theory.Spectrum(t.Context(), network, 500, got.Omega)
		if err != nil {
			t.Fatal(err)
		}
		limit, err := theory.SpectrumLimit(t.Context(), network, got.Omega)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.Omega {
			for a := range network.Populations {
				if *got.Finite[i][a] != real(finite.Rate[i][a][a]) || *got.Limit[i][a] != real(limit.Rate[i][a][a]) {
					t.Errorf("%s at %g: %v and %v", name, got.Omega[i], *got.Finite[i][a], *got.Limit[i][a])
				}
			}
		}
		large := ask[spectra](t, "spectrum", object{"network": network, "n": 100_000_000, "low": 0.01, "high": 100, "rows": 41})
		if ratio := *large.Finite[10][0] / *large.Limit[10][0]; math.Abs(ratio-1) > 0.01 {
			t.Errorf("%s: a large network has %v times the spectrum of the limit", name, ratio)
		}
	}
}

// Without a limit there are the spectra of n alone; where the weights cancel everything, those of
// the limit are null and no rounding.
func TestSpectrumWhereThereIsLess(t *testing.T) {
	question := func(network *bnn.Network) object {
		return object{"network": network, "n": 500, "low": 0.01, "high": 100, "rows": 5}
	}
	if got := ask[spectra](t, "spectrum", question(preset(t, "silent"))); got.Problem != nil || len(got.Finite) != 5 || len(got.Limit) != 0 {
		t.Errorf("silent: %+v", got)
	}
	if got := ask[spectra](t, "spectrum", question(preset(t, "feedforward"))); got.Problem != nil || got.Limit[2][0] != nil || got.Finite[2][0] == nil {
		t.Errorf("feedforward: %+v", got)
	}
	for path, change := range map[string]func(object){
		"low, high": func(q object) { q["high"] = 0.01 }, "rows": func(q object) { q["rows"] = 501 }, "n": func(q object) { q["n"] = 0 },
	} {
		q := question(preset(t, "abstract"))
		change(q)
		if got := ask[spectra](t, "spectrum", q); got.Problem == nil || got.Problem.Kind != "input" || !strings.HasPrefix(strings.ToLower(got.Problem.Text), path) {
			t.Errorf("%s: %+v", path, got.Problem)
		}
	}
}

// Where a network goes round a cycle nothing is stationary, and there are no spectra.
func TestSpectrumOfACycle(t *testing.T) {
	verification.Long(t)
	cycle, err := bnn.ReadNetwork("../../../data/networks/oscillations/fast-ring.json")
	if err != nil {
		t.Fatal(err)
	}
	cycle.Feedforward[0].Rate, cycle.Initial.OnManifold = bnn.ConstantStimulus{Value: 0.3}, false
	q := object{"network": cycle, "n": 10_000, "low": 0.01, "high": 100, "rows": 5}
	if got := ask[spectra](t, "spectrum", q); got.Problem == nil || got.Problem.Kind != "unstable" {
		t.Errorf("%+v", got.Problem)
	}
}
