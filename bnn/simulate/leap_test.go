package simulate

import (
	"context"
	"errors"
	"math"
	"os"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/leap"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
	"balanced/internal/verification"
)

// leapFalseAlarmZ is exceeded anywhere in the at most 500 comparisons of one test below
// with probability under 1e-6: 2e-9 each, two-sided.
const leapFalseAlarmZ = 6.0

// With constant rates the exact moments have a closed form, also for a handful of neurons.
func TestLeapAgainstClosedForm(t *testing.T) {
	verification.Long(t)
	const n, replicas, step = 7, 4000, 0.05
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	want := closedForm(network, n, times, false)
	s := leapEnsemble(t, network, n, replicas, step, times, nil)
	if z, where := largestZ(s, want); z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the %s", z, where)
	}
	for row, at := range times {
		for a := range network.Populations {
			for b, source := range network.Populations {
				targets, sources := network.Populations[a].Size*n, source.Size*n
				if a == b {
					sources--
				}
				expected := targets * sources * source.Rate.At(0) * at
				if z := (s.Spikes[row][a][b] - expected) / math.Sqrt(expected/replicas); math.Abs(z) > networktest.FalseAlarmZ {
					t.Errorf("t = %g: %g spikes from %d to %d, want %g", at, s.Spikes[row][a][b], b, a, expected)
				}
				if ratio := s.SpikesError[row][a][b] / math.Sqrt(expected/replicas); math.Abs(ratio-1) > 0.07 {
					t.Errorf("t = %g: the spikes from %d to %d vary %.3f times as much as Poisson counts", at, b, a, ratio)
				}
			}
		}
	}
	for name, change := range map[string]func(*leap.Scheme) leap.Populations{"no own input": withoutSelfInput, "plain normal": plainNormal} {
		wrong := leapEnsemble(t, network, n, replicas, step, times, change)
		if z, _ := largestZ(wrong, want); z <= networktest.FalseAlarmZ {
			t.Errorf("planted bug %q goes unseen: |z| = %.1f", name, z)
		}
	}
	for name, plant := range plantedBugs(network) {
		wrong := networktest.ConstantRates()
		plant(wrong)
		if z, _ := largestZ(s, closedForm(wrong, n, times, false)); z <= networktest.FalseAlarmZ {
			t.Errorf("planted bug %q goes unseen: |z| = %.1f", name, z)
		}
	}
}

// longTests turns on comparisons that take minutes.
const longTests = "BNN_LONG_TESTS"

// The leap and the exact simulation agree within the statistical error of both, in all
// moments and spike counts, at n = 200 and 1000; and at 5000 and with more replicas if asked to.
func TestLeapAgainstExact(t *testing.T) {
	verification.Long(t)
	type size struct{ n, replicas, leaps int }
	sizes := []size{{200, 24, 300}, {1000, 1, 100}}
	if os.Getenv(longTests) != "" {
		sizes = []size{{200, 200, 1000}, {1000, 12, 400}, {5000, 2, 100}}
	} else {
		t.Logf("n = 5000 and more replicas are left out: minutes of exact simulation; %s=1 turns them on", longTests)
	}
	times := []float64{0.2, 0.5}
	for name, network := range leapNetworks(t) {
		t.Run(name, func(t *testing.T) {
			if name != "silent" {
				verification.Only(t) // one network sees the whole way
			}
			for _, size := range sizes {
				if name == "pulsed" && size.n == 200 {
					size.replicas = max(size.replicas, 80) // to see that own inputs are missing
				}
				plan, err := newPlan(context.Background(), network, size.n, times)
				if err != nil {
					t.Fatal(err)
				}
				step, _, err := leapStep(context.Background(), plan, 5e-4)
				if err != nil {
					t.Fatal(err)
				}
				exact, err := Ensemble{Network: network, N: size.n, Replicas: size.replicas, Seed: 3}.Run(context.Background(), times)
				if err != nil {
					t.Fatal(err)
				}
				z := largestJointZ(leapEnsemble(t, network, size.n, size.leaps, step, times, nil), exact)
				t.Logf("%s, n = %d, step %.3g: |z| = %.1f", name, size.n, step, z)
				if z > leapFalseAlarmZ {
					t.Errorf("%s, n = %d, step %.3g: |z| = %.1f", name, size.n, step, z)
				}
				if size.n > 200 {
					continue
				}
				bugs := map[string]func(*leap.Scheme) leap.Populations{}
				switch name {
				case "silent":
					bugs["plain normal"] = plainNormal
				case "pulsed":
					bugs["no own input"] = withoutSelfInput
				}
				for bug, change := range bugs {
					if z := largestJointZ(leapEnsemble(t, network, size.n, size.leaps, step, times, change), exact); z <= leapFalseAlarmZ {
						t.Errorf("%s: planted bug %q goes unseen: |z| = %.1f", name, bug, z)
					}
				}
			}
		})
	}
}

// A replica is the same for any number of workers, and again.
func TestLeapWorkers(t *testing.T) {
	network := leapNetworks(t)["three"]
	const n = 14_000
	var first StateRecorder
	var firstSpikes SpikeRecorder
	for i, workers := range []int{1, 2, 3, 1} {
		plan, err := newPlan(context.Background(), network, n, []float64{0, 0.3, 0.35})
		if err != nil {
			t.Fatal(err)
		}
		states, spikes := &StateRecorder{}, &SpikeRecorder{}
		if err := plan.simulateLeap(context.Background(), random.New(1, "", n, 0), bnn.Must(plan.leapGrid(0.05)), workers, []Recorder{states, spikes}); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first, firstSpikes = *states, *spikes
		} else if !reflect.DeepEqual(first, *states) || !reflect.DeepEqual(firstSpikes, *spikes) {
			t.Errorf("%d workers give another result than 1", workers)
		}
	}
}

// A step allocates nothing, also with workers.
func TestLeapAllocations(t *testing.T) {
	plan, err := newPlan(context.Background(), leapNetworks(t)["three"], 14_000, []float64{10})
	if err != nil {
		t.Fatal(err)
	}
	run := newLeapRun(plan, random.New(1, "", 14_000, 0), 2)
	defer run.neurons.Close()
	grid, err := plan.leapGrid(0.02)
	if err != nil {
		t.Fatal(err)
	}
	run.scheme.Begin()
	i := 0
	step := func() {
		if err := run.scheme.Step(grid[i], grid[i+1].Length(), i > 0); err != nil {
			t.Fatal(err)
		}
		i++
	}
	for range 100 {
		step()
	}
	if allocations := testing.AllocsPerRun(100, step); allocations > 0 {
		t.Errorf("%g allocations a step", allocations)
	}
}

func TestLeapStopsWhenAsked(t *testing.T) {
	plan, err := newPlan(context.Background(), networktest.ReadNetwork(t, "dense"), 1000, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	reason := errors.New("enough")
	cancel(reason)
	if err := plan.simulateLeap(ctx, random.New(1, "", 1000, 0), bnn.Must(plan.leapGrid(0.02)), 1, nil); err != reason {
		t.Errorf("%v, want the cause of the end", err)
	}
}

func TestLeapRefuses(t *testing.T) {
	plan, err := newPlan(context.Background(), networktest.ConstantRates(), 100, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		leap Leap
		path string
	}{
		{Leap{Step: -1}, "step"}, {Leap{Step: math.NaN()}, "step"}, {Leap{Step: math.Inf(1)}, "step"},
		{Leap{Tolerance: -1}, "tolerance"}, {Leap{Tolerance: math.NaN()}, "tolerance"}, {Leap{Tolerance: 1e-300}, "tolerance"},
	} {
		var input *bnn.InputError
		if step, _, err := c.leap.step(context.Background(), plan); !errors.As(err, &input) || input.Path != c.path {
			t.Errorf("%+v: step %g and %v, want an InputError for %s", c.leap, step, err, c.path)
		}
	}
	if step, _, err := (Leap{Step: 0.3}).step(context.Background(), plan); step != 0.3 || err != nil {
		t.Errorf("a given step becomes %g, %v", step, err)
	}
	for _, step := range []float64{1e-300, 1e-9} {
		var input *bnn.InputError
		if _, err := (Leap{Step: step}).prepare(context.Background(), plan, 1); !errors.As(err, &input) || input.Path != "step" {
			t.Errorf("step %g: %v, want an InputError for it", step, err)
		}
	}
}
