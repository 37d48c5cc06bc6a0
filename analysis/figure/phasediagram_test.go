package figure

import (
	"errors"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/sweep"
)

// The plane of a sweep, with simulations over it.
func TestPhaseDiagram(t *testing.T) {
	network := bnn.Must(bnn.ReadNetwork("../../data/networks/tipping.json"))
	strength, slope := sweep.Linear("weights[*][1]", -0.9, -0.15, 6), sweep.Log("populations[I].rate.slope", 1, 10, 5)
	strength.Name = "strength of inhibition"
	grid := sweep.Sweep{Design: sweep.Grid(network, strength, slope), Measures: []sweep.Measure{sweep.Regime(3)}}
	regimes := bnn.Must(grid.Table(t.Context()))
	strength.Count, slope.Count = 2, 2
	few := sweep.Sweep{Design: sweep.Grid(network, strength, slope), Measures: []sweep.Measure{sweep.Simulation(50, 4, 1, simulate.Exact{})}}
	few.Seed = 1
	figure, err := PhaseDiagram(t.Context(), regimes, bnn.Must(few.Table(t.Context())))
	if err != nil {
		t.Fatal(err)
	}
	svg := string(bnn.Must(figure.SVG()))
	for _, word := range []string{"balanced", "runaway", "silent", "strength of inhibition", "populations[I].rate.slope"} {
		if !strings.Contains(svg, word) {
			t.Errorf("no %q in the picture", word)
		}
	}
	if !strings.Contains(figure.Caption, "Discs") {
		t.Errorf("caption %q", figure.Caption)
	}
	var input *bnn.InputError
	if _, err := PhaseDiagram(t.Context(), bnn.Must(few.Table(t.Context()))); !errors.As(err, &input) || !strings.Contains(err.Error(), "regime") {
		t.Errorf("a sweep without regimes: %v", err)
	}
	if _, err := PhaseDiagram(t.Context(), regimes, regimes); !errors.As(err, &input) || !strings.Contains(err.Error(), "simulated[0]") {
		t.Errorf("simulations without simulations: %v", err)
	}
}
