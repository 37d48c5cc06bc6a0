package equations

import (
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// spreadAtRest returns the means, variances and third cumulants at rest of the network of the
// abstract with spread thresholds, and c, E and G of both classes.
func spreadAtRest(t *testing.T, n int) (state []float64, f *Finite) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Spread, network.Populations[1].Spread = 0.8, 0.6
	f = NewFinite(bnn.Must(manifold.New(t.Context(), network)), n, 60, true, true)
	start := f.Start([]float64{0, -0.3}, []float64{1, 1})
	_, _, err := f.solve(t.Context(), []float64{60}, start, f.slope, f.jacobian, func(_ int, _ float64, at []float64) error {
		state = slices.Clone(at)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return state, f
}

// The moments that potentials and thresholds have together, against a simulation by another
// program: a leap of second order over 4000 and 8000 time constants with thresholds at the quantiles of the
// normal law, value and standard error. What is left is of order 1/n.
func TestSpreadAgainstSimulation(t *testing.T) {
	type measured [2]float64
	for n, simulated := range map[int][2][6]measured{ // mean, variance, third cumulant, c, E, G of E and of I
		400: {{{0.022608, 0.002726}, {0.999172, 0.001203}, {-0.002772, 0.001472}, {0.011232, 0.001015}, {-0.000478, 0.000951}, {0.000838, 0.000736}},
			{{-0.376600, 0.001002}, {1.071141, 0.001511}, {0.026656, 0.001451}, {-0.018857, 0.000763}, {-0.009205, 0.000736}, {0.002817, 0.000350}}},
		100: {{{-0.107695, 0.003417}, {0.942350, 0.001951}, {-0.002481, 0.002203}, {0.022549, 0.001240}, {0.003952, 0.001309}, {-0.000728, 0.001541}},
			{{-0.410230, 0.001449}, {1.083993, 0.001782}, {0.050943, 0.002643}, {-0.038084, 0.001031}, {-0.017913, 0.001059}, {0.006553, 0.000822}}},
	} {
		state, f := spreadAtRest(t, n)
		for a, values := range simulated {
			i := f.spread[a]
			got := [6]float64{state[a], state[2+a], state[4+a], state[i], state[i+1], state[i+2]}
			for k, value := range got {
				if off := math.Abs(value - values[k][0]); off > 4*values[k][1]+1/float64(n) {
					t.Errorf("n = %d, class %d, moment %d: %.6f, simulated %.6f ± %.6f", n, a, k, value, values[k][0], values[k][1])
				}
			}
			// Were the whole of v − δ heard by oneself, and not v alone, the variance would be off.
			if planted := got[1] - got[3]; n == 400 && math.Abs(planted-values[1][0]) < 6*values[1][1] {
				t.Errorf("class %d: the variance %.6f passes too", a, planted)
			}
			if n == 400 && a == 1 && math.Abs(values[3][0]) < 8*values[3][1] {
				t.Error("potentials and thresholds could be independent")
			}
		}
	}
}

// The Jacobian is that of differences, with all unknowns.
func TestJacobianOfWiderNetworks(t *testing.T) {
	network := networktest.Baker()
	network.Populations[0].Spread, network.Populations[1].Spread = 0.5, 0.3
	f := NewFiniteAtRest(bnn.Must(manifold.New(t.Context(), network)), math.Sqrt(50))
	x := []float64{-0.6, 0.4, 1.5, 5, -0.1, -0.2, -0.02, 0.01, 0.02, -0.05, 0.03, 0.01, 0.2, 0.3, 0.6}
	if len(x) != f.size || f.size != Unknowns(network) {
		t.Fatalf("%d unknowns", f.size)
	}
	exact := f.ExactJacobian(x)
	low, high := make([]float64, f.size), make([]float64, f.size)
	for column := range x {
		const step = 1e-5
		moved := slices.Clone(x)
		moved[column] += step
		_ = f.slope(0, moved, high)
		moved[column] -= 2 * step
		_ = f.slope(0, moved, low)
		for row := range x {
			if want, got := (high[row]-low[row])/(2*step), exact.At(row, column); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
				t.Errorf("row %d, column %d: %.9g, by differences %.9g", row, column, got, want)
			}
		}
	}
}
