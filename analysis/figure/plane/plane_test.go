package plane

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/analysis/figure"
	"balanced/bnn"
)

var x, y = figure.Axis{Label: "x", Low: -1, High: 2}, figure.Axis{Label: "y", Low: -1, High: 1}

func read(t *testing.T, name string) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../../data/networks/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// All that is drawn as manifold is balanced, and fibres have the direction of the weights.
func TestTheManifoldIsBalanced(t *testing.T) {
	network := read(t, "two-timescales")
	variance := []float64{0.5, 0.4}
	panel, err := New(t.Context(), network, variance, x, y)
	if err != nil {
		t.Fatal(err)
	}
	manifold := panel.Lines[len(panel.Lines)-1]
	for i := range manifold.X {
		e, inhibition := bnn.Expect(network.Populations[0].Rate, manifold.X[i], variance[0]).Value, bnn.Expect(network.Populations[1].Rate, manifold.Y[i], variance[1]).Value
		if math.Abs(e-inhibition) > 1e-10 {
			t.Fatalf("at (%g, %g) rates are %g and %g", manifold.X[i], manifold.Y[i], e, inhibition)
		}
	}
	fibre := panel.Lines[0]
	if slope := (fibre.Y[1] - fibre.Y[0]) / (fibre.X[1] - fibre.X[0]); math.Abs(slope-1.2) > 1e-12 {
		t.Errorf("fibres rise by %g, not 1.2", slope)
	}
}

func TestMotionShowsEachRow(t *testing.T) {
	network := read(t, "two-timescales")
	panel, err := New(t.Context(), network, []float64{0.5, 0.4}, x, y)
	if err != nil {
		t.Fatal(err)
	}
	m := bnn.NewMoments([]string{"E", "I"}, []float64{0, 1})
	m.Mean[0], m.Mean[1] = []float64{0, 0}, []float64{1, 0.5}
	run := Run{"run", figure.Excitatory, &m}
	animation, err := Motion("caption", "alt", With(panel, "theory", []*bnn.Moments{&m}), 5, []int{0, 1}, run)
	if err != nil || len(animation.Frames) != 2 {
		t.Fatal(len(animation.Frames), err)
	}
	if _, err := animation.PNG(); err != nil {
		t.Error(err)
	}
	if len(panel.Points) != 0 {
		t.Error("the panel that was given has changed")
	}
	var refused *bnn.InputError
	if _, err := Motion("caption", "alt", panel, 5, []int{0, 2}, run); !errors.As(err, &refused) {
		t.Errorf("row 2 of two: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	var refused *bnn.InputError
	if _, err := New(t.Context(), read(t, "feedforward"), []float64{1, 1}, x, y); !errors.As(err, &refused) {
		t.Errorf("rank 2: %v", err)
	}
	network := read(t, "abstract")
	if _, err := New(t.Context(), network, []float64{1, 1}, figure.Axis{}, y); !errors.As(err, &refused) {
		t.Errorf("an axis without ends: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := New(ended, network, []float64{1, 1}, x, y); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context gives %v", err)
	}
}
