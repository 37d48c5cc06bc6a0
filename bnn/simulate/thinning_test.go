package simulate

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// recordThinning runs one fast replica, prepared by arrange if not nil.
func recordThinning(t testing.TB, network *bnn.Network, n int, seed uint64, times []float64, arrange func(*thinning)) *StateRecorder {
	t.Helper()
	plan, err := newPlan(context.Background(), network, n, times)
	if err != nil {
		t.Fatal(err)
	}
	states := &StateRecorder{}
	r := newThinning(plan, rand.New(rand.NewPCG(seed, 0)))
	if arrange != nil {
		arrange(r)
	}
	if err := r.run(context.Background(), times, []Recorder{states}); err != nil {
		t.Fatal(err)
	}
	return states
}

// The ways to run: as chosen automatically, or pinned to one kind of window.
var thinningModes = map[string]func(*thinning){
	"automatic": nil,
	"flat":      func(r *thinning) { r.pin(true, r.window.plain) },
	"classes":   func(r *thinning) { r.pin(true, false) },
	"following": func(r *thinning) { r.pin(false, r.window.plain) },
}

// pin restarts with windows of one kind only.
func (r *thinning) pin(flat, plain bool) {
	w := &r.window
	w.pinned, w.flat, w.plain = true, flat, plain
	if flat && !plain {
		total := 0.0
		for e, rest := range r.rest {
			if e < len(r.counts) {
				total += rest.bound * float64(r.counts[e])
			} else {
				total += rest.bound * rest.sources
			}
		}
		w.flatGap = 1 / (total * float64(r.neurons))
	}
	r.openWindow(0)
}

func TestThinningOutputsChangeNothing(t *testing.T) {
	long(t)
	for _, name := range []string{"dense", "silent", "feedforward", "two-timescales"} {
		network := unprojected(t, name)
		for mode, arrange := range thinningModes {
			rare := recordThinning(t, network, 40, 3, []float64{2.5}, arrange)
			often := recordThinning(t, network, 40, 3, bnn.Every(0.001, 2.5), arrange)
			if last := len(often.Potentials) - 1; !reflect.DeepEqual(rare.Potentials[0], often.Potentials[last]) {
				t.Errorf("%s, %s: output times change the run", name, mode)
			}
		}
	}
}

// cancelling is a context that ends when asked the given number of times.
type cancelling struct {
	context.Context
	asks int
}

func (c *cancelling) Err() error {
	if c.asks--; c.asks < 0 {
		return context.Canceled
	}
	return nil
}

func TestThinningStops(t *testing.T) {
	for _, name := range []string{"dense", "silent"} {
		plan, err := newPlan(context.Background(), unprojected(t, name), 3000, []float64{1e9})
		if err != nil {
			t.Fatal(err)
		}
		r := newThinning(plan, rand.New(rand.NewPCG(1, 0)))
		most := 0.0
		r.inspect = func() { most = max(most, r.span/r.gap) }
		cancelled, cancel := context.WithCancelCause(context.Background())
		cancel(context.Canceled)
		if err := r.run(&cancelling{cancelled, 200}, []float64{1e9}, nil); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		// A hundred thousand candidates take about a millisecond.
		if most > 1e5 {
			t.Errorf("%s: %g candidates between questions", name, most)
		}
	}
}

func TestThinningMemory(t *testing.T) {
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
	_, few := allocated(20, 0.2)
	if _, many := allocated(20, 10); many > few+8 {
		t.Errorf("%g allocations for a short run, %g for a long one", few, many)
	}
}

// What thinning is not made for is left to the plain simulator, number for number.
func TestThinningLeavesTheRest(t *testing.T) {
	noisy := unprojected(t, "dense")
	noisy.Populations[1].Noise = 0.3
	steep := unprojected(t, "dense")
	steep.Populations[0].Rate = bnn.Logistic{Max: 1, Slope: 1e25, Threshold: 0}
	many := &bnn.Network{Name: "many"}
	for a := range maxEmitters + 1 {
		many.Populations = append(many.Populations, bnn.Population{Name: string(rune('A' + a)), Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}})
		many.Weights = append(many.Weights, make([]float64, maxEmitters+1))
		many.Initial.Mean = append(many.Initial.Mean, 0)
		many.Initial.Variance = append(many.Initial.Variance, 1)
	}
	for name, network := range map[string]*bnn.Network{"noise": noisy, "steep": steep, "many": many} {
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
