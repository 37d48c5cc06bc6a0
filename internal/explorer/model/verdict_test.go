package model

import (
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// folding is a network whose stimulus drags it into a fold.
func folding(t testing.TB) *bnn.Network {
	network := preset(t, "tipping")
	network.Populations[0].Stimulus = bnn.ConstantStimulus{Value: 2}
	return network
}

// change returns a preset that has been changed.
func change(t testing.TB, name string, by func(*bnn.Network)) *bnn.Network {
	network := preset(t, name)
	by(network)
	return network
}

func TestVerdicts(t *testing.T) {
	source := func(rate bnn.Stimulus, weights ...float64) []bnn.Source {
		return []bnn.Source{{Name: "X", Size: 1, Rate: rate, Weights: weights}}
	}
	edge := change(t, "tipping", func(n *bnn.Network) {
		states, err := theory.StationaryStates(t.Context(), n)
		if err != nil || len(states) != 2 {
			t.Fatal(states, err)
		}
		n.Initial = bnn.Initial{Mean: states[0].Mean, Variance: states[0].Variance}
	})
	stored := func(name string) *bnn.Network {
		network, err := bnn.ReadNetwork("../../../bnn/testdata/balance/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return network
	}
	for name, c := range map[string]struct {
		network *bnn.Network
		word    theory.Fate
		text    string
	}{
		"abstract":       {preset(t, "abstract"), Balanced, "decays at rate 0.71·√n, which is 7.1 for n = 100."},
		"dense":          {preset(t, "dense"), Balanced, "cancel"},
		"feedforward":    {preset(t, "feedforward"), Balanced, "cancel"},
		"silent":         {preset(t, "silent"), theory.Silent, "Inhibition wins"},
		"steep":          {preset(t, "steep"), Balanced, "cancel"},
		"tipping":        {preset(t, "tipping"), Balanced, "cancel"},
		"two-timescales": {preset(t, "two-timescales"), Balanced, "cancel"},

		"rates that die out":    {change(t, "tipping", func(n *bnn.Network) { n.Populations[1].Tau = 0.1 }), theory.Silent, "hardly a neuron fires any more"},
		"dragged by a stimulus": {folding(t), theory.Tipping, "the balance ends in a fold"},
		"on the edge":           {edge, theory.Tipping, "on an edge"},
		"pushed past the edge":  {change(t, "tipping", func(n *bnn.Network) { n.Initial.Mean = []float64{1.7, 1.7} }), theory.Runaway, "Excitation wins"},
		"inhibition hardly heard": {change(t, "tipping", func(n *bnn.Network) {
			n.Populations[1].Rate = bnn.Logistic{Max: 3, Slope: 8, Threshold: 2}
		}), theory.Runaway, "grow like √n"},
		"inhibition too weak": {change(t, "abstract", func(n *bnn.Network) { n.Weights = [][]float64{{1, -0.4}, {1, -0.4}} }), theory.Runaway, "Excitation wins"},
		"a drive that no weights cancel": {change(t, "abstract", func(n *bnn.Network) { n.Feedforward = source(bnn.ConstantStimulus{Value: 1}, 1, 0) }),
			theory.Unbalanced, "cannot cancel: a part of the feedforward drive"},
		"a drive that asks too much": {change(t, "feedforward", func(n *bnn.Network) { n.Feedforward = source(bnn.ConstantStimulus{Value: 1}, 0.2, 0.5) }),
			theory.Unbalanced, "needs E to fire at rate -0.9143"},
		"a drive that asks too much later": {change(t, "feedforward", func(n *bnn.Network) {
			later := source(bnn.Pulse{Amplitude: 1, Start: 0.5, Duration: 1}, 0.2, 0.5)
			later[0].Name = "Y"
			n.Feedforward = append(source(bnn.ConstantStimulus{Value: 1}, 0.5, 0.2), later...)
		}), theory.Unbalanced, "From time 0.5 on there is no balance"},
		"no weights":                       {change(t, "abstract", func(n *bnn.Network) { n.Weights = [][]float64{{0, 0}, {0, 0}} }), Balanced, "nothing to balance"},
		"an unstable start that cycles":    {stored("fast-hopf-start-cycle"), Oscillating, "come to no balance: a large network oscillates, with the angular frequency 0.33·√n, which is 3.3 for n = 100."},
		"an unstable start that runs away": {stored("fast-hopf-start"), theory.Runaway, "Excitation wins"},
		"a balance that turns around": {change(t, "feedforward", func(n *bnn.Network) {
			n.Feedforward[0].Rate = bnn.Sine{Baseline: 2.5, Amplitude: 1.5, Period: 4}
		}), Oscillating, "the balance ends in an oscillation"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := ask[LimitAnswer](t, "limit", object{"network": c.network, "to": 2, "every": 0.01, "n": 100})
			v := answer.Verdict
			if v.Word != c.word || !strings.Contains(v.Text, c.text) {
				t.Errorf("%+v; want %s, %s", v, c.word, c.text)
			}
			rows := len(answer.Stability)
			if rows > 0 && float64(v.Kappa) != answer.Stability[rows-1] {
				t.Errorf("κ = %g, but the stability of the last of %d rows is another", v.Kappa, rows)
			}
		})
	}
}

func TestTwoDigits(t *testing.T) {
	for x, want := range map[float64]string{0.4736: "0.47", 1: "1", 9.96: "10", 104.6: "100", 20345: "20000", 0.000123: "0.00012"} {
		if got := twoDigits(x); got != want {
			t.Errorf("%g is written %s, want %s", x, got, want)
		}
	}
}
