package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// Rates far steeper than the spread of the potentials at the start. Exact replicas have the
// mean 636 ± 4 at t = 0.4, some of them silent, which the equations are not; the means of
// those that run away are 684.65 in closed form, the rate being 500 from the start on but for
// a time of order 1e-5.
func TestSteepRatesFromZeroVariance(t *testing.T) {
	verification.Long(t)
	network := networktest.ReadCase(t, "steep-from-zero-variance")
	finite := bnn.Must(theory.FiniteSize(context.Background(), network, 20, []float64{0.4}))
	saturated := (math.Sqrt(20)*500*19/20-50)*-math.Expm1(-0.4) + 100*(math.Exp(-0.09)-math.Exp(-0.1))
	if math.Abs(finite.Mean[0][0]-saturated) > 0.2 || finite.Rate[0][0] != 500 {
		t.Errorf("mean %g and rate %g, want %g and 500", finite.Mean[0][0], finite.Rate[0][0], saturated)
	}
	leap := bnn.Must(Ensemble{Network: network, N: 20, Replicas: 40, Seed: 5, Method: Leap{}}.Run(context.Background(), []float64{0.4}))
	if z := (leap.Mean[0][0] - 636) / math.Hypot(4, leap.StandardError.Mean[0][0]); math.Abs(z) > networktest.FalseAlarmZ {
		t.Errorf("the leap gives %g, %.1f standard errors from exact replicas", leap.Mean[0][0], z)
	}
}

// The leap chooses its step where FiniteSize gives up: by its own halved steps.
func TestLeapStepWithoutReference(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Stimulus = bnn.Sine{Amplitude: 1, Period: 1e-7}
	plan, err := newPlan(context.Background(), network, 1000, []float64{0.4, 1})
	if err != nil {
		t.Fatal(err)
	}
	step, _, err := leapStep(context.Background(), plan, 1e-3)
	if err != nil {
		t.Fatal(err)
	}
	network.Populations[0].Stimulus = nil // whose means are the same within 1e-7
	plain, err := newPlan(context.Background(), network, 1000, []float64{0.4, 1})
	if err != nil {
		t.Fatal(err)
	}
	want, _, err := leapStep(context.Background(), plain, 1e-3)
	if err != nil {
		t.Fatal(err)
	}
	if ratio := step / want; ratio < 0.5 || ratio > 2 {
		t.Errorf("step %g by halving, %g against the equations", step, want)
	}
}
