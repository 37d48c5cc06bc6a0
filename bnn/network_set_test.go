package bnn

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// Every number of a network file has a path, the one of errors about it, and it changes that
// number alone.
func TestSetReachesEveryNumber(t *testing.T) {
	paths := map[string]bool{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch value := value.(type) {
		case jsonObject:
			for _, member := range value {
				walk(keyPath(path, member.key), member.value)
			}
		case []any:
			for i, element := range value {
				walk(IndexPath(path, i), element)
			}
		case float64:
			paths[path] = true
		}
	}
	numbersOf := func(n *Network) string { return fmt.Sprintf("%v", n.dynamics()) }
	walk("", networkOfEverything().dynamics())
	if len(paths) < 50 {
		t.Fatalf("only %d numbers are found", len(paths))
	}
	for path := range paths {
		network := networkOfEverything()
		if err := network.Set(path, 0.0625); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		// The paths of errors are these: an infinite value is refused by the same path.
		err := network.Clone().Set(path, math.Inf(1))
		inputErrorAt(t, err, path)
		before, after := strings.Fields(numbersOf(networkOfEverything())), strings.Fields(numbersOf(network))
		changed := 0
		for i := range before {
			if before[i] != after[i] {
				changed++
			}
		}
		if changed != 1 || len(before) != len(after) {
			t.Errorf("%s changes %d numbers", path, changed)
		}
	}
}

func TestSetByStarAndName(t *testing.T) {
	for path, want := range map[string]func(*Network){
		"weights[*][1]":                           func(n *Network) { n.Weights[0][1], n.Weights[1][1], n.Weights[2][1] = 3, 3, 3 },
		"weights[I_1][I-2]":                       func(n *Network) { n.Weights[1][2] = 3 },
		"populations[*].tau":                      func(n *Network) { n.Populations[0].Tau, n.Populations[1].Tau, n.Populations[2].Tau = 3, 3, 3 },
		"populations[E].rate.max":                 func(n *Network) { n.Populations[0].Rate = Logistic{3, 1, 0.5} },
		"feedforward[X].rate.start":               func(n *Network) { n.Feedforward[1].Rate = Pulse{1, -0.75, 3, 2} },
		"feedforward[thalamus & co].weights[I_1]": func(n *Network) { n.Feedforward[0].Weights[1] = 3 },
		"initial.mean[*]":                         func(n *Network) { n.Initial.Mean = []float64{3, 3, 3} },
		"initial.variance[I-2]":                   func(n *Network) { n.Initial.Variance[2] = 3 },
	} {
		got, expected := networkOfEverything(), networkOfEverything()
		want(expected)
		if err := got.Set(path, 3); err != nil || !reflect.DeepEqual(got, expected) {
			t.Errorf("%s: %v gives\n%+v, want\n%+v", path, err, got, expected)
		}
	}
}

// Digits are an index, even where a population is called by them.
func TestSetOfAPopulationCalledByDigits(t *testing.T) {
	network := networkOfEverything()
	network.Populations[0].Name = "1"
	if err := network.Set("populations[1].tau", 3); err != nil || network.Populations[1].Tau != 3 || network.Populations[0].Tau == 3 {
		t.Errorf("error %v, populations %+v", err, network.Populations)
	}
}

func TestSetRefuses(t *testing.T) {
	for _, c := range []struct {
		path    string
		value   float64
		at      string
		allowed string
	}{
		{"", 1, "path", "weights"},
		{".", 1, "path", "weights"},
		{"[0]", 1, "path", "weights"},
		{"weights[0", 1, "path", "weights"},
		{"weights[]", 1, "path", "weights"},
		{"weights[0]x", 1, "path", "weights"},
		{"weights..x", 1, "path", "weights"},
		{"n", 1, "n", "one of the keys populations, weights, feedforward, initial"},
		{"name", 1, "name", "one of the keys populations"},
		{"weights", 1, "weights", `an index from \[0\] to \[2\], or \[\*\] for all, or one of the names E, I_1, I-2`},
		{"weights[0]", 1, "weights[0]", `an index from \[0\] to \[2\]`},
		{"weights[3][0]", 1, "weights[3]", `an index from \[0\] to \[2\]`},
		{"weights[-1][0]", 1, "weights[-1]", `an index`},
		{"weights[0][0][0]", 1, "weights[0][0][0]", "left out: the path has come to a number"},
		{"weights.E", 1, "weights.E", "an index"},
		{"populations[E].rate.slop", 1, "populations[0].rate.slop", "one of the keys max, slope, threshold"},
		{"populations[*].rate.slope", 1, "populations[2].rate.slope", "one of the keys value"},
		{"populations[E].name", 1, "populations[0].name", "one of the keys tau, size, noise, rate, spread, stimulus"},
		{"populations[E].rate", 1, "populations[0].rate", "one of the keys max"},
		{"populations[Q].tau", 1, "populations[Q]", "one of the names E"},
		{"initial.project", 1, "initial.project", "one of the keys mean, variance"},
		{"populations[*].tau", 0, "populations[0].tau", "a finite number > 0"},
		{"populations[I_1].rate.slope", -1, "populations[1].rate.slope", "a finite number ≥ 0"},
		{"weights[0][1]", math.NaN(), "weights[0][1]", "a finite number"},
	} {
		network := networkOfEverything()
		err := network.Set(c.path, c.value)
		input := inputErrorAt(t, err, c.at)
		if !regexp.MustCompile(c.allowed).MatchString(input.Allowed) {
			t.Errorf("%s: %v, want %q", c.path, err, c.allowed)
		}
		if !reflect.DeepEqual(network, networkOfEverything()) {
			t.Errorf("%s changes a network although it is refused", c.path)
		}
	}
	empty := networkOfEverything()
	empty.Feedforward = nil
	for _, path := range []string{"feedforward[*].size", "feedforward[0].size", "feedforward[X].size"} {
		if err := empty.Set(path, 1); err == nil || !strings.Contains(err.Error(), "the list is empty") {
			t.Errorf("%s without sources: %v", path, err)
		}
	}
}

// A network that Validate refuses can be set right, or at least does not panic.
func TestSetMendsANetwork(t *testing.T) {
	network := networkOfEverything()
	network.Populations[0].Tau = -1
	network.Weights[0][1] = 5 // a column of two signs
	network.Populations[1].Stimulus = nil
	for path, value := range map[string]float64{"populations[0].tau": 1, "weights[0][1]": -1, "populations[1].stimulus.value": 0.5} {
		if err := network.Set(path, value); err != nil {
			t.Error(err)
		}
	}
	if err := network.Validate(); err != nil {
		t.Error(err)
	}
	if s := network.Populations[1].Stimulus; s != (ConstantStimulus{0.5}) {
		t.Errorf("the stimulus is %v", s)
	}
	for _, broken := range []*Network{{}, {Populations: make([]Population, 2)}, {Weights: [][]float64{nil, nil}}} {
		for _, path := range []string{"weights[*][*]", "weights[1][1]", "populations[1].rate.slope", "populations[0].stimulus.value", "initial.mean[0]", "feedforward[0].rate.value"} {
			_ = broken.Set(path, 1)
		}
	}
}

func TestParseNetworkWithSettings(t *testing.T) {
	text := strings.Replace(networkText, `"tau": 1`, `"tau": -1`, 1)
	if text == networkText {
		t.Fatal("the text has no such tau")
	}
	if _, err := ParseNetwork([]byte(text)); err == nil {
		t.Fatal("a negative tau is read")
	}
	network, err := ParseNetwork([]byte(text), Setting{"populations[0].tau", 3}, Setting{"populations[0].tau", 2})
	if err != nil || network.Populations[0].Tau != 2 {
		t.Fatalf("error %v; the last setting has to hold", err)
	}
	_, err = ParseNetwork([]byte(networkText), Setting{"populations[0].tua", 3})
	inputErrorAt(t, err, "populations[0].tua")
	// Together they break Dale's law, which is a rule of the whole.
	_, err = ParseNetwork([]byte(networkText), Setting{"weights[0][0]", 1}, Setting{"weights[1][0]", -1})
	inputErrorAt(t, err, "weights[1][0]")
}

// Nothing that is set in a clone is seen in the network, and nothing is left out.
func TestClone(t *testing.T) {
	network := networkOfEverything()
	clone := network.Clone()
	if !reflect.DeepEqual(clone, network) {
		t.Fatalf("a clone is %+v, want %+v", clone, network)
	}
	for _, path := range []string{"weights[*][*]", "populations[*].tau", "populations[0].rate.slope", "feedforward[*].weights[*]", "feedforward[*].size", "initial.mean[*]", "initial.variance[*]"} {
		if err := clone.Set(path, 7.5); err != nil {
			t.Fatal(err)
		}
	}
	clone.Populations[0].Name, clone.Feedforward[0].Name = "other", "other"
	if !reflect.DeepEqual(network, networkOfEverything()) {
		t.Error("a network changes with its clone")
	}
	if empty := (&Network{}).Clone(); !reflect.DeepEqual(empty, &Network{}) {
		t.Errorf("the clone of nothing is %+v", empty)
	}
}
