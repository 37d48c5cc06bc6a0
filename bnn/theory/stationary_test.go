package theory

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// The stationary state is where the limit equations end up.
func TestStationaryStatesAreWhereTheLimitGoes(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		network := networktest.ReadNetwork(t, name).AtRest()
		states, err := StationaryStates(t.Context(), network)
		if err != nil {
			t.Fatal(err)
		}
		if len(states) != 1 {
			t.Fatalf("%s: %d states", name, len(states))
		}
		limit, err := Limit(t.Context(), network, []float64{20, 40, 41})
		if err != nil {
			t.Fatal(err)
		}
		s := states[0]
		if d := networktest.DistanceOf(limit.Mean[1], s.Mean) + networktest.DistanceOf(limit.Variance[1], s.Variance); d > 1e-9 {
			t.Errorf("%s: the limit ends %g away from the stationary state", name, d)
		}
		if math.Abs(limit.Stability[1]-s.Stability) > 1e-8 {
			t.Errorf("%s: stability %g, of the limit %g", name, s.Stability, limit.Stability[1])
		}
		if s.SlowStability >= 0 {
			t.Errorf("%s: slow stability %g", name, s.SlowStability)
		}
	}
}

// The slow stability is the rate at which a displacement along the manifold decays.
func TestSlowStability(t *testing.T) {
	network := networktest.ReadNetwork(t, "two-timescales")
	states, err := StationaryStates(t.Context(), network)
	if err != nil {
		t.Fatal(err)
	}
	s := states[0]
	network.Initial = bnn.Initial{Mean: []float64{s.Mean[0] + 0.02, s.Mean[1]}, Variance: s.Variance, OnManifold: true}
	limit, err := Limit(t.Context(), network, []float64{8, 10})
	if err != nil {
		t.Fatal(err)
	}
	rate := math.Log(networktest.DistanceOf(limit.Mean[1], s.Mean)/networktest.DistanceOf(limit.Mean[0], s.Mean)) / 2
	if math.Abs(rate-s.SlowStability) > 0.01 {
		t.Errorf("slow stability %g, measured %g", s.SlowStability, rate)
	}
}

// A steep excitatory and a shallow inhibitory curve cross twice: a balance and a tipping
// point below it.
func TestTippingPoint(t *testing.T) {
	network := folding()
	network.Populations[0].Stimulus = bnn.ConstantStimulus{Value: 0.5}
	states, err := StationaryStates(t.Context(), network)
	if err != nil {
		t.Fatal(err)
	}
	if len(states) != 2 || states[0].Stability >= 0 || states[1].Stability <= 0 {
		t.Fatalf("want a stable state above a tipping point, got %+v", states)
	}
}

// With equal bounds E and I also balance far above their thresholds, where both rates are
// at their bounds up to rounding: no state of the equations.
func TestNoStationaryStatesByRounding(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	inhibitory := network.Populations[1].Rate.(bnn.Logistic)
	inhibitory.Max = network.Populations[0].Rate.(bnn.Logistic).Max
	network.Populations[1].Rate = inhibitory
	states, err := StationaryStates(t.Context(), network)
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range states {
		if math.Abs(state.Mean[0]) > 10 {
			t.Errorf("a state of mean %g and stability %g", state.Mean[0], state.Stability)
		}
	}
}
