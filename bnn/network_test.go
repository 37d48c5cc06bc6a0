package bnn

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// networkOfEverything uses every kind and every field, none at its default.
func networkOfEverything() *Network {
	return &Network{
		Name: "everything",
		Note: "quotes \" and <signs> & ümlauts",
		Populations: []Population{
			{Name: "E", Tau: 1, Size: 1.6, Noise: 0.25, Rate: Logistic{2, 1, 0.5}, Stimulus: ConstantStimulus{0.5}},
			{Name: "I_1", Tau: 0.5, Size: 0.4, Noise: 0.125, Rate: Probit{4, 3, -0.5}, Stimulus: Pulse{0.25, 1, -2, 3}},
			{Name: "I-2", Tau: 0.1, Size: 1e-3, Noise: 1e6, Rate: ConstantRate{1.0 / 3}, Stimulus: Sine{0.5, -0.75, 4, 1}},
		},
		Weights: [][]float64{{1, -1, -0.1}, {1.25, -1, -2}, {3, -1.5, -1e-7}},
		Feedforward: []Source{
			{Name: "thalamus & co", Size: 2, Rate: Sine{1, 0.75, 2, 0.5}, Weights: []float64{0.5, 0.25, -0.125}},
			{Name: "X", Size: 0.5, Rate: Pulse{1, -0.75, 1, 2}, Weights: []float64{1, 2, 3}},
		},
		Initial: Initial{Mean: []float64{1, 0.5, -0.5}, Variance: []float64{0.25, 0.5, 1}, OnManifold: true},
	}
}

// inputErrorAt returns the *InputError in an error, and fails unless it is of
// the given path and says something in every part.
func inputErrorAt(t *testing.T, err error, path string) *InputError {
	t.Helper()
	var input *InputError
	if !errors.As(err, &input) {
		t.Fatalf("error %v is no *InputError", err)
	}
	if input.Path != path {
		t.Errorf("error %q is about %q, want %q", err, input.Path, path)
	}
	if input.Value == "" || input.Allowed == "" || len(err.Error()) > 400 {
		t.Errorf("error %q lacks a part or does not end", err)
	}
	if path != "" && !strings.Contains(err.Error(), path+": ") {
		t.Errorf("error %q does not name the path %q", err, path)
	}
	return input
}

type foreignStimulus struct{ ConstantStimulus }

type foreignRate struct{ Logistic }

func TestValidateNetworksBuiltInGo(t *testing.T) {
	if err := networkOfEverything().Validate(); err != nil {
		t.Fatal(err)
	}
	nan, inf := math.NaN(), math.Inf(1)
	cases := []struct {
		path  string
		spoil func(*Network)
	}{
		{"name", func(n *Network) { n.Name = "" }},
		{"name", func(n *Network) { n.Name = "\xff" }},
		{"note", func(n *Network) { n.Note = "\xff" }},
		{"populations", func(n *Network) { *n = Network{Name: "empty"} }},
		{"populations", func(n *Network) { n.Populations = make([]Population, MaxPopulations+1) }},
		{"populations[0].name", func(n *Network) { n.Populations[0].Name = "" }},
		{"populations[0].name", func(n *Network) { n.Populations[0].Name = "é" }},
		{"populations[2].name", func(n *Network) { n.Populations[2].Name = "E" }},
		{"populations[0].tau", func(n *Network) { n.Populations[0].Tau = 0 }},
		{"populations[0].tau", func(n *Network) { n.Populations[0].Tau = nan }},
		{"populations[0].size", func(n *Network) { n.Populations[0].Size = 0 }},
		{"populations[0].noise", func(n *Network) { n.Populations[0].Noise = -inf }},
		{"populations[0].rate", func(n *Network) { n.Populations[0].Rate = nil }},
		{"populations[0].rate", func(n *Network) { n.Populations[0].Rate = &Logistic{1, 1, 1} }},
		{"populations[0].rate.Bound()", func(n *Network) { n.Populations[0].Rate = foreignRate{} }},
		{"populations[0].rate.max", func(n *Network) { n.Populations[0].Rate = Logistic{} }},
		{"populations[1].rate.slope", func(n *Network) { n.Populations[1].Rate = Probit{1, inf, 0} }},
		{"populations[1].rate.threshold", func(n *Network) { n.Populations[1].Rate = Probit{1, 1, nan} }},
		{"populations[1].rate.value", func(n *Network) { n.Populations[1].Rate = ConstantRate{-1} }},
		{"populations[0].stimulus", func(n *Network) { n.Populations[0].Stimulus = &Pulse{} }},
		{"populations[0].stimulus", func(n *Network) { n.Populations[0].Stimulus = (*Pulse)(nil) }},
		{"populations[0].stimulus.Rest()", func(n *Network) { n.Populations[0].Stimulus = foreignStimulus{ConstantStimulus{inf}} }},
		{"populations[0].stimulus.value", func(n *Network) { n.Populations[0].Stimulus = ConstantStimulus{nan} }},
		{"populations[0].stimulus.duration", func(n *Network) { n.Populations[0].Stimulus = Pulse{0, 1, 0, inf} }},
		{"populations[0].stimulus.period", func(n *Network) { n.Populations[0].Stimulus = Sine{} }},
		{"populations[0].stimulus.amplitude", func(n *Network) { n.Populations[0].Stimulus = Sine{1e308, 1e308, 1, 0} }},
		{"weights", func(n *Network) { n.Weights = nil }},
		{"weights[1]", func(n *Network) { n.Weights[1] = nil }},
		{"weights[1][2]", func(n *Network) { n.Weights[1][2] = nan }},
		{"weights[2][0]", func(n *Network) { n.Weights[0][0] = 0; n.Weights[2][0] = -1 }},
		{"feedforward[0].name", func(n *Network) { n.Feedforward[0].Name = " " }},
		{"feedforward[0].name", func(n *Network) { n.Feedforward[0].Name = "\xff" }},
		{"feedforward[1].name", func(n *Network) { n.Feedforward[1].Name = "thalamus & co" }},
		{"feedforward[0].size", func(n *Network) { n.Feedforward[0].Size = 0 }},
		{"feedforward[0].rate", func(n *Network) { n.Feedforward[0].Rate = nil }},
		{"feedforward[0].rate.value", func(n *Network) { n.Feedforward[0].Rate = ConstantStimulus{-1} }},
		{"feedforward[0].rate.baseline", func(n *Network) { n.Feedforward[0].Rate = Pulse{-1, 2, 0, 1} }},
		{"feedforward[0].rate.amplitude", func(n *Network) { n.Feedforward[0].Rate = Sine{1, -1.5, 1, 0} }},
		{"feedforward[0].weights", func(n *Network) { n.Feedforward[0].Weights = nil }},
		{"feedforward[0].weights[1]", func(n *Network) { n.Feedforward[0].Weights[1] = inf }},
		{"initial.mean", func(n *Network) { n.Initial.Mean = nil }},
		{"initial.variance", func(n *Network) { n.Initial.Variance = make([]float64, 4) }},
		{"initial.mean[1]", func(n *Network) { n.Initial.Mean[1] = inf }},
		{"initial.variance[2]", func(n *Network) { n.Initial.Variance[2] = -0.1 }},
	}
	for _, c := range cases {
		network := networkOfEverything()
		c.spoil(network)
		inputErrorAt(t, network.Validate(), c.path)
		if network.Fingerprint() != "" {
			t.Errorf("a network with a bad %s has a fingerprint", c.path)
		}
		if _, err := network.MarshalJSON(); err == nil {
			t.Errorf("a network with a bad %s is written", c.path)
		}
	}
}

func TestValidateAllowsTheEdges(t *testing.T) {
	for name, change := range map[string]func(*Network){
		"no stimulus":             func(n *Network) { n.Populations[0].Stimulus = nil },
		"no source":               func(n *Network) { n.Feedforward = nil },
		"flat sigmoid":            func(n *Network) { n.Populations[0].Rate = Logistic{1, 0, 0} },
		"silent rate":             func(n *Network) { n.Populations[0].Rate = ConstantRate{} },
		"rate that touches 0":     func(n *Network) { n.Feedforward[0].Rate = Sine{0.3, 0.3, 1, 0} },
		"negative, but never on":  func(n *Network) { n.Feedforward[0].Rate = Pulse{1, -2, 0, 0} },
		"no weights in a column":  func(n *Network) { n.Weights = [][]float64{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}} },
		"zeros among the weights": func(n *Network) { n.Weights[1] = []float64{0, math.Copysign(0, -1), 0} },
		"no initial variance":     func(n *Network) { n.Initial.Variance = []float64{0, 0, 0} },
		"mixed signs of a source": func(n *Network) { n.Feedforward[0].Weights = []float64{1, -1, 0} },
	} {
		network := networkOfEverything()
		change(network)
		if err := network.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestInputErrorText(t *testing.T) {
	network := networkOfEverything()
	network.Populations[1].Rate = Logistic{1, -3, 0}
	want := "populations[1].rate.slope: -3 is not allowed: must be a finite number ≥ 0"
	if got := network.Validate().Error(); got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	network = networkOfEverything()
	network.Weights[1][0] = -0.5
	want = "weights[1][0]: -0.5 is not allowed: must be of the sign of weights[0][0], which is 1: one column has one sign (Dale's law)"
	if got := network.Validate().Error(); got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestCount(t *testing.T) {
	network := networkOfEverything()
	network.Feedforward[0].Size = 0.01
	cases := []struct {
		population, n, want int
		path                string
	}{
		{0, 1000, 1600, ""},
		{0, 1, 2, ""},
		{1, 1000, 400, ""},
		{1, 4, 2, ""}, // 1.6 neurons
		{1, 3, 0, "n"},
		{2, 1000, 0, "n"},
		{0, 1 << 41, 0, "n"},
		{0, math.MaxInt, 0, "n"},
		{0, 0, 0, "n"},
		{0, -1, 0, "n"},
		{3, 10, 0, "population"},
		{-1, 10, 0, "population"},
	}
	for _, c := range cases {
		got, err := network.Count(c.population, c.n)
		if c.path != "" {
			inputErrorAt(t, err, c.path)
		} else if err != nil || got != c.want {
			t.Errorf("Count(%d, %d) = %d, %v; want %d", c.population, c.n, got, err, c.want)
		}
	}
	if got, err := network.SourceCount(0, 100); got != 1 || err != nil {
		t.Errorf("SourceCount(0, 100) = %d, %v", got, err)
	}
	_, err := network.SourceCount(0, 40)
	inputErrorAt(t, err, "n")
	_, err = network.SourceCount(2, 40)
	inputErrorAt(t, err, "source")
	network.Populations[0].Size = math.NaN()
	_, err = network.Count(0, 40)
	inputErrorAt(t, err, "populations[0].size")
}
