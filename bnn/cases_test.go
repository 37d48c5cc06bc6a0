package bnn

import (
	"context"
	"errors"
	"math"
	"testing"
)

// A population that nothing drives has the variance e^{−200t}, in every row ≥ 0.
func TestVarianceIsNeverNegative(t *testing.T) {
	network := readCase(t, "negative-variance")
	for _, times := range [][]float64{Every(0.5, 40), Every(0.003, 1.2)} {
		for name, got := range map[string]*Trajectory{
			"limit": Must(Limit(context.Background(), network, times)), "n = 100": Must(FiniteSize(context.Background(), network, 100, times)),
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
	network := readCase(t, "sine-short-period")
	got, steps, err := finiteSize(context.Background(), network, 10, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range []float64{0.0406005852, -0.00367875177} {
		if math.Abs(got.Mean[0][a]-want) > 1e-10 {
			t.Errorf("period 1e-4: mean %.12g, want %.12g", got.Mean[0][a], want)
		}
	}
	if steps > 1000 {
		t.Errorf("%d steps for constant rates", steps)
	}
	slow := Must(FiniteSize(context.Background(), readCase(t, "sine-accuracy"), 1000, []float64{1}))
	if want := 0.349487395216; math.Abs(slow.Mean[0][0]-want) > 1e-11 {
		t.Errorf("period 1e-3: mean %.12g, want %.12g", slow.Mean[0][0], want)
	}
	var input *InputError
	if _, err := FiniteSize(context.Background(), network, 10, []float64{1e300}); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("1e304 periods: %v", err)
	}
	rest := Must(FiniteSize(context.Background(), readNetwork(t, "abstract"), 200, []float64{1e4, 1e300}))
	if distanceOf(rest.Mean[0], rest.Mean[1]) > 1e-9 {
		t.Errorf("at rest the means go from %g to %g", rest.Mean[0], rest.Mean[1])
	}
}

// Rates far steeper than the spread of the potentials at the start. Exact replicas have the
// mean 636 ± 4 at t = 0.4, some of them silent, which the equations are not; the means of
// those that run away are 684.65 in closed form, the rate being 500 from the start on but for
// a time of order 1e-5.
func TestSteepRatesFromZeroVariance(t *testing.T) {
	network := readCase(t, "steep-from-zero-variance")
	finite := Must(FiniteSize(context.Background(), network, 20, []float64{0.4}))
	saturated := (math.Sqrt(20)*500*19/20-50)*-math.Expm1(-0.4) + 100*(math.Exp(-0.09)-math.Exp(-0.1))
	if math.Abs(finite.Mean[0][0]-saturated) > 0.2 || finite.Rate[0][0] != 500 {
		t.Errorf("mean %g and rate %g, want %g and 500", finite.Mean[0][0], finite.Rate[0][0], saturated)
	}
	leap := Must(Ensemble{Network: network, N: 20, Replicas: 40, Seed: 5, Method: Leap{}}.Run(context.Background(), []float64{0.4}))
	if z := (leap.Mean[0][0] - 636) / math.Hypot(4, leap.StandardError.Mean[0][0]); math.Abs(z) > falseAlarmZ {
		t.Errorf("the leap gives %g, %.1f standard errors from exact replicas", leap.Mean[0][0], z)
	}
}

// The leap chooses its step where FiniteSize gives up: by its own halved steps.
func TestLeapStepWithoutReference(t *testing.T) {
	network := readNetwork(t, "abstract")
	network.Populations[0].Stimulus = Sine{Amplitude: 1, Period: 1e-7}
	plan, err := newPlan(context.Background(), network, 1000, []float64{0.4, 1})
	if err != nil {
		t.Fatal(err)
	}
	step, err := leapStep(context.Background(), plan, 1e-3)
	if err != nil {
		t.Fatal(err)
	}
	network.Populations[0].Stimulus = nil // whose means are the same within 1e-7
	plain, err := newPlan(context.Background(), network, 1000, []float64{0.4, 1})
	if err != nil {
		t.Fatal(err)
	}
	want, err := leapStep(context.Background(), plain, 1e-3)
	if err != nil {
		t.Fatal(err)
	}
	if ratio := step / want; ratio < 0.5 || ratio > 2 {
		t.Errorf("step %g by halving, %g against the equations", step, want)
	}
}
