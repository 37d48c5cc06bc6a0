package bnn

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// networkOfMore has what network files can say besides networkOfEverything.
func networkOfMore() *Network {
	return &Network{
		Name: "more",
		Unit: Unit{TimeMS: 10, PotentialMV: 0.5},
		Populations: []Population{
			{Name: "E", Tau: 1, Size: 1, Rate: PowerRate{2, 1.5, 2, 0.25}, Spread: 0.3,
				Stimulus: Steps{Times: []float64{-1, 0.5, 2}, Values: []float64{0, 0.25, 1, 0.5}}},
			{Name: "I", Tau: 0.5, Size: 0.25, Rate: tableOf([]float64{-2, -0.5, 0, 3}, []float64{0, 0.25, 1, 4}), Spread: 0.125,
				Stimulus: Samples{Start: -0.5, Step: 0.25, Values: []float64{1, 2, 1.5}}},
			{Name: "C", Tau: 2, Size: 0.5, Rate: ConstantRate{1.5}, Stimulus: Ramp{From: 0.5, To: 1, Start: 1, Duration: 2}},
		},
		Weights: [][]float64{{1, -1, 0}, {1.25, -1, 0}, {0.5, -1, 0.25}},
		Feedforward: []Source{
			{Name: "X", Size: 2, Weights: []float64{0.5, 0.25, -0.125}, Shared: true,
				Rate: Sum{Of: []Stimulus{ConstantStimulus{1}, Sine{0.5, 0.25, 3, 1}, Sum{Of: []Stimulus{Pulse{0, 1, 1, 1}, Ramp{1, 0.5, 1, 2}}}}}},
			{Name: "Y", Size: 1, Weights: []float64{0.5, 0.25, 0.125}, Rate: ConstantStimulus{2}},
		},
		Initial: Initial{Mean: []float64{1, 0.5, 0}, Components: [][]Component{
			{{0.5, -0.5, 0.125}, {0.5, 0.5, 0.25}}, {{1, 0, 0.5}}, {{0.25, 1.5, 0}, {0.75, -0.5, 1}},
		}},
	}
}

func TestNetworkOfMoreRoundTrips(t *testing.T) {
	network := networkOfMore()
	path := filepath.Join(t.TempDir(), "network.json")
	if err := WriteNetwork(path, network); err != nil {
		t.Fatal(err)
	}
	again, err := ReadNetwork(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, network) {
		t.Errorf("read %+v, written %+v", again, network)
	}
	if clone := network.Clone(); !reflect.DeepEqual(clone, network) || &clone.Initial.Components[0][0] == &network.Initial.Components[0][0] {
		t.Errorf("the clone is %+v", clone)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := again.MarshalJSON(); err != nil || string(text) != string(want) {
		t.Errorf("written again as %s (%v)", text, err)
	}
}

func TestVariancesOfAMixture(t *testing.T) {
	got := networkOfMore().Initial.Variances()
	want := []float64{0.5*(0.125+0.25) + 0.5*(0.25+0.25), 0.5, 0.25*2.25 + 0.75*(1+0.25)}
	for a := range want {
		if math.Abs(got[a]-want[a]) > 1e-15 {
			t.Errorf("population %d has the variance %v, want %v", a, got[a], want[a])
		}
	}
}

// What the second stage added is refused by its path too.
func TestNetworkOfMoreRefuses(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		path  string
		spoil func(n *Network)
	}{
		{"populations[0].spread", func(n *Network) { n.Populations[0].Spread = -1 }},
		{"populations[2].spread", func(n *Network) { n.Populations[2].Spread = 0.5 }},
		{"populations[0].rate.exponent", func(n *Network) { n.Populations[0].Rate = PowerRate{1, 1, 0.5, 0} }},
		{"populations[0].rate.gain", func(n *Network) { n.Populations[0].Rate = PowerRate{1, 0, 1, 0} }},
		{"populations[0].rate.v", func(n *Network) { n.Populations[0].Rate = tableOf([]float64{1}, []float64{1}) }},
		{"populations[0].rate.rate", func(n *Network) { n.Populations[0].Rate = tableOf([]float64{1, 2}, []float64{1}) }},
		{"populations[0].rate.v[1]", func(n *Network) { n.Populations[0].Rate = tableOf([]float64{1, 1}, []float64{1, 2}) }},
		{"populations[0].rate.rate[1]", func(n *Network) { n.Populations[0].Rate = tableOf([]float64{1, 2}, []float64{1, -2}) }},
		{"populations[0].rate.v[1]", func(n *Network) { n.Populations[0].Rate = tableOf([]float64{0, 5e-324}, []float64{1, 2}) }},
		{"populations[0].rate", func(n *Network) { n.Populations[0].Rate = TableRate{} }},
		{"populations[0].rate", func(n *Network) { n.Populations[0].Rate = (*ownRate)(nil) }},
		{"populations[0].rate", func(n *Network) { n.Populations[0].Rate = &Logistic{1, 1, 1} }},
		{"populations[0].rate.Key()", func(n *Network) { n.Populations[0].Rate = &ownRate{key: " ", bound: 1} }},
		{"populations[0].rate.Bound()", func(n *Network) { n.Populations[0].Rate = &ownRate{key: "a", bound: inf} }},
		{"populations[0].rate.At(-1e+06)", func(n *Network) { n.Populations[0].Rate = &ownRate{key: "a", bound: 1, at: -1} }},
		{"populations[0].stimulus.values", func(n *Network) { n.Populations[0].Stimulus = Steps{Values: []float64{1, 2}} }},
		{"populations[0].stimulus.times[1]", func(n *Network) {
			n.Populations[0].Stimulus = Steps{Times: []float64{1, 1}, Values: []float64{1, 2, 3}}
		}},
		{"populations[0].stimulus.values", func(n *Network) { n.Populations[0].Stimulus = Samples{Step: 1} }},
		{"populations[0].stimulus.step", func(n *Network) { n.Populations[0].Stimulus = Samples{Values: []float64{1}} }},
		{"populations[0].stimulus.step", func(n *Network) {
			n.Populations[0].Stimulus = Samples{Start: 1e20, Step: 1, Values: []float64{1, 2}}
		}},
		{"populations[0].stimulus.duration", func(n *Network) { n.Populations[0].Stimulus = Ramp{0, 1, 0, -1} }},
		{"populations[0].stimulus.of", func(n *Network) { n.Populations[0].Stimulus = Sum{} }},
		{"populations[0].stimulus.of", func(n *Network) { n.Populations[0].Stimulus = Sum{Of: make([]Stimulus, MaxSummands+1)} }},
		{"populations[0].stimulus.of[0]", func(n *Network) { n.Populations[0].Stimulus = Sum{Of: []Stimulus{nil}} }},
		{"populations[0].stimulus.of[0].value", func(n *Network) {
			n.Populations[0].Stimulus = Sum{Of: []Stimulus{ConstantStimulus{inf}}}
		}},
		{"populations[0].stimulus.of[0].of[0].of[0].of[0]", func(n *Network) {
			deep := Stimulus(ConstantStimulus{1})
			for range MaxSumDepth + 1 {
				deep = Sum{Of: []Stimulus{deep}}
			}
			n.Populations[0].Stimulus = deep
		}},
		{"feedforward[0].rate.values[1]", func(n *Network) {
			n.Feedforward[0].Rate = Steps{Times: []float64{1}, Values: []float64{1, -1}}
		}},
		{"feedforward[0].rate", func(n *Network) { n.Feedforward[0].Rate = Sum{Of: []Stimulus{Sine{1, 2, 1, 0}}} }},
		{"initial.components", func(n *Network) { n.Initial.Components = n.Initial.Components[:2] }},
		{"initial.components[1]", func(n *Network) { n.Initial.Components[1] = nil }},
		{"initial.components[1]", func(n *Network) { n.Initial.Components[1][0].Weight = 0.5 }},
		{"initial.components[1]", func(n *Network) { n.Initial.Components[1][0].Offset = 0.5 }},
		{"initial.components[1][0].weight", func(n *Network) { n.Initial.Components[1][0].Weight = -1 }},
		{"initial.components[1][0].variance", func(n *Network) { n.Initial.Components[1][0].Variance = -1 }},
		{"initial.variance", func(n *Network) { n.Initial.Variance = []float64{1, 1, 1} }},
		{"unit.time_ms", func(n *Network) { n.Unit.TimeMS = -1 }},
	} {
		network := networkOfMore()
		c.spoil(network)
		inputErrorAt(t, network.Validate(), c.path)
	}
}

// A rate and a stimulus of the caller's own have a fingerprint, but no place in files.
func TestOwnRatesAndStimuli(t *testing.T) {
	network := networkOfMore()
	network.Populations[0].Rate = &ownRate{key: "a", bound: 1, at: 0.5}
	first := network.Fingerprint()
	network.Populations[0].Rate = &ownRate{key: "b", bound: 1, at: 0.5}
	second := network.Fingerprint()
	if len(first) != 64 || len(second) != 64 || first == second {
		t.Errorf("fingerprints %q and %q", first, second)
	}
	_, err := network.MarshalJSON()
	inputErrorAt(t, err, "populations[0].rate")
	if text, err := network.Describe(); err != nil || !strings.Contains(string(text), `"rate": {"kind": "own", "key": "b"}`) {
		t.Errorf("%s, %v", text, err)
	}
	network.Populations[0].Rate = Logistic{1, 1, 0}
	network.Populations[1].Stimulus = Sum{Of: []Stimulus{foreignStimulus{}}}
	if got := network.Fingerprint(); len(got) != 64 {
		t.Errorf("fingerprint %q: %v", got, network.Validate())
	}
	_, err = network.MarshalJSON()
	inputErrorAt(t, err, "populations[1].stimulus")
}

type ownRate struct {
	key       string
	bound, at float64
}

func (r *ownRate) At(float64) float64 { return r.at }
func (r *ownRate) Bound() float64     { return r.bound }
func (r *ownRate) Key() string        { return r.key }

// Numbers in lists, in sums and in components have paths, and setting one leaves other
// networks with the same values as they are.
func TestSetInLists(t *testing.T) {
	for _, c := range []struct {
		path string
		get  func(n *Network) any
		want any
	}{
		{"populations[E].spread", func(n *Network) any { return n.Populations[0].Spread }, 0.75},
		{"populations[0].rate.exponent", func(n *Network) any { return n.Populations[0].Rate.(PowerRate).Exponent }, 2.},
		{"populations[1].rate.rate[3]", func(n *Network) any { return n.Populations[1].Rate.At(5) }, 0.75},
		{"populations[0].stimulus.values[*]", func(n *Network) any { return n.Populations[0].Stimulus.(Steps).Values }, []float64{0.75, 0.75, 0.75, 0.75}},
		{"populations[0].stimulus.times[2]", func(n *Network) any { return n.Populations[0].Stimulus.(Steps).Times[2] }, 0.75},
		{"populations[1].stimulus.step", func(n *Network) any { return n.Populations[1].Stimulus.(Samples).Step }, 0.75},
		{"feedforward[0].rate.of[2].of[1].to", func(n *Network) any { return n.Feedforward[0].Rate.Rest() }, 1 + 0.5 + 0 + 0.75},
		{"initial.components[E][1].offset", func(n *Network) any { return n.Initial.Components[0][1].Offset }, 0.75},
	} {
		network := networkOfMore()
		changed := network.Clone()
		value := 0.75
		if c.path == "populations[0].rate.exponent" {
			value = 2
		}
		if err := changed.Set(c.path, value); err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		if got := c.get(changed); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", c.path, got, c.want)
		}
		if !reflect.DeepEqual(network, networkOfMore()) {
			t.Errorf("%s: the network that was cloned is changed", c.path)
		}
	}
}
