package response

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

func TestHarmonicsAreExact(t *testing.T) {
	times := bnn.Every(0.1, 5)
	var series []float64
	for _, x := range times {
		series = append(series, 1.5+0.7*math.Sin(math.Pi*x)-0.2*math.Cos(math.Pi*x)+0.4*math.Sin(3*math.Pi*x))
	}
	h, err := HarmonicOf(times, series, 2)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(h.Level-1.5)+math.Abs(h.Sine-0.7)+math.Abs(h.Cosine+0.2) > 1e-12 || math.Abs(h.Lag()-0.2/0.7) > 1e-12 {
		t.Errorf("harmonic %+v, lag %g", h, h.Lag())
	}
	var refused *bnn.InputError
	for _, c := range []struct {
		times  []float64
		period float64
	}{{times[:3], 2}, {times, 0.25}, {times, 60}, {[]float64{0, 1, 3}, 3}, {times, 0.2}, {nil, 1}, {times, math.NaN()}} {
		if _, err := HarmonicOf(c.times, series[:len(c.times)], c.period); !errors.As(err, &refused) {
			t.Errorf("period %g of %d times: %v", c.period, len(c.times), err)
		}
	}
	if _, err := HarmonicOf(times, series[1:], 2); !errors.As(err, &refused) {
		t.Errorf("times and series of different lengths: %v", err)
	}
}

func TestAtRestNothingMoves(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	times := []float64{0, 1, 3}
	rested, err := AtRest(t.Context(), network, 0)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := theory.Limit(t.Context(), rested, times)
	if err != nil {
		t.Fatal(err)
	}
	still(t, &limit.Moments)
	if rested, err = AtRest(t.Context(), network, 200); err != nil {
		t.Fatal(err)
	}
	finite, err := theory.FiniteSize(t.Context(), rested, 200, times)
	if err != nil {
		t.Fatal(err)
	}
	// The start has no third cumulant, and the rest has one: the means move by its little effect.
	if d := networktest.DistanceOf(finite.Mean[0], finite.Mean[2]); d > 5e-3 {
		t.Errorf("at n = 200 the means move by %g", d)
	}
	if networktest.DistanceOf(finite.Mean[0], limit.Mean[0]) < 1e-3 {
		t.Error("200 neurons rest where infinitely many do")
	}
	var refused *bnn.InputError
	if _, err := AtRest(t.Context(), network, -1); !errors.As(err, &refused) {
		t.Errorf("n = −1: %v", err)
	}
}

func still(t *testing.T, m *bnn.Moments) {
	t.Helper()
	last := len(m.Times) - 1
	if d := networktest.DistanceOf(m.Mean[0], m.Mean[last]) + networktest.DistanceOf(m.Variance[0], m.Variance[last]); d > 1e-5 {
		t.Errorf("from %g to %g means and variances move by %g", m.Times[0], m.Times[last], d)
	}
}

// driven is the feedforward network under a sine of period 2.
func driven(t *testing.T) *bnn.Network {
	t.Helper()
	network := networktest.ReadNetwork(t, "feedforward")
	network.Feedforward[0].Rate = bnn.Sine{Baseline: 1, Amplitude: 0.6, Period: 2}
	network, err := OnOrbit(t.Context(), network, 2)
	if err != nil {
		t.Fatal(err)
	}
	return network
}

func TestOnOrbitComesBack(t *testing.T) {
	limit, err := theory.Limit(t.Context(), driven(t), []float64{0, 2})
	if err != nil {
		t.Fatal(err)
	}
	still(t, &limit.Moments)
	var refused *bnn.InputError
	if _, err := OnOrbit(t.Context(), driven(t), 0); !errors.As(err, &refused) {
		t.Errorf("period 0: %v", err)
	}
}

// The lag of the finite-n equations, times √n, tends to the constants: the planted bug is the
// wrong sign, or the constant of the other class.
func TestLagConstantsAreThoseOfLargeNetworks(t *testing.T) {
	network := driven(t)
	constants, err := LagConstants(t.Context(), network, 2)
	if err != nil {
		t.Fatal(err)
	}
	times := bnn.Every(0.02, 4)
	for a, constant := range constants {
		var off []float64
		for _, n := range []int{1_000_000, 100_000_000} {
			finite, err := theory.FiniteSize(t.Context(), network, n, times)
			if err != nil {
				t.Fatal(err)
			}
			h, err := HarmonicOf(times, bnn.Must(finite.Series(bnn.Rates, a)), 2)
			if err != nil {
				t.Fatal(err)
			}
			off = append(off, math.Abs(math.Sqrt(float64(n))*h.Lag()/constant-1))
		}
		if off[1] > 2e-3 || off[1] > off[0]/3 {
			t.Errorf("population %d: √n lag is off its constant %g by the shares %v", a, constant, off)
		}
	}
	if math.Abs(constants[0]/constants[1]-1) < 0.1 {
		t.Errorf("constants %v are too alike to be told apart", constants)
	}
	var refused *bnn.InputError
	if _, err := LagConstants(t.Context(), networktest.ReadNetwork(t, "abstract"), 2); !errors.As(err, &refused) {
		t.Errorf("rank 1: %v", err)
	}
}
