package equations

import (
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// The Jacobian whose eigenvalues are shown is that of the finite-n equations.
func TestFiniteJacobian(t *testing.T) {
	network := networktest.ReadNetwork(t, "oscillations/slow-hopf")
	if err := network.Set("populations[1].rate.slope", 4); err != nil {
		t.Fatal(err)
	}
	m := bnn.Must(manifold.New(t.Context(), network.AtRest()))
	x := []float64{-3.7, 0.21, 15, 2.4, -2.5, 0.05}
	equations := NewFiniteAtRest(m, 100)
	jacobian := equations.ExactJacobian(x)
	for c := range x {
		const h = 1e-5
		var slopes [2][]float64
		for i, sign := range []float64{1, -1} {
			moved := slices.Clone(x)
			moved[c] += sign * h
			slopes[i] = make([]float64, len(x))
			if err := equations.slope(0, moved, slopes[i]); err != nil {
				t.Fatal(err)
			}
		}
		for r := range x {
			want := (slopes[0][r] - slopes[1][r]) / (2 * h)
			if got := jacobian.At(r, c); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
				t.Errorf("row %d, column %d: %.10g, by differences %.10g", r, c, got, want)
			}
		}
	}
}

// The own input alone is what its terms in the equations say, at any state.
func TestOwnInput(t *testing.T) {
	const n = 50
	network := bnn.Must(networktest.ReadNetwork(t, "two-timescales").AtSize(n))
	m := bnn.Must(manifold.New(t.Context(), network))
	state := []float64{0.3, -0.1, 0.6, 0.4, 0.05, -0.02}
	slope := func(ownInput bool) []float64 {
		equations := NewFinite(m, n, 2, ownInput, true)
		slope := make([]float64, len(state))
		if err := equations.slope(0.1, state, slope); err != nil {
			t.Fatal(err)
		}
		return slope
	}
	full, without := slope(true), slope(false)
	for a, population := range network.Populations {
		e := population.Expectation(state[a], state[2+a])
		own := network.Weights[a][a] / math.Sqrt(n)
		for moment, want := range []float64{
			-own * (e.Value + state[4+a]*e.Third/6), -2 * own * state[2+a] * e.First, -3 * own * state[2+a] * state[2+a] * e.Second,
		} {
			if got := full[2*moment+a] - without[2*moment+a]; math.Abs(got-want) > 1e-12 {
				t.Errorf("own input in moment %d of population %d: %g, want %g", moment+1, a, got, want)
			}
		}
	}
}
