package theory

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// A population that nothing drives has the variance e^{−200t}, in every row ≥ 0.
func TestVarianceIsNeverNegative(t *testing.T) {
	network := networktest.ReadCase(t, "negative-variance")
	for _, times := range [][]float64{bnn.Every(0.5, 40), bnn.Every(0.003, 1.2)} {
		for name, got := range map[string]*bnn.Trajectory{
			"limit": bnn.Must(Limit(context.Background(), network, times)), "n = 100": bnn.Must(FiniteSize(context.Background(), network, 100, times)),
		} {
			for row, at := range times {
				if k := got.Variance[row][0]; !(k >= 0) || math.Abs(k-math.Exp(-200*at)) > 1e-11 {
					t.Errorf("%s: variance %g at t = %g, want %g", name, k, at, math.Exp(-200*at))
				}
			}
		}
	}
}

// Sines faster than the potentials forget, in closed form; their steps are few.
func TestFiniteSizeFastSines(t *testing.T) {
	network := networktest.ReadCase(t, "sine-short-period")
	got, err := FiniteSize(context.Background(), network, 10, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range []float64{0.0406005852, -0.00367875177} {
		if math.Abs(got.Mean[0][a]-want) > 1e-10 {
			t.Errorf("period 1e-4: mean %.12g, want %.12g", got.Mean[0][a], want)
		}
	}
	if got.Stats.Steps > 1000 {
		t.Errorf("%d steps for constant rates", got.Stats.Steps)
	}
	slow := bnn.Must(FiniteSize(context.Background(), networktest.ReadCase(t, "sine-accuracy"), 1000, []float64{1}))
	if want := 0.349487395216; math.Abs(slow.Mean[0][0]-want) > 1e-11 {
		t.Errorf("period 1e-3: mean %.12g, want %.12g", slow.Mean[0][0], want)
	}
	var input *bnn.InputError
	if _, err := FiniteSize(context.Background(), network, 10, []float64{1e300}); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("1e304 periods: %v", err)
	}
	rest := bnn.Must(FiniteSize(context.Background(), networktest.ReadNetwork(t, "abstract"), 200, []float64{1e4, 1e300}))
	if networktest.DistanceOf(rest.Mean[0], rest.Mean[1]) > 1e-9 {
		t.Errorf("at rest the means go from %g to %g", rest.Mean[0], rest.Mean[1])
	}
}
