package bnn

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
)

// recordThinning runs one fast replica, prepared by arrange if not nil.
func recordThinning(t testing.TB, network *Network, n int, seed uint64, times []float64, arrange func(*thinning)) *StateRecorder {
	t.Helper()
	plan, err := newPlan(network, n, times)
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
	for _, name := range []string{"dense", "silent", "feedforward", "two-timescales"} {
		network := unprojected(t, name)
		for mode, arrange := range thinningModes {
			rare := recordThinning(t, network, 40, 3, []float64{2.5}, arrange)
			often := recordThinning(t, network, 40, 3, Every(0.001, 2.5), arrange)
			if last := len(often.Potentials) - 1; !reflect.DeepEqual(rare.Potentials[0], often.Potentials[last]) {
				t.Errorf("%s, %s: output times change the run", name, mode)
			}
		}
	}
}

// In every window every neuron keeps to its bound, now and, if nothing hits it, until
// the end of the window.
func TestThinningKeepsBounds(t *testing.T) {
	pulsedSilent := unprojected(t, "silent")
	pulsedSilent.Populations[0].Stimulus = Pulse{0, 1.5, 1, 0.5}
	pulsedSilent.Populations[1].Stimulus = Sine{0, 1, 0.7, 0}
	pulsedSilent.Populations[1].Rate = Probit{2, 2, 0.4}
	pulsedSilent.Populations[1].Tau = 0.4
	networks := map[string]*Network{"silent": unprojected(t, "silent"), "dense": unprojected(t, "dense"), "pulsed": pulsedSilent}
	for name, network := range networks {
		windows, checks, classes := map[float64]bool{}, 0, map[uint8]bool{}
		violations := func(off float64) (count int) {
			recordThinning(t, network, 60, 1, []float64{2}, func(r *thinning) {
				r.pin(false, false)
				r.inspect = func() {
					windows[r.window.opened] = true
					checks++
					for j, class := range r.class {
						a := int(class / classesPerEmitter)
						p := network.Populations[a]
						for _, at := range []float64{r.sync, (r.sync + r.window.end) / 2, r.window.end} {
							v := r.x[j]*math.Exp(-(at-r.origin[a])/p.Tau) + r.steady[a].At(at) + off
							if p.Rate.At(v) > p.Rate.Bound()*r.classes[class].table.bound*(1+1e-12) {
								count++
							}
						}
						classes[class] = true
					}
				}
			})
			return count
		}
		if count := violations(0); count > 0 {
			t.Errorf("%s: %d violations", name, count)
		}
		if len(windows) < 20 || checks < 100 || len(classes) < 5 {
			t.Errorf("%s: only %d windows, %d checks and %d classes", name, len(windows), checks, len(classes))
		}
		if violations(0.15) == 0 {
			t.Errorf("%s: potentials 0.15 too high go unseen", name)
		}
	}
}

// Sources and targets are uniform among ordered pairs of distinct neurons: with one
// neuron firing at a time, and jumps too small to matter, every pair can be counted.
func TestThinningPairsAreUniform(t *testing.T) {
	const weight = 1e-9
	for _, neurons := range []int{2, 3, 5, 40} {
		network := &Network{
			Name:        "pairs",
			Populations: []Population{{Name: "E", Tau: 1e12, Size: 1, Rate: Logistic{1, 1, 0}}},
			Weights:     [][]float64{{weight}},
			Initial:     Initial{Mean: []float64{0}, Variance: []float64{0}},
		}
		for mode, arrange := range thinningModes {
			var counts []float64
			end := 200_000 / float64(neurons*neurons)
			for k := range neurons {
				states := recordThinning(t, network, neurons, uint64(k), []float64{end}, func(r *thinning) {
					for j := range r.x {
						r.x[j] = -1000
					}
					r.x[k] = 1000
					if arrange != nil {
						arrange(r)
					}
				})
				for j, v := range states.Potentials[0][0] {
					rest := -1000.0
					if j == k {
						rest = 1000
					}
					hits := math.Round((v/math.Exp(-end/1e12) - rest) * math.Sqrt(float64(neurons)) / weight)
					if j == k && hits != 0 {
						t.Fatalf("%d neurons, %s: neuron %d hears itself", neurons, mode, k)
					}
					if j != k {
						counts = append(counts, hits)
					}
				}
			}
			total := 0.0
			for _, count := range counts {
				total += count
			}
			expected := end * float64(len(counts))
			if z := (total - expected) / math.Sqrt(expected); math.Abs(z) > falseAlarmZ {
				t.Errorf("%d neurons, %s: %g spikes, want %g", neurons, mode, total, expected)
			}
			if z := chiSquareZ(counts); z > falseAlarmZ {
				t.Errorf("%d neurons, %s: pairs are not uniform, z = %.1f", neurons, mode, z)
			}
			for i := range counts {
				counts[i] *= 1 + 0.2*float64(i%2)
			}
			if z := chiSquareZ(counts); z <= falseAlarmZ && neurons > 2 {
				t.Errorf("%d neurons, %s: every second pair 20 %% too often goes unseen, z = %.1f", neurons, mode, z)
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
		plan, err := newPlan(unprojected(t, name), 3000, []float64{1e9})
		if err != nil {
			t.Fatal(err)
		}
		r := newThinning(plan, rand.New(rand.NewPCG(1, 0)))
		asked, candidates := 0, int64(0)
		r.inspect = func() {
			asked++
			candidates = max(candidates, r.window.candidates)
		}
		cancelled, cancel := context.WithCancelCause(context.Background())
		cancel(context.Canceled)
		if err := r.run(&cancelling{cancelled, 200}, []float64{1e9}, nil); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		// Ten million candidates take 50 ms at the very least.
		if most := 210 * (1 << 17); asked > 100_000 || candidates > int64(most) || r.accepted() > int64(most) {
			t.Errorf("%s: %d candidates between 200 questions", name, candidates)
		}
	}
}

func TestThinningMemory(t *testing.T) {
	network := unprojected(t, "silent")
	allocated := func(n int, end float64) (bytes, count float64) {
		plan, err := newPlan(network, n, []float64{end})
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
	if _, few := allocated(100, 0.5); few > 0 {
		if _, many := allocated(100, 20); many > few+20 {
			t.Errorf("%g allocations for a short run, %g for a long one", few, many)
		}
	}
}

// What thinning is not made for is left to the plain simulator, number for number.
func TestThinningLeavesTheRest(t *testing.T) {
	noisy := unprojected(t, "dense")
	noisy.Populations[1].Noise = 0.3
	steep := unprojected(t, "dense")
	steep.Populations[0].Rate = Logistic{1, 1e25, 0}
	many := &Network{Name: "many"}
	for a := range maxEmitters + 1 {
		many.Populations = append(many.Populations, Population{Name: string(rune('A' + a)), Tau: 1, Size: 1, Rate: Logistic{1, 1, 0}})
		many.Weights = append(many.Weights, make([]float64, maxEmitters+1))
		many.Initial.Mean = append(many.Initial.Mean, 0)
		many.Initial.Variance = append(many.Initial.Variance, 1)
	}
	for name, network := range map[string]*Network{"noise": noisy, "steep": steep, "many": many} {
		plan, err := newPlan(network, 10, []float64{0.5, 1})
		if err != nil {
			t.Fatal(err)
		}
		var fast, plain MomentRecorder
		if err := (&engine{run: plan.simulateExact}).simulate(context.Background(), plan, rand.New(rand.NewPCG(1, 0)), []Recorder{&fast}); err != nil {
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
func unprojected(t testing.TB, name string) *Network {
	t.Helper()
	network := readNetwork(t, name)
	network.Initial.Project = false
	return network
}
