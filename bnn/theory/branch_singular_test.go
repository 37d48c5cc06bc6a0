package theory

import (
	"math"
	"testing"

	"balanced/bnn/internal/networktest"
)

// The Hopf point near a fast fold has the frequency n^{1/4} √c of theory.md §9, with c from the
// state at the fold.
func TestSingularHopfPoint(t *testing.T) {
	network := networktest.ReadNetwork(t, "oscillations/singular-hopf")
	const path = "populations[E].rate.slope"
	diagram, err := Branches(t.Context(), network, path, 3.1, 6)
	if err != nil {
		t.Fatal(err)
	}
	family, err := newFamily(network, path, 3.1, 6)
	if err != nil {
		t.Fatal(err)
	}
	c := math.NaN()
	for _, point := range diagram.Branches[0].Points {
		if point.Kind != FastFold {
			continue
		}
		m, err := family.at(point.Value)
		if err != nil {
			t.Fatal(err)
		}
		c = 0
		e := m.Expectations(point.Mean, point.Variance)
		for a, population := range m.Network.Populations {
			c += m.W.At(0, a) * e[a].First * m.U.At(a, 0) / population.Tau
			for b := range e {
				c -= m.W.At(0, a) * e[a].Second / 2 * m.Squares.At(a, b) * e[b].First * m.U.At(b, 0)
			}
		}
	}
	if math.Abs(c-3.97711146) > 1e-7 { // what chapter 14 says, from an independent program
		t.Errorf("c = %.9g", c)
	}
	const n = 100_000_000
	finite, err := FiniteSizeBranches(t.Context(), network, n, path, 4.8, 4.9)
	if err != nil {
		t.Fatal(err)
	}
	for _, branch := range finite.Branches {
		for _, point := range branch.Points {
			if point.Kind == Hopf {
				if ratio := imag(point.Slow) / (math.Pow(n, 0.25) * math.Sqrt(c)); math.Abs(ratio-1) > 1e-4 {
					t.Errorf("frequency %g, %g of n^{1/4} √c", imag(point.Slow), ratio)
				}
				return
			}
		}
	}
	t.Error("no Hopf point")
}
