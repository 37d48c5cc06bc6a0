package simulate

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

func TestExactMemory(t *testing.T) {
	network := unprojected(t, "silent")
	allocated := func(n int, end float64) (bytes, count float64) {
		plan, err := newPlan(context.Background(), network, n, []float64{end})
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(1, 0))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := (&engine{run: plan.simulateExact}).simulate(context.Background(), plan, random, nil); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc), float64(after.Mallocs - before.Mallocs)
	}
	allocated(30, 3) // the tables that are kept
	small, _ := allocated(1000, 1e-5)
	large, _ := allocated(101_000, 1e-9)
	if each := (large - small) / 200_000; each > 24 {
		t.Errorf("%.1f bytes a neuron", each)
	}
	network = lawNetworks(t)["three"]
	allocated(20, 10) // the tables of its levels
	_, few := allocated(20, 0.2)
	if _, many := allocated(20, 10); many > few+8 {
		t.Errorf("%g allocations for a short run, %g for a long one", few, many)
	}
}

// What thinning is not made for is left to the plain simulator, number for number.
func TestExactLeavesTheRest(t *testing.T) {
	steep := unprojected(t, "dense")
	steep.Populations[0].Rate = bnn.Logistic{Max: 1, Slope: 1e25, Threshold: 0}
	slow := unprojected(t, "dense")
	slow.Populations[1].Tau = 1e-10
	for name, network := range map[string]*bnn.Network{"steep": steep, "fast leak": slow} {
		plan, err := newPlan(context.Background(), network, 10, []float64{0.5, 1})
		if err != nil {
			t.Fatal(err)
		}
		var fast, plain MomentRecorder
		exact, err := Exact{}.prepare(context.Background(), plan, 1)
		if err != nil {
			t.Fatal(err)
		}
		if exact.name != "plain" || exact.fallback == "" {
			t.Errorf("%s: runs by %q, since %q", name, exact.name, exact.fallback)
		}
		if err := exact.simulate(context.Background(), plan, rand.New(rand.NewPCG(1, 0)), []Recorder{&fast}); err != nil {
			t.Fatal(err)
		}
		if err := (&engine{run: plan.simulatePairwise}).simulate(context.Background(), plan, rand.New(rand.NewPCG(1, 0)), []Recorder{&plain}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(fast.Moments, plain.Moments) {
			t.Errorf("%s: not the plain simulator", name)
		}
	}
}

// unprojected reads a network and leaves its start as it is given.
func unprojected(t testing.TB, name string) *bnn.Network {
	t.Helper()
	network := networktest.ReadNetwork(t, name)
	network.Initial.OnManifold = false
	return network
}
