package simulate

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
	"balanced/internal/verification"
)

// resumed is an ensemble whose replica 0 is stopped and resumed again and again.
type resumed struct {
	name     string
	ensemble Ensemble
	times    []float64
}

// resumedCases are all methods, and of the exact one all kinds of windows.
func resumedCases(t testing.TB) []resumed {
	t.Helper()
	noisy := *networktest.ReadNetwork(t, "dense")
	noisy.Populations = append([]bnn.Population(nil), noisy.Populations...)
	noisy.Populations[0].Noise = 0.5
	stimulated := *networktest.ReadNetwork(t, "feedforward")
	stimulated.Populations = append([]bnn.Population(nil), stimulated.Populations...)
	stimulated.Populations[0].Stimulus = bnn.Pulse{Baseline: 0.1, Amplitude: 0.3, Start: 0.7, Duration: 0.55}
	stimulated.Populations[1].Stimulus = bnn.Sine{Amplitude: 0.2, Period: 0.8, Phase: 1}
	wider := widerNetworks(t)
	few, many, none := bnn.Every(0.25, 2), bnn.Every(0.01, 2), []float64{2}
	return []resumed{
		{"exact, flat windows", Ensemble{Network: networktest.ReadNetwork(t, "dense"), N: 60}, few},
		{"exact, windows that follow the state", Ensemble{Network: networktest.ReadNetwork(t, "silent"), N: 150}, few},
		{"exact, one row", Ensemble{Network: networktest.ReadNetwork(t, "silent"), N: 150}, none},
		{"exact, a source", Ensemble{Network: networktest.ReadNetwork(t, "feedforward"), N: 60}, many},
		{"exact, stimuli that change", Ensemble{Network: &stimulated, N: 60}, few},
		{"exact with noise", Ensemble{Network: &noisy, N: 60}, many},
		{"pairwise", Ensemble{Network: &stimulated, N: 60, Method: Pairwise{}}, many},
		{"pairwise, one row", Ensemble{Network: &noisy, N: 150, Method: Pairwise{}}, none},
		{"mean field", Ensemble{Network: &stimulated, N: 60, Method: MeanField{}}, many},
		{"shared spikes", Ensemble{Network: &stimulated, N: 300, Method: SharedSpikes{}}, many},
		{"shared spikes, one row", Ensemble{Network: &stimulated, N: 20000, Method: SharedSpikes{}}, none},
		{"sparse", Ensemble{Network: &stimulated, N: 60, Method: Sparse{InDegree: 12}}, many},
		{"sparse with noise", Ensemble{Network: &noisy, N: 90, Method: Sparse{InDegree: 10}}, many},
		{"leap, counts", Ensemble{Network: &stimulated, N: 60, Method: Leap{Step: 0.01}}, few},
		{"exact, all that is wider", Ensemble{Network: wider["everything"], N: 60}, few},
		{"exact, windows that follow spread thresholds", Ensemble{Network: wider["silent, spread and shared"], N: 150}, few},
		{"exact, rates that are brought", Ensemble{Network: wider["rising"], N: 60}, few},
		{"pairwise, all that is wider", Ensemble{Network: wider["everything"], N: 40, Method: Pairwise{}}, few},
		{"leap, all that is wider", Ensemble{Network: wider["everything"], N: 2500, Method: Leap{Step: 0.02}}, few},
		{"leap, normals", Ensemble{Network: &noisy, N: 5000, Method: Leap{Step: 0.02}}, none},
	}
}

// interrupting is a context that every run asks whenever it may be interrupted: now and
// then it has a checkpoint made, and at a random moment it ends the run, with a last
// checkpoint or, as if the process were killed, without.
type interrupting struct {
	context.Context
	watch *replicaWatch
	asks  int
	round *rand.Rand
	kills bool
}

func (c *interrupting) Value(any) any { return c.watch }

func (c *interrupting) Err() error {
	if c.asks--; c.asks > 0 {
		c.watch.asked.Store(c.round.IntN(20) == 0)
		return nil
	}
	if c.kills && c.round.IntN(2) == 0 {
		c.watch.keep = nil
	}
	return context.Canceled
}

// everyMoment makes a checkpoint of every replica that is asked.
func everyMoment(t testing.TB) {
	t.Helper()
	before := checkpointEvery
	checkpointEvery = 0
	t.Cleanup(func() { checkpointEvery = before })
}

// stopAndResume computes a replica in many parts, and tells how many there were.
func stopAndResume(t testing.TB, compute replicaFunc, seed uint64) (values []float64, stops int) {
	t.Helper()
	round := rand.New(rand.NewPCG(seed, 1))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	var kept []byte
	for longest := 2; ; longest = min(2*longest, 3000) {
		watch := &replicaWatch{found: kept, keep: func(state []byte) error { kept = state; return nil },
			reject: func(reason error) error { return reason }}
		values, err := compute(&interrupting{Context: ended, watch: watch, asks: 1 + round.IntN(longest), round: round, kills: true}, 0)
		if err == nil {
			return values, stops
		}
		if err != context.Canceled {
			t.Fatal(err)
		}
		stops++
	}
}

func TestStoppedAndResumed(t *testing.T) {
	everyMoment(t)
	for _, c := range resumedCases(t) {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.ensemble.N > 2000 {
				t.Skip("many neurons take most of the time of this test")
			}
			c.ensemble.Replicas, c.ensemble.Seed = 1, 3
			plan, engine, err := c.ensemble.prepare(context.Background(), c.times, nil)
			if err != nil {
				t.Fatal(err)
			}
			for name, quantity := range map[string]quantity{
				"moments": c.ensemble.moments(plan, engine), "states": c.ensemble.states(plan, engine, plan.firstNeurons(7)),
			} {
				if testing.Short() && name == "states" {
					continue // which are recorded in the same runs
				}
				want, err := quantity.compute(context.Background(), 0)
				if err != nil {
					t.Fatal(err)
				}
				for seed := range uint64(4) {
					t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
						if seed > 0 {
							verification.Only(t)
						}
						got, stops := stopAndResume(t, quantity.compute, seed)
						if !reflect.DeepEqual(got, want) {
							t.Errorf("%s: after %d stops the replica differs", name, stops)
						}
						if stops < 3 {
							t.Errorf("%s: only %d stops; the run is too short for this test", name, stops)
						}
					})
				}
			}
		})
	}
}

// newRun makes a run of a method for replica 0 of a plan, and the function that starts it.
func newRun(t testing.TB, p *plan, method Method, random *rand.Rand, recorders ...Recorder) (resumable, func(ctx context.Context) error) {
	t.Helper()
	switch method := method.(type) {
	case Leap:
		run := newLeapRun(p, random, 1)
		grid := bnn.Must(p.leapGrid(method.Step))
		return run, func(ctx context.Context) error { return run.simulate(ctx, grid, recorders) }
	case SharedSpikes:
		run := newSharedSpikesRun(p, random).plainRun
		return run, func(ctx context.Context) error { return run.run(ctx, p.times, recorders) }
	case Sparse:
		heard, sourcesHeard, err := method.inDegrees(p)
		if err != nil {
			t.Fatal(err)
		}
		run := newSparseRun(p, random, method.InDegree, heard, sourcesHeard).plainRun
		return run, func(ctx context.Context) error { return run.run(ctx, p.times, recorders) }
	case MeanField:
		run := newPairwiseRun(p, random, float64(p.n)).plainRun
		return run, func(ctx context.Context) error { return run.run(ctx, p.times, recorders) }
	case nil:
		if p.whyNotThinning() == "" {
			run := newExactRun(p, random)
			return run, func(ctx context.Context) error { return run.run(ctx, p.times, recorders) }
		}
	}
	run := newPairwiseRun(p, random, math.Sqrt(float64(p.n))).plainRun
	return run, func(ctx context.Context) error { return run.run(ctx, p.times, recorders) }
}

func sourceState(t testing.TB, source *rand.ChaCha8) []byte {
	t.Helper()
	state, err := source.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// forgetDerived clears what the next step or the next output time writes anew, and what
// cannot be compared.
func forgetDerived(run resumable) {
	switch run := run.(type) {
	case *exactRun:
		run.state = State{}
		forget(run.replica, "scratch")
	case *plainRun:
		run.random = nil // it is compared beside the run
		run.state.Time, run.state.Potentials = 0, nil
		run.spike, run.sourceSpike, run.others = nil, nil, nil
	case *leapRun:
		run.state.Time = 0
		forget(run.scheme, "laws", "sums", "middle", "correction", "coupling", "draw", "excess")
		forget(&run.neurons.Spikes, "normals", "words", "means", "roots")
		forget(run.neurons, "noise", "tables", "compound", "means", "team", "task", "laws", "shift", "deviations")
		for i := range run.neurons.Blocks {
			forget(&run.neurons.Blocks[i], "sum", "noise")
		}
	}
}

// forget clears fields of another package's struct.
func forget(pointer any, fields ...string) {
	for _, name := range fields {
		field := reflect.ValueOf(pointer).Elem().FieldByName(name)
		reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem().SetZero()
	}
}

// A run that was read from a checkpoint is the run that was written, variable by variable:
// no variable is forgotten, whether it mattered in the runs of the test above or not.
func TestCheckpointIsComplete(t *testing.T) {
	everyMoment(t)
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range resumedCases(t) {
		c.ensemble.Replicas, c.ensemble.Seed = 1, 3
		plan, _, err := c.ensemble.prepare(context.Background(), c.times, nil)
		if err != nil {
			t.Fatal(err)
		}
		questions := []int{1, 2, 4, 30, 100}
		if testing.Short() {
			questions = []int{2, 100}
		}
		for _, asks := range questions {
			source := random.NewSource(1, "", 2, 3)
			run, start := newRun(t, plan, c.ensemble.Method, rand.New(source))
			var state []byte
			watch := &replicaWatch{keep: func(kept []byte) error { state = kept; return nil }}
			watch.begin(2, source, nil)
			ctx := &interrupting{Context: ended, watch: watch, asks: asks, round: rand.New(rand.NewPCG(1, 2))}
			if err := start(ctx); err == nil {
				continue // at its end before so many questions
			} else if err != context.Canceled {
				t.Fatal(err)
			}
			otherSource := random.NewSource(1, "", 2, 3)
			other, _ := newRun(t, plan, c.ensemble.Method, rand.New(otherSource))
			var at float64
			if err := decodeState(state, []resumable{watchedTime{&at}, other, replicaSource{otherSource}}); err != nil {
				t.Fatal(err)
			}
			forgetDerived(run)
			forgetDerived(other)
			if !reflect.DeepEqual(run, other) || !bytes.Equal(sourceState(t, source), sourceState(t, otherSource)) {
				t.Errorf("%s: after %d questions the run that was read differs", c.name, asks)
			}
		}
	}
}

func flatten(moments *MomentRecorder, spikes *SpikeRecorder) []float64 {
	var values []float64
	for _, table := range moments.Tables() {
		values = append(values, slices.Concat(table...)...)
	}
	for _, counts := range [2][][][]int64{spikes.Spikes, spikes.SourceSpikes} {
		for _, table := range counts {
			for _, count := range slices.Concat(table...) {
				values = append(values, float64(count))
			}
		}
	}
	return values
}
