package fastflow

import (
	"errors"
	"math"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// A network that is shifted along its weights falls back to where it was, and one that is not shifted is balanced.
func TestDisplaced(t *testing.T) {
	network, u := networktest.ReadNetwork(t, "two-timescales"), []float64{1, 1.2}
	mean, variance := network.Initial.Mean, network.Initial.Variances()
	balanced, err := Displaced(t.Context(), network, mean, variance, u, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []float64{-0.9, 0.7} {
		shifted, err := Displaced(t.Context(), network, mean, variance, u, s)
		if err != nil {
			t.Fatal(err)
		}
		if got := Along(shifted.Initial.Mean, balanced.Initial.Mean, u); math.Abs(got-s) > 1e-12 {
			t.Errorf("shifted by %v along u, not %v", got, s)
		}
		landed, err := theory.Project(t.Context(), network, 0, shifted.Initial.Mean, variance)
		if err != nil {
			t.Fatal(err)
		}
		for a := range landed {
			if math.Abs(landed[a]-balanced.Initial.Mean[a]) > 1e-7 {
				t.Errorf("from %v it lands at %v, not %v", s, landed, balanced.Initial.Mean)
			}
		}
	}
	if !slices.Equal(network.Initial.Mean, mean) || !slices.Equal(balanced.Initial.Variance, variance) {
		t.Error("the network that was given is another now")
	}
	var bad *bnn.InputError
	if _, err := Displaced(t.Context(), network, mean, variance, []float64{1}, 1); !errors.As(err, &bad) {
		t.Errorf("a direction of one component: %v", err)
	}
	// Across u nothing counts.
	if s := Along([]float64{1.2 + 2, -1 + 2.4}, []float64{0, 0}, u); math.Abs(s-2) > 1e-12 {
		t.Errorf("along u it is %v, not 2", s)
	}
}
