package theory

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// mimic is a rate that has nothing but the values of another one; rising tells that it rises.
type mimic struct{ of bnn.Rate }

func (r mimic) At(v float64) float64 { return r.of.At(v) }
func (r mimic) Bound() float64       { return r.of.Bound() }
func (r mimic) Key() string          { return "mimics " + r.of.Key() }

type rising struct{ mimic }

func (rising) Increasing() bool { return true }

// changed returns a network with other rates.
func changed(network *bnn.Network, rate func(of bnn.Rate) bnn.Rate) *bnn.Network {
	other := network.Clone()
	for a := range other.Populations {
		other.Populations[a].Rate = rate(other.Populations[a].Rate)
	}
	return other
}

func mimicked(of bnn.Rate) bnn.Rate { return mimic{of} }

// farthest is the largest distance of means, variances and rates.
func farthest(a, b *bnn.Trajectory) float64 {
	distance := 0.0
	for i, table := range a.Tables() {
		for row := range table {
			distance = math.Max(distance, networktest.DistanceOf(table[row], b.Tables()[i][row]))
		}
	}
	return distance
}

// A rate that mimics a built-in one has the same limit and the same finite-n equations, to 1e-9.
func TestOwnRateHasTheSolutionsOfWhatItMimics(t *testing.T) {
	verification.Long(t)
	times := bnn.Every(0.25, 3)
	for _, name := range []string{"abstract", "steep", "feedforward", "two-timescales", "dense"} {
		network := networktest.ReadNetwork(t, name)
		limit := bnn.Must(Limit(t.Context(), network, times))
		if got, err := Limit(t.Context(), changed(network, mimicked), times); err != nil || farthest(got, limit) > 1e-9 {
			t.Errorf("%s: %v, off by %g", name, err, farthest(got, limit))
		}
		finite := bnn.Must(FiniteSize(t.Context(), network, 300, times))
		if got, err := FiniteSize(t.Context(), changed(network, mimicked), 300, times); err != nil || farthest(got, finite) > 1e-8 {
			t.Errorf("%s, n = 300: %v, off by %g", name, err, farthest(got, finite))
		}
	}
}

// The states of a rate that is only known by its values are found from many points, and along
// the line of rates if it tells that it rises; a table has nearly the same ones.
func TestStationaryStatesOfOwnRates(t *testing.T) {
	verification.Long(t)
	for _, name := range []string{"tipping", "abstract", "feedforward"} {
		network := networktest.ReadNetwork(t, name)
		want := bnn.Must(StationaryStates(t.Context(), network))
		for what, c := range map[string]struct {
			rate func(bnn.Rate) bnn.Rate
			near float64
		}{
			"mimics":       {mimicked, 1e-7},
			"rising mimic": {func(of bnn.Rate) bnn.Rate { return rising{mimic{of}} }, 1e-7},
			"tables":       {func(of bnn.Rate) bnn.Rate { return bnn.Must(bnn.Tabulate(of, -6, 6, 121)) }, 5e-3},
		} {
			got, err := StationaryStates(t.Context(), changed(network, c.rate))
			if err != nil || len(got) != len(want) {
				t.Errorf("%s, %s: %d states, %v, want %d", name, what, len(got), err, len(want))
				continue
			}
			for i, state := range got {
				if networktest.DistanceOf(state.Mean, want[i].Mean) > c.near || math.Abs(state.SlowStability-want[i].SlowStability) > 100*c.near {
					t.Errorf("%s, %s: %+v, want %+v", name, what, state, want[i])
				}
			}
		}
	}
}

// Potentials may have to be where a rate changes, far from those of the start.
func TestStatesOfARateThatChangesFarAway(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	for a := range network.Populations {
		rate := network.Populations[a].Rate.(bnn.Logistic)
		rate.Threshold = 60
		network.Populations[a].Rate = rate
	}
	want := bnn.Must(StationaryStates(t.Context(), network))
	got, err := StationaryStates(t.Context(), changed(network, mimicked))
	if err != nil || len(want) != 1 || len(got) != 1 || networktest.DistanceOf(got[0].Mean, want[0].Mean) > 1e-7 {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

// hump rises and falls again.
type hump struct{ width float64 }

func (h hump) At(v float64) float64 { return math.Exp(-v * v / (2 * h.width * h.width)) }
func (hump) Bound() float64         { return 1 }
func (h hump) Key() string          { return fmt.Sprint("hump of width ", h.width) }

// Under a Gaussian potential a hump of width w is one of √(w²+K), lower by w/√(w²+K). Balance of
// full rank demands rates, and each is had at two means: four states, in closed form.
func TestStatesOfRatesThatFall(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	rates := bnn.Must(StationaryStates(t.Context(), network))[0].Rate
	variance := bnn.Must(StationaryStates(t.Context(), network))[0].Variance
	network.Populations[0].Rate, network.Populations[1].Rate = scaled{hump{0.8}, 2}, scaled{hump{1.2}, 3}
	states, err := StationaryStates(t.Context(), network)
	if err != nil || len(states) != 4 {
		t.Fatalf("%d states, %v", len(states), err)
	}
	for _, state := range states {
		for a, h := range []scaled{{hump{0.8}, 2}, {hump{1.2}, 3}} {
			square := h.width*h.width + variance[a]
			want := math.Sqrt(2 * square * math.Log(h.factor*h.width/math.Sqrt(square)/rates[a]))
			if math.Abs(math.Abs(state.Mean[a])-want) > 1e-8 || math.Abs(state.Variance[a]-variance[a]) > 1e-8 {
				t.Errorf("mean %.10g, variance %.10g, want ±%.10g, %.10g", state.Mean[a], state.Variance[a], want, variance[a])
			}
		}
	}
	// Where all fall, an inhibitory loop excites: the limit from there is none.
	start := network.Clone()
	start.Initial = bnn.Initial{Mean: states[0].Mean, Variance: states[0].Variance}
	if _, err := Limit(t.Context(), start, []float64{1}); err == nil && states[0].Stability > 0 {
		t.Error("a state that is not stable was taken for balanced")
	}
}

// scaled is a hump times a factor.
type scaled struct {
	hump
	factor float64
}

func (s scaled) At(v float64) float64 { return s.factor * s.hump.At(v) }
func (s scaled) Bound() float64       { return s.factor }
func (s scaled) Key() string          { return fmt.Sprint(s.factor, " times ", s.hump.Key()) }

// Power rates and tables go through all that asks for a network.
func TestPowerAndTableRatesEverywhere(t *testing.T) {
	verification.Long(t)
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Rate = bnn.PowerRate{Max: 8, Gain: 0.7, Exponent: 1, Threshold: -0.5}
	network.Populations[1].Rate = bnn.Must(bnn.NewTableRate([]float64{-2, 0, 1, 2, 3, 6}, []float64{0.01, 0.3, 2, 4, 7, 9}))
	times := bnn.Every(0.5, 2)
	limit, err := Limit(t.Context(), network, times)
	if err != nil {
		t.Fatal(err)
	}
	at := func(n int) float64 { return farthest(limit, bnn.Must(FiniteSize(t.Context(), network, n, times))) }
	if few, many := at(400), at(40_000); !(many < few/8 && many < 0.05) {
		t.Errorf("finite n is off by %g at n = 400 and by %g at n = 40,000", few, many)
	}
	states, err := StationaryStates(t.Context(), network)
	if err != nil || len(states) == 0 {
		t.Fatalf("%d states, %v", len(states), err)
	}
	end := bnn.Must(Limit(t.Context(), network, []float64{60}))
	if networktest.DistanceOf(end.Mean[0], states[0].Mean) > 1e-7 {
		t.Errorf("the limit ends at %g, the states are %+v", end.Mean[0], states)
	}
	diagram, err := Branches(t.Context(), network, "weights[*][1]", -1, -1.5)
	if err != nil || len(diagram.Branches) == 0 {
		t.Errorf("%+v, %v", diagram, err)
	}
	if course, err := FindRegime(t.Context(), network, 2); err != nil || course.Regime != RegimeBalanced {
		t.Errorf("%+v, %v", course, err)
	}
	noise := bnn.Must(SamplingNoiseLimit(t.Context(), network, []float64{1e-3}))[0]
	start := bnn.Must(SamplingNoiseAtStart(t.Context(), network, 0, limit.Mean[0], limit.Variance[0]))
	for a := range noise {
		if networktest.DistanceOf(noise[a], start[a]) > 0.02*start[a][a] {
			t.Errorf("sampling noise %g, in closed form %g", noise[a], start[a])
		}
	}
}

// What no rate can balance is told so of own rates too.
func TestOwnRatesThatCannotBalance(t *testing.T) {
	network := changed(networktest.ReadNetwork(t, "feedforward"), mimicked)
	network.Feedforward[0].Weights = []float64{0.2, 0.5}
	_, err := Limit(t.Context(), network, []float64{1})
	var refused *NotBalancedError
	if !errors.As(err, &refused) || !strings.Contains(refused.Reason, "needs E to fire at rate -0.9143") {
		t.Error(err)
	}
	silent := networktest.ReadNetwork(t, "silent")
	silent.Initial.OnManifold = true
	if _, err := Limit(t.Context(), changed(silent, mimicked), []float64{1}); !errors.As(err, &refused) || refused.Fate != Silent {
		t.Error(err)
	}
}

func BenchmarkLimitBuiltInRate(b *testing.B) {
	benchmarkLimit(b, networktest.ReadNetwork(b, "abstract"))
}

func BenchmarkLimitOwnRate(b *testing.B) {
	benchmarkLimit(b, changed(networktest.ReadNetwork(b, "abstract"), mimicked))
}

func benchmarkLimit(b *testing.B, network *bnn.Network) {
	for b.Loop() {
		bnn.Must(Limit(b.Context(), network, []float64{3}))
	}
}
