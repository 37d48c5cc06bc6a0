package windows

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
)

func window(t *testing.T, of func(length, step float64) (Window, error), length, step float64) Window {
	t.Helper()
	w, err := of(length, step)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func table(rows int, step float64, of func(t float64) float64) [][]float64 {
	t := make([][]float64, rows)
	for k := range t {
		t[k] = []float64{0, of(float64(k) * step)}
	}
	return t
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %.9g, want %.9g", what, got, want)
	}
}

// Integrals of straight lines are exact, one window after the other, and both kinds of window have the same area.
func TestIntegrals(t *testing.T) {
	line := table(23, 0.1, func(t float64) float64 { return 1 + t })
	sums := Sums(line, 1, window(t, Box, 1, 0.1).Integral())
	if len(sums) != 2 {
		t.Fatalf("%d windows in 2.2 units", len(sums))
	}
	near(t, "first window", sums[0], 1.5, 1e-12)
	near(t, "second window", sums[1], 2.5, 1e-12)
	near(t, "Hann", Sums(line, 1, window(t, Hann, 1, 0.1).Integral())[0], 1.5, 1e-12)
}

// The input is what moves a membrane: from x′ + x/τ = h it gives back ∫ g h.
func TestInputOfMembrane(t *testing.T) {
	const tau = 0.5
	x := func(t float64) float64 { return math.Sin(3 * t) }
	h := func(t float64) float64 { return 3*math.Cos(3*t) + math.Sin(3*t)/tau }
	for name, of := range map[string]func(length, step float64) (Window, error){"box": Box, "Hann": Hann} {
		w := window(t, of, 2, 0.001)
		near(t, name, Sums(table(2001, 0.001, x), 1, w.Input(tau))[0], Sums(table(2001, 0.001, h), 1, w.Integral())[0], 1e-5)
	}
	// Over a box it is what is gained, and what leaked.
	w := window(t, Box, 1, 0.25)
	near(t, "box of a line", Sums(table(5, 0.25, func(t float64) float64 { return 2 * t }), 1, w.Input(tau))[0], 2+1/tau, 1e-12)
}

func TestCovariance(t *testing.T) {
	near(t, "covariance", Covariance([]float64{1, 2, 3}, []float64{2, 4, 9}), 3.5, 1e-12)
	if !math.IsNaN(Covariance([]float64{1}, []float64{1})) || !math.IsNaN(Covariance([]float64{1, 2}, []float64{1})) {
		t.Error("one value, or lists of different length, have a covariance")
	}
}

func TestRefused(t *testing.T) {
	var refused *bnn.InputError
	for _, length := range []float64{0, -1, 0.05, 0.15, math.NaN(), math.Inf(1)} {
		if _, err := Box(length, 0.1); !errors.As(err, &refused) {
			t.Errorf("a length of %g: %v", length, err)
		}
	}
	if _, err := Hann(1, 0); !errors.As(err, &refused) {
		t.Errorf("no step: %v", err)
	}
	if s := Sums([][]float64{{1}, {2}}, 1, []float64{1, 1}); s != nil {
		t.Errorf("a column that is not there has the sums %v", s)
	}
}

// Of a membrane that hears white noise the spectrum gives the variance of what it hears in a box, the length; and of the potential's
// integral the textbook formula.
func TestVarianceFromSpectrum(t *testing.T) {
	const tau, length, step = 0.7, 2, 0.01
	var omega, spectrum []float64
	for w := 0.0; w <= math.Pi/step; w += 0.05 {
		omega, spectrum = append(omega, w), append(spectrum, 1/(w*w+1/(tau*tau)))
	}
	w := window(t, Box, length, step)
	variance := func(weights []float64) float64 {
		v, err := Variance(weights, step, omega, spectrum)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	near(t, "variance of the input", variance(w.Input(tau)), length, 0.02)
	near(t, "variance of the integral", variance(w.Integral()), tau*tau*(length-tau*(1-math.Exp(-length/tau))), 1e-4)
	var refused *bnn.InputError
	if _, err := Variance(w.Integral(), step, []float64{1, 1}, []float64{1, 1}); !errors.As(err, &refused) {
		t.Errorf("frequencies that do not increase: %v", err)
	}
	if _, err := Variance(w.Integral(), step, omega, nil); !errors.As(err, &refused) {
		t.Errorf("no spectrum: %v", err)
	}
}

// What neurons have in common is not private to them, and what is, is counted without bias.
func TestPrivate(t *testing.T) {
	states := make([][][]float64, 5)
	for k := range states {
		common := 10 * float64(k*k)
		states[k] = [][]float64{{common + 1, common + 2, common + 3}}
	}
	w := window(t, Box, 1, 0.5)
	near(t, "private part", Private(states, 0, func(v float64) float64 { return 2 * v }, w.Integral()), 4, 1e-9)
	for _, population := range []int{-1, 1} {
		if !math.IsNaN(Private(states, population, math.Abs, w.Integral())) {
			t.Errorf("population %d has a private part", population)
		}
	}
	if !math.IsNaN(Private(states[:2], 0, math.Abs, w.Integral())) {
		t.Error("no window has a private part")
	}
}

// Of a shared source, what is left of the input to the average neuron falls like n^{-1/2} in a window with edges, and like 1/n in one
// without.
func TestCommonInputFalls(t *testing.T) {
	network, err := bnn.ReadNetwork("../../data/networks/classics/correlated-states.json")
	if err != nil {
		t.Fatal(err)
	}
	variance := func(n int, of func(length, step float64) (Window, error)) float64 {
		v, err := InputVariance(context.Background(), network, n, 0, window(t, of, 1, 1/math.Ceil(2*math.Sqrt(float64(n)))))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	near(t, "exponent with edges", math.Log(variance(100000, Box)/variance(10000, Box))/math.Log(10), -0.5, 0.04)
	near(t, "exponent without", math.Log(variance(100000, Hann)/variance(10000, Hann))/math.Log(10), -1, 0.1)
	var refused *bnn.InputError
	if _, err := InputVariance(context.Background(), network, 100, 2, window(t, Box, 1, 0.1)); !errors.As(err, &refused) {
		t.Errorf("a population that there is not: %v", err)
	}
	if _, err := InputVariance(context.Background(), network, 100, 0, Window{}); !errors.As(err, &refused) {
		t.Errorf("no window: %v", err)
	}
}
