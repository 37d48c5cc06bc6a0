package windows

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
)

// moments have rates 1 + t and 2, and means t and −t, at 21 times of the step 0.1.
func moments() bnn.Moments {
	m := bnn.NewMoments([]string{"E", "I"}, bnn.Every(0.1, 2))
	for k, t := range m.Times {
		copy(m.Rate[k], []float64{1 + t, 2})
		copy(m.Mean[k], []float64{t, -t})
	}
	return m
}

func classical(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../data/networks/classics/correlated-states.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// Counts are integrals of rates, inputs what was gained and leaked, window by window, and currents of both signs sum to them.
func TestReplica(t *testing.T) {
	m, network := moments(), classical(t)
	counts, err := Counts(m, 0, 1)
	if err != nil || len(counts) != 2 {
		t.Fatalf("the counts are %v: %v", counts, err)
	}
	near(t, "counts of the first window", counts[0], 1.5, 1e-9)
	near(t, "counts of the second window", counts[1], 2.5, 1e-9)
	inputs, err := Inputs(m, 1, 0.5, 1, Box)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "input of the second window", inputs[1], -1-1.5/0.5, 1e-9)
	currents, err := Currents(network, 100, m, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	inhibition := 10 * network.Populations[1].Size * network.Weights[0][1] * 2
	near(t, "inhibition", currents[1][1], inhibition, 1e-9)
	near(t, "both together", currents[0][1]+currents[1][1], 1+1.5/network.Populations[0].Tau, 1e-9)
}

// Without noise of their own neurons are correlated as their sums are; noise of their own dilutes it.
func TestCorrelation(t *testing.T) {
	x, y := []float64{1, 2, 3}, []float64{-2, -4, -6}
	near(t, "sums alone", Correlation(x, y, 0, 0), -1, 1e-12)
	near(t, "diluted", Correlation(x, x, 1, 1), 0.5, 1e-12)
	near(t, "one of them diluted", Correlation(x, y, 3, 0), -0.5, 1e-12)
}

func TestReplicaRefused(t *testing.T) {
	short, network := moments(), classical(t)
	short.Times = short.Times[:1]
	for name, refused := range map[string]func() error{
		"a population":    func() error { _, err := Counts(moments(), 2, 1); return err },
		"a long window":   func() error { _, err := Counts(moments(), 0, 3); return err },
		"half a step":     func() error { _, err := Counts(moments(), 0, 0.25); return err },
		"one time":        func() error { _, err := Counts(short, 0, 1); return err },
		"no membrane":     func() error { _, err := Inputs(moments(), 0, 0, 1, Hann); return err },
		"another target":  func() error { _, err := Currents(network, 100, moments(), 2, 1); return err },
		"no network":      func() error { _, err := Currents(&bnn.Network{}, 100, moments(), 0, 1); return err },
		"not enough time": func() error { _, err := Currents(network, 100, short, 0, 1); return err },
	} {
		var input *bnn.InputError
		if err := refused(); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !math.IsNaN(Correlation(nil, nil, 0, 0)) {
		t.Error("nothing is correlated")
	}
}
