//go:build !js

package simulate

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/store"
	"balanced/internal/verification"
)

// lookOften makes a checkpoint of every replica many times a second.
func lookOften(t testing.TB) {
	t.Helper()
	everyMoment(t)
	before := lookEvery
	lookEvery = 5 * time.Millisecond
	t.Cleanup(func() { lookEvery = before })
}

// longEnsembles take from half a second to some seconds.
func longEnsembles(t testing.TB) map[string]Ensemble {
	t.Helper()
	network := networktest.ReadNetwork(t, "feedforward")
	return map[string]Ensemble{
		"exact": {Network: network, N: 700, Replicas: 2, Seed: 4},
		"leap":  {Network: network, N: 20000, Replicas: 2, Seed: 4, Method: Leap{Step: 0.005}},
	}
}

// rareTimes are far apart: most checkpoints are made between them.
var rareTimes = []float64{0, 1.5}

// checkpointsIn counts the checkpoints of a store.
func checkpointsIn(t testing.TB, s *store.Store) int {
	t.Helper()
	checkpoints := 0
	for _, entry := range bnn.Must(s.List(context.Background())) {
		checkpoints += entry.Checkpoints
	}
	return checkpoints
}

// shelfOf opens the one shelf of a store, nil if there is none yet.
func shelfOf(t testing.TB, s *store.Store) *store.Shelf {
	t.Helper()
	entries := bnn.Must(s.List(context.Background()))
	if len(entries) == 0 {
		return nil
	}
	return bnn.Must(s.Shelf(context.Background(), entries[0].Recipe, store.About{}))
}

// interrupt runs an ensemble until it has got so far, and returns what the end says.
func interrupt(t testing.TB, e Ensemble, part float64) *InterruptedError {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e.Progress = func(p Progress) {
		if p.Part >= part {
			cancel()
		}
	}
	_, err := e.Run(ctx, rareTimes)
	var interrupted *InterruptedError
	if !errors.As(err, &interrupted) || !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	return interrupted
}

// A long replica that is stopped goes on where it was, says so, and leaves no checkpoint
// when it is done.
func TestEnsembleGoesOnFromCheckpoints(t *testing.T) {
	lookOften(t)
	for name, ensemble := range longEnsembles(t) {
		if testing.Short() && name != "leap" {
			continue // TestStoppedAndResumed goes through all methods
		}
		want, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil {
			t.Fatal(err)
		}
		var mutex sync.Mutex
		var reports []string
		kept := store.At(t.TempDir())
		kept.Report = func(message string) {
			mutex.Lock()
			defer mutex.Unlock()
			reports = append(reports, message)
		}
		ensemble.Store, ensemble.Workers = kept, 1
		interrupted := interrupt(t, ensemble, 0.2)
		if len(interrupted.Checkpoints) != 1 || checkpointsIn(t, kept) != 1 || interrupted.Finished != 0 {
			t.Fatalf("%s: %+v, %d checkpoints", name, interrupted, checkpointsIn(t, kept))
		}
		first := interrupted.Checkpoints[0]
		if first.Replica != 0 || first.End != 1.5 || !(first.Time > 0.3 && first.Time < 1.5) {
			t.Errorf("%s: the checkpoint is %+v", name, first)
		}
		if text := interrupted.Error(); !strings.Contains(text, "context canceled; kept in the store: 0 of 2 replicas, replica 0 up to t = ") ||
			!strings.HasSuffix(text, " of 1.5; the same command goes on from there") {
			t.Errorf("%s: it says %q", name, text)
		}
		begin := interrupt(t, ensemble, 0.01) // at once, since this is done already
		if len(begin.Checkpoints) != 1 || begin.Checkpoints[0].Time < first.Time {
			t.Errorf("%s: a second stop keeps %+v after %+v", name, begin.Checkpoints, first)
		}
		got, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the resumed ensemble differs: %v", name, err)
		}
		if left := checkpointsIn(t, kept); left != 0 || replicasIn(t, kept) != 2 {
			t.Errorf("%s: %d checkpoints are left", name, left)
		}
		if len(reports) != 2 || !strings.HasPrefix(reports[0], "replica 0 goes on from its checkpoint at t = ") {
			t.Errorf("%s: reports %q", name, reports)
		}
	}
}

// A checkpoint whose state is none of this run is reported and dropped, and the replica
// starts again. One that is damaged never gets here: the store knows it by its checksum.
func TestCheckpointOfAnotherState(t *testing.T) {
	verification.Long(t)
	lookOften(t)
	ensemble := longEnsembles(t)["leap"]
	want, err := ensemble.Run(context.Background(), rareTimes)
	if err != nil {
		t.Fatal(err)
	}
	ensemble.Workers = 1
	kept := store.At(t.TempDir())
	ensemble.Store = kept
	interrupt(t, ensemble, 0.1)
	shelf := shelfOf(t, kept)
	state := bnn.Must(shelf.Checkpoint(t.Context(), 0))
	recipe := bnn.Must(kept.List(t.Context()))[0].Recipe
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(state []byte) []byte{
		"shorter state": func(s []byte) []byte { return s[:len(s)-8] },
		"longer state":  func(s []byte) []byte { return append(s, make([]byte, 8)...) },
		"other lengths": func(s []byte) []byte { s[8]++; return s },
		"empty":         func([]byte) []byte { return nil },
	} {
		kept := store.At(t.TempDir())
		shelf := bnn.Must(kept.Shelf(t.Context(), recipe, store.About{}))
		if err := errors.Join(shelf.KeepCheckpoint(t.Context(), 0, change(slices.Clone(state))), shelf.Close()); err != nil {
			t.Fatal(err)
		}
		var reports []string
		kept.Report = func(message string) { reports = append(reports, message) }
		ensemble.Store = kept
		got, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the checkpoint was trusted, %v", name, err)
		}
		if len(reports) != 1 || !strings.HasPrefix(reports[0], "replica 0 starts again without its checkpoint: ") || checkpointsIn(t, kept) != 0 {
			t.Errorf("%s: reports %q", name, reports)
		}
	}
}

// A store that cannot take a checkpoint does not end the run, but is told of.
func TestCheckpointThatCannotBeKept(t *testing.T) {
	lookOften(t)
	ensemble := longEnsembles(t)["leap"]
	ensemble.Replicas = 1
	plan, engine, err := ensemble.prepare(context.Background(), rareTimes, nil)
	if err != nil {
		t.Fatal(err)
	}
	var reports []string
	full := errors.New("the disk is full")
	watch := &replicaWatch{keep: func([]byte) error { return full }, report: func(message string) { reports = append(reports, message) }}
	watch.asked.Store(true)
	if _, err := ensemble.measure(withWatch(context.Background(), watch), plan, engine, 0); err != nil {
		t.Fatal(err)
	}
	if len(reports) != 1 || reports[0] != "has no new checkpoint: the disk is full" || watch.kept >= 0 {
		t.Errorf("reports %q, kept %g", reports, watch.kept)
	}
	if state, size := encodeState([]resumable{watchedTime{new(float64)}}, 7); state != nil || size != 8 {
		t.Errorf("a state of %d bytes that may have 7 is %v", size, state)
	}
}

// A short replica leaves no checkpoint, and its interruption says so.
func TestShortReplicasHaveNoCheckpoint(t *testing.T) {
	before := lookEvery
	lookEvery = time.Millisecond
	defer func() { lookEvery = before }()
	ensemble := longEnsembles(t)["exact"]
	ensemble.Store, ensemble.Workers = store.At(t.TempDir()), 1
	text := interrupt(t, ensemble, 0.1).Error()
	if want := "context canceled; nothing is kept yet: no replica was finished, and a checkpoint is made after 30s"; text != want || checkpointsIn(t, ensemble.Store) != 0 {
		t.Errorf("it says %q", text)
	}
	ensemble.Store = nil
	if text := interrupt(t, ensemble, 0.1).Error(); text != "context canceled; nothing is kept, since there is no store" {
		t.Errorf("without a store it says %q", text)
	}
}

// States and spike trains go on as well.
func TestOtherQuantitiesGoOn(t *testing.T) {
	verification.Long(t)
	lookOften(t)
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "feedforward"), N: 200, Replicas: 1, Seed: 4, Method: Pairwise{}}
	compute := func(ctx context.Context, e Ensemble) (any, error) {
		states, err := Collect(e.States(ctx, rareTimes, 5))
		if err != nil {
			return nil, err
		}
		trains, err := e.SpikeTrains(ctx, 0, 1.5, NeuronID{0, 3}, NeuronID{1, 4})
		return []any{states, trains}, err
	}
	want, err := compute(context.Background(), ensemble)
	if err != nil {
		t.Fatal(err)
	}
	ensemble.Store = store.At(t.TempDir())
	for stops := 0; ; stops++ {
		ctx, cancel := context.WithTimeout(context.Background(), 40*time.Millisecond)
		got, err := compute(ctx, ensemble)
		cancel()
		if err == nil {
			if !reflect.DeepEqual(got, want) || stops < 2 {
				t.Errorf("after %d stops they differ", stops)
			}
			return
		}
		if !errors.Is(err, context.DeadlineExceeded) || stops > 2000 {
			t.Fatal(stops, err)
		}
	}
}
