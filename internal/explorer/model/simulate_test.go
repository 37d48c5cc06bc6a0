package model

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/internal/verification"
)

// simulate answers a question and collects what it shows.
func simulated(t *testing.T, ctx context.Context, question object, interval time.Duration) ([]Batch, SimulateAnswer) {
	t.Helper()
	var batches []Batch
	text := Simulate(ctx, text(t, question), interval, func(b Batch) {
		for a := range b.Sample {
			b.Sample[a] = slices.Clone(b.Sample[a])
		}
		batches = append(batches, b)
	})
	var answer SimulateAnswer
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatal(err)
	}
	return batches, answer
}

// Rows and samples are those of a replica of package bnn, however they are batched.
func TestSimulationIsThatOfTheEnsemble(t *testing.T) {
	for name, network := range presets(t) {
		network.Initial.OnManifold = network.Initial.OnManifold && name != "silent"
		for _, n := range []int{60, 3000} {
			times := bnn.Every(0.1, 0.5)
			moments, states := &simulate.MomentRecorder{}, &simulate.StateRecorder{}
			ensemble := simulate.Ensemble{Network: network, N: n, Replicas: 1, Seed: 5}
			method := "exact"
			if n > 1000 {
				method, ensemble.Method = "leap", simulate.Leap{Step: min(network.Populations[0].Tau, network.Populations[1].Tau) / 128}
			}
			if err := ensemble.Replica(t.Context(), 0, times, moments, states); err != nil {
				t.Fatal(err)
			}
			for _, interval := range []time.Duration{0, time.Hour} {
				batches, answer := simulated(t, t.Context(), object{"network": network, "n": n, "seed": 5, "to": 0.5, "every": 0.1}, interval)
				if answer != (SimulateAnswer{Method: method}) {
					t.Fatalf("%s, n = %d: %+v", name, n, answer)
				}
				if want := map[time.Duration]int{0: len(times), time.Hour: 2}[interval]; len(batches) != want {
					t.Errorf("%d batches, want %d", len(batches), want)
				}
				row := 0
				for _, batch := range batches {
					for _, r := range batch.Rows {
						if r.Time != times[row] || !slices.Equal(r.Mean, moments.Mean[row]) ||
							!slices.Equal(r.Variance, moments.Variance[row]) || !slices.Equal(r.Rate, moments.Rate[row]) {
							t.Errorf("%s, n = %d: row %d is %+v", name, n, row, r)
						}
						row++
					}
					for a, sample := range batch.Sample {
						if want := states.Potentials[row-1][a]; !slices.Equal(sample, want[:min(len(want), 2000)]) {
							t.Errorf("%s, n = %d: the sample of %d after row %d is another", name, n, a, row-1)
						}
					}
				}
				if row != len(times) {
					t.Errorf("%d rows, want %d", row, len(times))
				}
			}
		}
	}
}

// The step of the leap keeps its means and variances within what simulate.Leap would choose for
// all networks of the project, at all times that a page would draw.
func TestLeapStepIsSmallEnough(t *testing.T) {
	for name, network := range presets(t) {
		network.Initial.OnManifold = network.Initial.OnManifold && name != "silent"
		for _, n := range []int{1001, 20000} {
			if testing.Short() && n > 1001 {
				continue // where the leap takes most of the time, and which the whole run looks at
			}
			ensemble := simulate.Ensemble{Network: network, N: n, Replicas: 1, Seed: 1, Method: simulate.Leap{}}
			chosen, err := ensemble.Run(t.Context(), bnn.Every(0.025, 1))
			if err != nil {
				t.Fatal(err)
			}
			if _, method := methodFor(network, n); method.(simulate.Leap).Step > chosen.Step {
				t.Errorf("%s, n = %d: %+v, where %g is needed", name, n, method, chosen.Step)
			}
		}
	}
}

func TestSimulationStops(t *testing.T) {
	verification.Long(t)
	for _, n := range []int{1000, 20000} {
		ctx, cancel := context.WithCancelCause(t.Context())
		var answer SimulateAnswer
		rows := 0
		raw := Simulate(ctx, text(t, object{"network": preset(t, "abstract"), "n": n, "seed": 1, "to": 1000, "every": 1}), 0, func(b Batch) {
			if rows += len(b.Rows); rows == 3 {
				cancel(errors.New("enough"))
			}
		})
		if err := json.Unmarshal(raw, &answer); err != nil {
			t.Fatal(err)
		}
		if !answer.Stopped || answer.Problem != nil || rows < 3 || rows > 4 {
			t.Errorf("n = %d: %d rows, %s", n, rows, raw)
		}
	}
}

func TestRefusedSimulations(t *testing.T) {
	for _, c := range []struct {
		name    string
		n       int
		to      float64
		project bool
		kind    string
	}{
		{"abstract", 0, 1, false, "input"},
		{"abstract", 20001, 1, false, "input"},
		{"abstract", 1, 1, false, "input"}, // one neuron has no variance
		{"abstract", 10, -1, false, "input"},
		{"silent", 10, 1, true, "unbalanced"},
		{"huge", 10, 1, false, "failed"},
	} {
		network := presets(t)[c.name]
		if c.name == "huge" {
			network = change(t, "abstract", func(n *bnn.Network) { n.Initial.Variance = []float64{1e308, 1} })
		}
		network.Initial.OnManifold = c.project
		batches, answer := simulated(t, t.Context(), object{"network": network, "n": c.n, "seed": 1, "to": c.to, "every": 0.5}, 0)
		if len(batches) > 0 || answer.Problem == nil || answer.Problem.Kind != c.kind || answer.Stopped {
			t.Errorf("%+v: %d batches, %+v", c, len(batches), answer)
		}
	}
}

// A considerate context pauses after its time, and otherwise is the one that it is made of.
func TestConsiderate(t *testing.T) {
	reason := errors.New("reason")
	parent, cancel := context.WithCancelCause(t.Context())
	paused := 0
	ctx := Considerate(parent, 5*time.Millisecond, func() { paused++ })
	for began := time.Now(); time.Since(began) < 50*time.Millisecond; {
		if ctx.Err() != nil {
			t.Fatal(ctx.Err())
		}
	}
	if paused < 1 || paused > 10 {
		t.Errorf("%d pauses", paused)
	}
	cancel(reason)
	if ctx.Err() != context.Canceled || context.Cause(ctx) != reason {
		t.Errorf("%v, %v", ctx.Err(), context.Cause(ctx))
	}
}

// The raster holds the spikes that package bnn records, but for neuron 0 itself.
func TestRaster(t *testing.T) {
	network := preset(t, "abstract")
	want, err := simulate.Ensemble{Network: network, N: 30, Replicas: 1, Seed: 9}.SpikeTrains(t.Context(), 0, 2, simulate.NeuronID{})
	if err != nil {
		t.Fatal(err)
	}
	got := ask[RasterAnswer](t, "raster", object{"network": network, "n": 30, "seed": 9, "to": 2, "rows": 5})
	if got.N != 30 || len(got.Trains) != 10 || got.Problem != nil {
		t.Fatalf("%+v", got)
	}
	spikes := 0
	for i, train := range got.Trains {
		b := i / 5
		if train.Population != network.Populations[b].Name || train.Neuron != i%5+1-b || !slices.Equal(train.Times, want.Trains[0][b][train.Neuron]) {
			t.Errorf("train %d: %+v", i, train)
		}
		spikes += len(train.Times)
	}
	if spikes < 5 {
		t.Errorf("%d spikes", spikes)
	}
	if got := ask[RasterAnswer](t, "raster", object{"network": network, "n": 5, "seed": 9, "to": 0, "rows": 100}); len(got.Trains) != 9 || got.Trains[0].Times == nil {
		t.Errorf("a small network: %+v", got)
	}
	if got := ask[RasterAnswer](t, "raster", object{"network": network, "n": 20000, "seed": 9, "to": 0, "rows": 1}); got.N != 150 {
		t.Errorf("n = %d", got.N)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (RasterQuestion{Network: *network, N: 150, To: 100, Rows: 5}).Answer(ctx); err != context.Canceled {
		t.Errorf("after the end of the context: %v", err)
	}
}
