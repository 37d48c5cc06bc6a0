package theory

import (
	"errors"
	"math"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Means and variances with a shared source, as another implementation solves for them: the limit,
// and the finite-n equations with V.
func TestSharedSourceAgainstReference(t *testing.T) {
	network := networktest.Baker()
	near := func(what string, got *bnn.Trajectory, want ...float64) {
		t.Helper()
		if d := math.Max(networktest.DistanceOf(got.Mean[0], want[:2]), networktest.DistanceOf(got.Variance[0], want[2:])); d > 1e-9 {
			t.Errorf("%s: means %.12g and variances %.12g, want %.12g", what, got.Mean[0], got.Variance[0], want)
		}
	}
	rest := []float64{60}
	near("limit", bnn.Must(Limit(t.Context(), network, rest)), -0.587577167157, 0.363838687935, 1.48764705882, 5.14985294118)
	near("n = 500", bnn.Must(FiniteSize(t.Context(), network, 500, rest)), -0.607185453888, 0.405536714703, 1.5352008185, 6.19495897101)
	near("n = 2000", bnn.Must(FiniteSize(t.Context(), network, 2000, rest)), -0.594538336968, 0.383513792224, 1.51350678943, 5.66923318174)
	state := bnn.Must(StationaryStates(t.Context(), network))
	if len(state) != 1 || math.Abs(state[0].Mean[0]+0.587577167157) > 1e-9 {
		t.Errorf("%+v", state)
	}
	// Simulated by another program, with standard errors: what is not heard at once is far off.
	finite, private := bnn.Must(FiniteSize(t.Context(), network, 500, rest)), networktest.Baker()
	private.Feedforward[0].Shared = false
	wrong := bnn.Must(FiniteSize(t.Context(), private, 500, rest))
	for a, s := range []struct{ value, err float64 }{{1.5367, 0.005}, {6.19134, 0.027}} {
		if z := math.Abs(finite.Variance[0][a]-s.value) / s.err; z > 4 {
			t.Errorf("variance %g, simulated %g ± %g", finite.Variance[0][a], s.value, s.err)
		}
		if z := math.Abs(wrong.Variance[0][a]-s.value) / s.err; z < 8 {
			t.Errorf("a private source has the variance %g, simulated %g ± %g", wrong.Variance[0][a], s.value, s.err)
		}
	}
}

// A shared source that nobody hears changes nothing, and one that is heard nothing of the means in
// the limit but by the variances.
func TestSharedSourceOfNoWeight(t *testing.T) {
	times := bnn.Every(0.25, 2)
	network := networktest.ReadNetwork(t, "feedforward")
	more := network.Clone()
	more.Feedforward = append(more.Feedforward, bnn.Source{Name: "Y", Size: 1, Shared: true, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{0, 0}})
	if d := farthest(bnn.Must(Limit(t.Context(), network, times)), bnn.Must(Limit(t.Context(), more, times))); d != 0 {
		t.Errorf("the limits differ by %g", d)
	}
	if d := farthest(bnn.Must(FiniteSize(t.Context(), network, 300, times)), bnn.Must(FiniteSize(t.Context(), more, 300, times))); d > 1e-9 {
		t.Errorf("the finite-n equations differ by %g", d)
	}
	// Of full rank rates are clamped by the drive, shared or not.
	shared := network.Clone()
	shared.Feedforward[0].Shared = true
	for row, rate := range bnn.Must(Limit(t.Context(), shared, times)).Rate {
		if networktest.DistanceOf(rate, bnn.Must(Limit(t.Context(), network, times)).Rate[row]) > 1e-10 {
			t.Errorf("rates %g", rate)
		}
	}
}

// The common variance decays like n^{-1/2}: finite n tends to the limit.
func TestSharedSourcesConverge(t *testing.T) {
	times := bnn.Every(0.5, 3)
	limit := bnn.Must(Limit(t.Context(), networktest.Baker(), times))
	off := func(n int) float64 {
		return farthest(limit, bnn.Must(FiniteSize(t.Context(), networktest.Baker(), n, times)))
	}
	if ratio := off(100_000_000) / off(400_000_000); ratio < 1.9 || ratio > 2.1 {
		t.Errorf("the distance falls by %g where n grows by 4", ratio)
	}
}

// A component that no inhibition cancels makes the limit random, and is refused by name.
func TestSharedSourceOutsideOfTheRange(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract") // of rank 1, along (1, 1)
	network.Feedforward = []bnn.Source{
		{Name: "X", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.1}, Weights: []float64{0.2, 0.2}, Shared: true},
		{Name: "Y", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.1}, Weights: []float64{0.1, -0.1}, Shared: true},
		{Name: "Z", Size: 1, Rate: bnn.ConstantStimulus{Value: 0.1}, Weights: []float64{-0.1, 0.1}},
	}
	for what, err := range map[string]error{
		"Limit":            second(Limit(t.Context(), network, []float64{1})),
		"FiniteSize":       second(FiniteSize(t.Context(), network, 100, []float64{1})),
		"FindRegime":       second(FindRegime(t.Context(), network, 1)),
		"StationaryStates": second(StationaryStates(t.Context(), network)),
		"Branches":         second(Branches(t.Context(), network, "weights[*][1]", -1, -2)),
	} {
		var input *bnn.InputError
		if !errors.As(err, &input) || input.Path != "feedforward[1].shared" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Start(t.Context(), network); err != nil {
		t.Errorf("the means of the start need no such range: %v", err)
	}
	network.Feedforward = network.Feedforward[:1]
	if _, err := Limit(t.Context(), network, []float64{1}); err != nil {
		t.Error(err)
	}
	var input *bnn.InputError
	for _, err := range []error{second(SamplingNoise(t.Context(), network, 100, []float64{1})), second(SamplingNoiseLimit(t.Context(), network, []float64{1})),
		second(SamplingNoiseAtStart(t.Context(), network, 0, []float64{0, 0}, []float64{1, 1}))} {
		if !errors.As(err, &input) || input.Path != "feedforward[0].shared" {
			t.Error(err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// A branch of finite n has the states that the equations come to rest in.
func TestFiniteBranchesOfWiderNetworks(t *testing.T) {
	verification.Long(t)
	spread := networktest.ReadNetwork(t, "abstract")
	spread.Populations[0].Spread, spread.Populations[1].Spread = 0.8, 0.6
	for name, network := range map[string]*bnn.Network{"shared": networktest.Baker(), "spread": spread} {
		diagram, err := FiniteSizeBranches(t.Context(), network, 500, "populations[1].rate.slope", 2, 3)
		if err != nil || len(diagram.Branches) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		points := diagram.Branches[0].Points
		last := points[len(points)-1]
		at := network.Clone()
		if err := at.Set("populations[1].rate.slope", last.Value); err != nil {
			t.Fatal(err)
		}
		rest := bnn.Must(FiniteSize(t.Context(), at, 500, []float64{80}))
		if !last.Stable || networktest.DistanceOf(last.Mean, rest.Mean[0]) > 1e-8 || networktest.DistanceOf(last.Variance, rest.Variance[0]) > 1e-8 ||
			!reflect.DeepEqual(len(last.Third), 2) || networktest.DistanceOf(last.Third, rest.Third[0]) > 1e-8 {
			t.Errorf("%s: the branch ends at %+v, the equations rest at %g, %g, %g", name, last, rest.Mean[0], rest.Variance[0], rest.Third[0])
		}
	}
	var input *bnn.InputError
	if _, err := FiniteSizeBranches(t.Context(), spread, 500, "populations[1].spread", 0, 1); !errors.As(err, &input) || input.Path != "path" {
		t.Error(err)
	}
}
