//go:build !js

package sweep

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/bnn/theory"
)

// measured is what measures find at one network, by column.
func measured(t testing.TB, network *bnn.Network, kept *store.Store, measures ...Measure) map[string]any {
	t.Helper()
	s := &Sweep{Design: Grid(network, Values("populations[0].tau", network.Populations[0].Tau)), Measures: measures, Store: kept}
	s.Seed = 3
	var row []any
	if err := json.Unmarshal([]byte(rows(t, s)[0]), &row); err != nil {
		t.Fatal(err)
	}
	found := map[string]any{}
	for i, name := range strings.Split(names(t, s), ",") {
		found[name] = row[i]
	}
	return found
}

// Limit, finite-n equations and replicas are what the packages find by themselves.
func TestMeasuredMoments(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	kept := store.At(t.TempDir())
	found := measured(t, network, kept, Limit(1), Finite(40, 1), Simulation(40, 5, 1, nil))
	limit := bnn.Must(theory.Limit(t.Context(), network, []float64{1}))
	finite := bnn.Must(theory.FiniteSize(t.Context(), network, 40, []float64{1}))
	read := 0
	ensemble := simulate.Ensemble{Network: network, N: 40, Replicas: 5, Seed: 3, Store: kept, Progress: func(p simulate.Progress) {
		if p.PerSecond == 0 {
			read++
		}
	}}
	summary := bnn.Must(ensemble.Run(t.Context(), []float64{1}))
	if read != 5 {
		t.Errorf("%d of 5 replicas are read from the store of the sweep", read)
	}
	for prefix, m := range map[string]bnn.Moments{"limit_": limit.Moments, "finite_": finite.Moments, "simulation_": summary.Moments, "simulation_se_": summary.StandardError} {
		for a, name := range network.PopulationNames() {
			equal(t, prefix+"mean_"+name, found[prefix+"mean_"+name], m.Mean[0][a])
			equal(t, prefix+"var_"+name, found[prefix+"var_"+name], m.Variance[0][a])
			equal(t, prefix+"rate_"+name, found[prefix+"rate_"+name], m.Rate[0][a])
		}
	}
	equal(t, "balanced", found["simulation_balanced"], 1.0)
	found = measured(t, network, nil, Simulation(40, 1, 1, nil))
	if found["simulation_se_mean_E"] != nil || found["simulation_mean_E"] == nil {
		t.Errorf("one replica has %v ± %v", found["simulation_mean_E"], found["simulation_se_mean_E"])
	}
}

// Replicas run away, fall silent or stay as their network is made to.
func TestFractions(t *testing.T) {
	tipping, runaway := networktest.ReadNetwork(t, "tipping"), networktest.ReadNetwork(t, "tipping")
	runaway.Weights = [][]float64{{0.5, -0.1}, {0.5, -0.1}}
	for kind, c := range map[string]struct {
		network *bnn.Network
		n       int
	}{
		"balanced": {tipping, 400},
		"runaway":  {runaway, 400},
		"silent":   {networktest.ReadNetwork(t, "silent"), 40000}, // the rates fall like 1/√n
	} {
		found := measured(t, c.network, nil, Simulation(c.n, 2, 3, simulate.Leap{Step: 0.05}), Regime(3))
		for _, other := range []string{"balanced", "runaway", "silent"} {
			want := 0.0
			if other == kind {
				want = 1
			}
			equal(t, kind+" network, fraction "+other, found["simulation_"+other], any(want))
		}
		equal(t, "regime", found["regime"], any(kind))
		if balanced := kind == "balanced"; balanced != (found["regime_time"] == nil) || found["regime_why"] == nil || found["regime_error"] != nil {
			t.Errorf("%s: %v", kind, found)
		}
	}
}

// Populations whose rates cannot change decide nothing.
func TestFractionsOfConstantRates(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Rate = bnn.ConstantRate{Value: 2}
	most := network.Populations[1].Rate.Bound()
	for _, c := range []struct {
		rates           []float64
		runaway, silent bool
	}{
		{[]float64{2, 0.5 * most}, false, false},
		{[]float64{2, 0.001 * most}, false, true},
		{[]float64{2, 0.99 * most}, false, false}, // it is inhibition
	} {
		if runaway, silent := simulate.RunsAway(network, c.rates), simulate.Silent(network, c.rates); runaway != c.runaway || silent != c.silent {
			t.Errorf("%v: %v, %v", c.rates, runaway, silent)
		}
	}
	excitation := networktest.ReadNetwork(t, "abstract")
	bound := excitation.Populations[0].Rate.Bound()
	equal(t, "95 %", []bool{simulate.RunsAway(excitation, []float64{0.951 * bound, 0}), simulate.RunsAway(excitation, []float64{0.949 * bound, 0})}, []bool{true, false})
}

// The stationary state is the stable one that the start leads to, also where another comes
// first.
func TestMeasuredStationaryState(t *testing.T) {
	network := networktest.ReadNetwork(t, "tipping")
	states := bnn.Must(theory.StationaryStates(t.Context(), network))
	if len(states) != 2 || states[0].Stable() || !states[1].Stable() {
		t.Fatalf("states %+v", states)
	}
	found := measured(t, network, nil, Stationary())
	equal(t, "states", found["stationary_states"], any(2.0))
	equal(t, "mean", found["stationary_mean_E"], any(states[1].Mean[0]))
	equal(t, "slow", found["stationary_slow"], any(states[1].SlowStability))
	network.Initial.Mean = []float64{5, 5} // which runs away
	states = bnn.Must(theory.StationaryStates(t.Context(), network))
	found = measured(t, network, nil, Stationary(), Limit(3))
	equal(t, "mean of the first", found["stationary_mean_E"], any(states[0].Mean[0]))
	equal(t, "fast of the first", found["stationary_fast"], any(states[0].Stability))
	if found["limit_mean_E"] != nil || !strings.Contains(found["limit_error"].(string), "no balanced state") || found["stationary_error"] != nil {
		t.Errorf("%v", found)
	}
	network.Weights = [][]float64{{0.5, -0.01}, {0.5, -0.01}}
	found = measured(t, network, nil, Stationary())
	if found["stationary_states"] != 0.0 || found["stationary_mean_E"] != nil || found["stationary_error"] != nil {
		t.Errorf("without states %v", found)
	}
}

// Averages are those of the definition.
func TestAverage(t *testing.T) {
	a := newAverage(2)
	for _, x := range []float64{1, 2, 6} {
		a.add([]float64{x}, []float64{-x})
	}
	// The variance is (4 + 1 + 9)/2 = 7.
	if a.mean[0] != 3 || a.mean[1] != -3 || math.Abs(a.errors()[1]-math.Sqrt(7./3)) > 1e-15 {
		t.Errorf("%+v, %v", a, a.errors())
	}
}

// Whatever decides what is found is in the recipe of a measure, or in the key of a point; and
// the seed only where something is random.
func TestRecipesTellMeasuresApart(t *testing.T) {
	design := Grid(networktest.ReadNetwork(t, "tipping"), Values("n", 50, 60))
	l, err := design.layout()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	tell := func(what string, s *Sweep, index int) string {
		t.Helper()
		point, err := l.point(index)
		if err != nil {
			t.Fatal(err)
		}
		recipe, err := s.recipe(s.Measures[0])
		if err != nil {
			t.Fatal(err)
		}
		found := finding{point: point}
		text := fmt.Sprintf("%+v %v", recipe, found.key(s.Measures[0]))
		if other, known := seen[text]; known {
			t.Errorf("%s is taken for %s", what, other)
		}
		seen[text] = what
		return text
	}
	for what, m := range map[string]Measure{
		"regime": Regime(3), "a later regime": Regime(4), "stationary": Stationary(), "limit": Limit(3), "a later limit": Limit(4),
		"finite": Finite(0, 3), "a later finite": Finite(0, 4), "simulation": Simulation(0, 5, 3, nil), "another method": Simulation(0, 5, 3, simulate.Leap{}),
		"another step": Simulation(0, 5, 3, simulate.Leap{Step: 0.1}), "more replicas": Simulation(0, 6, 3, nil), "a later end": Simulation(0, 5, 4, nil),
	} {
		s := &Sweep{Design: design, Measures: []Measure{m}}
		tell(what, s, 0)
		if m.kind() == "finite" || m.kind() == "simulation" {
			tell(what+" at another size", s, 1)
		}
		if m.kind() == "simulation" {
			s.Seed = 1
			tell(what+" with another seed", s, 0)
		}
	}
}
