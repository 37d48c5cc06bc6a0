package figure

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// ofPairs is a matrix of the same number for all pairs of populations.
func ofPairs[T any](populations int, value T) [][]T {
	return slices.Repeat([][]T{slices.Repeat([]T{value}, populations)}, populations)
}

func TestSpectrumFigure(t *testing.T) {
	s := &theory.CrossSpectrum{Populations: []string{"E", "I"}, Omega: []float64{10, 0, 0.1, -1, 1}}
	for _, omega := range s.Omega {
		s.Mean = append(s.Mean, ofPairs(2, complex(1, 1)/complex(1+omega*omega, 0)))
		s.Rate = append(s.Rate, ofPairs(2, complex(0, 0))) // rates that are constant
	}
	drawn, err := Spectrum(s)
	if err != nil {
		t.Fatal(err)
	}
	checkDrawn(t, drawn, "E and I", "n · spectrum of rates", "10")
	for _, omega := range [][]float64{{1}, {1, 0, -2}} {
		few := &theory.CrossSpectrum{Populations: s.Populations, Omega: omega, Mean: s.Mean[:len(omega)], Rate: s.Rate[:len(omega)]}
		refused(t, "omega", func() (*Figure, error) { return Spectrum(few) })
	}
	refused(t, "populations", func() (*Figure, error) { return Spectrum(&theory.CrossSpectrum{Populations: make([]string, 7)}) })
}

func TestCovariancesFigure(t *testing.T) {
	for populations, names := range map[int][]string{2: {"b and a", "a and b"}, 3: {"two populations"}} {
		c := &theory.Covariances{Populations: []string{"a", "b", "c"}[:populations], Lags: []float64{1, -1, 0}}
		for _, lag := range c.Lags {
			c.Mean = append(c.Mean, ofPairs(populations, math.Exp(-math.Abs(lag))))
			c.Rate = append(c.Rate, ofPairs(populations, -lag))
		}
		drawn, err := Covariances(c)
		if err != nil {
			t.Fatal(err)
		}
		checkDrawn(t, drawn, append(names, "lag (synaptic time constants)")...)
		c.Lags = c.Lags[:1]
		refused(t, "lags", func() (*Figure, error) { return Covariances(c) })
	}
	refused(t, "populations", func() (*Figure, error) { return Covariances(&theory.Covariances{Populations: make([]string, 7)}) })
}

// Curves are in the order of their axis, pairs after populations, each pair its own number.
func TestNoisePanels(t *testing.T) {
	panels := noisePanels([]string{"E", "I"}, true, func(quantity, a, b int) (x, y []float64) {
		return []float64{0}, []float64{float64(100*quantity + 10*a + b)}
	})
	for quantity, want := range [][]float64{{0, 11, 1, 10}, {100, 111, 101, 110}} {
		var got []float64
		for _, line := range panels[quantity].Lines {
			got = append(got, line.Y[0])
		}
		if !slices.Equal(got, want) {
			t.Errorf("panel %d has %g, want %g", quantity, got, want)
		}
	}
	lines := []Line{{Y: []float64{1, 1e-10, 0}}, {Y: []float64{1e-8, 1, 1}}}
	if !cutBelow(lines) || lines[0].Y[0] != 1 || !math.IsNaN(lines[0].Y[1]) || !math.IsNaN(lines[0].Y[2]) || lines[1].Y[0] != 1e-8 {
		t.Errorf("cut to %v", lines)
	}
	if cutBelow([]Line{{Y: []float64{1e-30}}}) {
		t.Error("rounding is left")
	}
}

// checkDrawn looks for texts in a picture that is the same twice.
func checkDrawn(t *testing.T, drawn *Figure, texts ...string) {
	t.Helper()
	svg, err := drawn.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if !strings.Contains(string(svg), text) {
			t.Errorf("no %q in the picture", text)
		}
	}
	if again, _ := drawn.SVG(); !bytes.Equal(svg, again) {
		t.Error("the same figure has other bytes")
	}
}

func refused(t *testing.T, path string, draw func() (*Figure, error)) {
	t.Helper()
	var input *bnn.InputError
	if _, err := draw(); !errors.As(err, &input) || input.Path != path {
		t.Errorf("%v, want an error about %s", err, path)
	}
}
