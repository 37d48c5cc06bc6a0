package growth

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
)

func read(t *testing.T, name string) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../../data/networks/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

func runaway(t *testing.T) *bnn.Network {
	network := read(t, "abstract")
	network.Weights, network.Initial.OnManifold = [][]float64{{1, -0.25}, {1, -0.25}}, false
	return network
}

// The finite-n equations tend to the two terms like n^{-1/2}: what is left falls by √10 for ten times n.
func TestRunawayIsThatOfTheEquations(t *testing.T) {
	network := runaway(t)
	leading, next, err := Runaway(network, 3)
	if err != nil {
		t.Fatal(err)
	}
	for a := range leading {
		rest := func(n int) float64 {
			m := bnn.Must(theory.FiniteSize(context.Background(), network, n, []float64{3})).Mean[0][a]
			return m - leading[a]*math.Sqrt(float64(n)) - next[a]
		}
		if ratio := rest(10000) / rest(100000); math.Abs(rest(100000)) > 0.01 || !(ratio > 2.5 && ratio < 4) {
			t.Errorf("population %d: %v and %v are left", a, rest(10000), rest(100000))
		}
	}
}

// A constant drive has no start-up; one that is negative somewhere is refused.
func TestRunawayEnds(t *testing.T) {
	network := runaway(t)
	for a := range network.Populations {
		network.Populations[a].Rate = bnn.ConstantRate{Value: 2}
	}
	leading, next, err := Runaway(network, 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := 1.5 * (1 - math.Exp(-1)); math.Abs(leading[0]-want) > 1e-12 {
		t.Errorf("leading %v, want %v", leading[0], want)
	}
	p := network.Populations[0]
	if want := network.Initial.Mean[0]*math.Exp(-1) + bnn.Response(p.External(), 1, 1); math.Abs(next[0]-want) > 1e-9 {
		t.Errorf("next %v, want %v", next[0], want)
	}
	network.Weights = [][]float64{{1, -2}, {1, -2}}
	if _, _, err := Runaway(network, 1); err == nil {
		t.Error("a negative drive was taken for a runaway")
	}
	network.Weights[1][1] = -1
	if _, _, err := Runaway(network, 1); err == nil {
		t.Error("targets that hear differently were taken")
	}
}

// The law by hand, and at large n that of the finite-n equations.
func TestSilence(t *testing.T) {
	network := read(t, "silent")
	s := bnn.Must(NewSilence(network))
	if want := 1.5 - math.Exp(-2); math.Abs(s.Amplitude-want) > 1e-12 || s.Slope != 4 {
		t.Errorf("%+v, want an amplitude of %v", s, want)
	}
	if x := s.Depth(1e6, 0.01); math.Abs(s.Defect(1e6, x, 0.01)) > 1e-12 {
		t.Errorf("depth %v has a defect", x)
	}
	for _, n := range []int{1e6, 1e10} {
		end := bnn.Must(theory.FiniteSize(context.Background(), network, n, []float64{30}))
		if defect := s.Defect(float64(n), -end.Mean[0][1], end.Variance[0][1]); math.Abs(defect) > 100*math.Pow(float64(n), -0.5)+0.001 {
			t.Errorf("n = %d: defect %v", n, defect)
		}
	}
	if _, err := NewSilence(read(t, "abstract")); err == nil {
		t.Error("a balanced network was taken for a silent one")
	}
}
