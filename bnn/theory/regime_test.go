package theory

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// courseOf is the course of a network, with a state that belongs together.
func courseOf(t *testing.T, network *bnn.Network, to float64) *Course {
	t.Helper()
	course, err := FindRegime(t.Context(), network, to)
	if err != nil {
		t.Fatalf("%s: %v", network.Name, err)
	}
	if course.Why == "" {
		t.Errorf("%s: %s without a reason", network.Name, course.Regime)
	}
	for a, population := range network.Populations {
		if rate := population.Expectation(course.Mean[a], course.Variance[a]).Value; math.Abs(rate-course.Rate[a]) > 1e-14 {
			t.Errorf("%s: rate %g at a state of rate %g", network.Name, course.Rate[a], rate)
		}
	}
	return course
}

// Networks whose fates are known, from this page's other tests and an independent implementation.
func TestRegimes(t *testing.T) {
	outside := networktest.ReadNetwork(t, "abstract")
	outside.Feedforward = []bnn.Source{{Name: "X", Size: 1, Rate: bnn.Pulse{Amplitude: 1, Start: 0.5, Duration: 1}, Weights: []float64{1, 0}}}
	impossible := networktest.ReadNetwork(t, "feedforward")
	impossible.Feedforward[0].Rate = bnn.ConstantStimulus{Value: 1}
	impossible.Feedforward[0].Weights = []float64{0.5, 0.6}
	runaway := folding()
	runaway.Populations[0].Rate = bnn.Logistic{Max: 5, Slope: 4, Threshold: 0}
	for _, c := range []struct {
		network *bnn.Network
		want    Regime
		time    float64
		why     string
	}{
		{networktest.ReadNetwork(t, "abstract"), RegimeBalanced, 4, "up to t = 4"},
		{networktest.ReadNetwork(t, "tipping"), RegimeBalanced, 4, "up to t = 4"},
		{networktest.ReadNetwork(t, "oscillations/slow-hopf"), RegimeBalanced, 4, "up to t = 4"},
		{networktest.ReadNetwork(t, "silent"), RegimeSilent, 0, "the rates die out"},
		{runaway, RegimeRunaway, 0, "excitation wins"},
		{folding(), RegimeFold, 0.3121850823, "leaves it (silent): inhibition wins"},
		{networktest.LosesBalance(t, "fast-hopf"), RegimeOscillation, 3.25602774707, "angular frequency √n · 0.431754354"},
		{networktest.LosesBalance(t, "fast-hopf-start"), RegimeRunaway, 0, "growth √n · 0.134851366"},
		{networktest.LosesBalance(t, "fast-hopf-start-cycle"), RegimeOscillation, 0, "a cycle of angular frequency √n · 0.2421"},
		{networktest.LosesBalance(t, "jump-far"), RegimeOscillation, 1.3, "a cycle"},
		{outside, RegimeNone, 0.5, "outside the range"},
		{impossible, RegimeNone, 0, "needs E to fire at rate -0.4286"},
	} {
		course := courseOf(t, c.network, 4)
		if course.Regime != c.want || math.Abs(course.Time-c.time) > 1e-9 || !strings.Contains(course.Why, c.why) {
			t.Errorf("%s: %+v, want %s at %g: %s", c.network.Name, course, c.want, c.time, c.why)
		}
	}
}

// The state is that of the limit, or of its error.
func TestRegimeStates(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	limit := bnn.Must(Limit(t.Context(), network, []float64{0, 3}))
	course := courseOf(t, network, 3)
	if networktest.DistanceOf(course.Mean, limit.Mean[1]) > 1e-12 || course.Stability != limit.Stability[1] || !(course.Frequency > 0) {
		t.Errorf("%+v, the limit ends at %g with stability %g", course, limit.Mean[1], limit.Stability[1])
	}
	network = networktest.LosesBalance(t, "fast-hopf")
	_, lost := lossOf(t, network, []float64{5})
	course = courseOf(t, network, 5)
	if networktest.DistanceOf(course.Mean, lost.Mean)+networktest.DistanceOf(course.Variance, lost.Variance) > 1e-12 || course.Frequency != lost.Frequency {
		t.Errorf("%+v, the limit ends with %+v", course, lost)
	}
}

// A start on an unstable balance is at a fold already, and chance decides where it goes.
func TestRegimeOfATippingPoint(t *testing.T) {
	network := folding()
	network.Populations[0].Stimulus = bnn.ConstantStimulus{Value: 0.5}
	tipping := bnn.Must(StationaryStates(t.Context(), network))[1]
	network.Initial = bnn.Initial{Mean: tipping.Mean, Variance: tipping.Variance}
	if course := courseOf(t, network, 1); course.Regime != RegimeFold || course.Time != 0 || course.Next != "" || !strings.Contains(course.Why, "slightest push") {
		t.Errorf("%+v", course)
	}
}

// fateByHand is what becomes of a network of rank 1 and U ∝ (1, 1), as one would find it
// without FindRegime: from a fold it leaves to the side of the curvature of W F.
func fateByHand(network *bnn.Network, to float64) Regime {
	fast := func(mean, variance []float64) Regime {
		_, err := Project(context.Background(), network, 0, mean, variance)
		var refused *NotBalancedError
		switch {
		case err == nil:
			return RegimeBalanced
		case errors.As(err, &refused) && refused.Mean[0] > mean[0]:
			return RegimeRunaway
		}
		return RegimeSilent
	}
	_, err := Limit(context.Background(), network, []float64{0, to})
	var fold *BalanceLostError
	switch {
	case errors.As(err, &fold):
		curvature := 0.0
		for b, population := range network.Populations {
			curvature += network.Weights[0][b] * population.Expectation(fold.Mean[b], fold.Variance[b]).Second
		}
		step := math.Copysign(0.02, curvature)
		return "fold to " + fast([]float64{fold.Mean[0] + step, fold.Mean[1] + step}, fold.Variance)
	case err != nil:
		return fast(network.Initial.Mean, network.Initial.Variances())
	}
	return RegimeBalanced
}

// A map of two parameters has all four fates in it.
func TestRegimesOfAMap(t *testing.T) {
	verification.Long(t)
	const points = 16
	found := map[Regime]int{}
	for i := range points {
		for j := range points {
			network := onTheMap(t, float64(i)/(points-1), float64(j)/(points-1))
			course := courseOf(t, network, 3)
			regime := course.Regime
			if regime == RegimeFold {
				regime = "fold to " + course.Next
			}
			found[regime]++
			if want := fateByHand(network, 3); regime != want {
				t.Errorf("at %d, %d: %s, by hand %s: %s", i, j, regime, want, course.Why)
			}
		}
	}
	for _, regime := range []Regime{RegimeBalanced, RegimeRunaway, RegimeSilent, "fold to runaway"} {
		if found[regime] < 5 {
			t.Errorf("only %d %s", found[regime], regime)
		}
	}
}

// onTheMap is the network tipping with inhibitory weights from −0.9 to −0.15 and inhibitory
// slopes from 0.5 to 10, as x and y go from 0 to 1.
func onTheMap(t testing.TB, x, y float64) *bnn.Network {
	network := networktest.ReadNetwork(t, "tipping")
	for path, value := range map[string]float64{"weights[*][1]": -0.9 + 0.75*x, "populations[1].rate.slope": 0.5 + 9.5*y} {
		if err := network.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	return network
}

// A network of rank 2 jumps from one balance to another, and goes on from there.
func TestFoldToAnotherBalance(t *testing.T) {
	network := jumping()
	course := courseOf(t, network, 10)
	if course.Regime != RegimeFold || course.Next != RegimeBalanced || !strings.Contains(course.Why, "another balanced state") {
		t.Fatalf("%+v", course)
	}
	m := bnn.Must(manifold.New(t.Context(), network))
	if d := networktest.DistanceOf(course.NextMean, course.Mean); m.Rank != 2 || d < 0.1 {
		t.Errorf("a jump by %g with rank %d", d, m.Rank)
	}
	after := network.Clone()
	after.Initial = bnn.Initial{Mean: course.NextMean, Variance: course.Variance}
	if next := courseOf(t, after, 0); next.Regime != RegimeBalanced || networktest.DistanceOf(next.Mean, course.NextMean) > 1e-9 {
		t.Errorf("%+v", next)
	}
}

// jumping has three populations, of which two have the same weights.
func jumping() *bnn.Network {
	network := &bnn.Network{
		Name: "jumping",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 4.7, Slope: 3.14, Threshold: -1.485}, Stimulus: bnn.ConstantStimulus{Value: -0.576}},
			{Name: "F", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 3.026, Slope: 4.82, Threshold: 1.83}, Stimulus: bnn.ConstantStimulus{Value: -0.622}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 5.57, Slope: 6.19, Threshold: 0.9126}, Stimulus: bnn.ConstantStimulus{Value: 2.79}},
		},
		Weights: [][]float64{{0.106, 0.9, -0.659}, {0.668, 0.858, -0.71}, {0.668, 0.858, -0.71}},
		Initial: bnn.Initial{Mean: []float64{0.007, 0.93, -0.311}, Variance: []float64{0.297, 0.0467, 0.2228}},
	}
	return network
}

func TestRegimeRefusals(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	var input *bnn.InputError
	for _, to := range []float64{-1, math.NaN(), math.Inf(1)} {
		if _, err := FindRegime(t.Context(), network, to); !errors.As(err, &input) || input.Path != "to" {
			t.Errorf("to %g: %v", to, err)
		}
	}
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if _, err := FindRegime(ctx, network, 3); !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
	network.Populations[0].Tau = 0
	if _, err := FindRegime(t.Context(), network, 3); !errors.As(err, &input) || input.Path != "populations[0].tau" {
		t.Errorf("%v", err)
	}
}
