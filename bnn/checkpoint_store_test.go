package bnn

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
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
	network := readNetwork(t, "feedforward")
	return map[string]Ensemble{
		"exact": {Network: network, N: 700, Replicas: 2, Seed: 4},
		"leap":  {Network: network, N: 20000, Replicas: 2, Seed: 4, Method: Leap{Step: 0.005}},
	}
}

// rareTimes are far apart: most checkpoints are made between them.
var rareTimes = []float64{0, 1.5}

func checkpointFiles(t testing.TB, store *Store) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(store.Directory, "*", "*"+checkpointSuffix))
	if err != nil {
		t.Fatal(err)
	}
	return files
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
		want, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil {
			t.Fatal(err)
		}
		var mutex sync.Mutex
		var reports []string
		store := &Store{Directory: t.TempDir(), Report: func(message string) {
			mutex.Lock()
			defer mutex.Unlock()
			reports = append(reports, message)
		}}
		ensemble.Store, ensemble.Workers = store, 1
		interrupted := interrupt(t, ensemble, 0.2)
		if len(interrupted.Checkpoints) != 1 || len(checkpointFiles(t, store)) != 1 || interrupted.Finished != 0 {
			t.Fatalf("%s: %+v, files %v", name, interrupted, checkpointFiles(t, store))
		}
		kept := interrupted.Checkpoints[0]
		if kept.Replica != 0 || kept.End != 1.5 || !(kept.Time > 0.3 && kept.Time < 1.5) {
			t.Errorf("%s: the checkpoint is %+v", name, kept)
		}
		if text := interrupted.Error(); !strings.Contains(text, "context canceled; kept in the store: 0 of 2 replicas, replica 0 up to t = ") ||
			!strings.HasSuffix(text, " of 1.5; the same command goes on from there") {
			t.Errorf("%s: it says %q", name, text)
		}
		begin := interrupt(t, ensemble, 0.01) // at once, since this is done already
		if len(begin.Checkpoints) != 1 || begin.Checkpoints[0].Time < kept.Time {
			t.Errorf("%s: a second stop keeps %+v after %+v", name, begin.Checkpoints, kept)
		}
		got, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the resumed ensemble differs: %v", name, err)
		}
		if left := checkpointFiles(t, store); len(left) != 0 || len(replicaFiles(t, store)) != 2 {
			t.Errorf("%s: %v is left", name, left)
		}
		if len(reports) != 2 || !strings.HasPrefix(reports[0], "replica 0 goes on from its checkpoint at t = ") {
			t.Errorf("%s: reports %q", name, reports)
		}
	}
}

// A checkpoint that is damaged, of another replica or of another run is reported and kept
// aside, and the replica starts again.
func TestCheckpointSetAside(t *testing.T) {
	lookOften(t)
	ensemble := longEnsembles(t)["leap"]
	want, err := ensemble.Run(context.Background(), rareTimes)
	if err != nil {
		t.Fatal(err)
	}
	ensemble.Workers = 1
	store := &Store{Directory: t.TempDir()}
	ensemble.Store = store
	interrupt(t, ensemble, 0.1)
	file := checkpointFiles(t, store)[0]
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Base(filepath.Dir(file))
	state, err := decodeCheckpoint(good, key, 0)
	if err != nil {
		t.Fatal(err)
	}
	changed := func(change func(state []byte) []byte) []byte {
		if err := (&shelf{store: store, folder: filepath.Dir(file), key: key}).keepCheckpoint(0, change(slices.Clone(state))); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	flipped := slices.Clone(good)
	flipped[len(flipped)/2] ^= 1
	for name, content := range map[string][]byte{
		"one bit": flipped, "cut short": good[:len(good)-7], "empty": {}, "foreign": []byte("hello\n"), "longer": append(slices.Clone(good), 1),
		"of another replica": bytes.Replace(good, []byte("number 0"), []byte("number 1"), 1),
		"of another recipe":  bytes.Replace(good, []byte(key), []byte(strings.Repeat("0", len(key))), 1),
		"shorter state":      changed(func(s []byte) []byte { return s[:len(s)-8] }),
		"longer state":       changed(func(s []byte) []byte { return append(s, make([]byte, 8)...) }),
		"other lengths":      changed(func(s []byte) []byte { s[8]++; return s }),
	} {
		var reports []string
		store.Report = func(message string) { reports = append(reports, message) }
		if err := os.RemoveAll(filepath.Dir(file)); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the checkpoint was trusted, %v", name, err)
		}
		if len(reports) != 1 || !strings.HasPrefix(reports[0], "replica 0 starts again without its checkpoint: ") {
			t.Errorf("%s: reports %q", name, reports)
		}
		if aside, err := os.ReadFile(file + damagedSuffix); err != nil || !bytes.Equal(aside, content) {
			t.Errorf("%s: the file was not kept: %v", name, err)
		}
	}
}

// A store that cannot take a checkpoint does not end the run, but is told of.
func TestCheckpointThatCannotBeKept(t *testing.T) {
	lookOften(t)
	ensemble := longEnsembles(t)["leap"]
	ensemble.Replicas = 1
	store := &Store{Directory: t.TempDir()}
	ensemble.Store = store
	plan, engine, err := ensemble.prepare(context.Background(), rareTimes)
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
	ensemble.Store, ensemble.Workers = &Store{Directory: t.TempDir()}, 1
	text := interrupt(t, ensemble, 0.1).Error()
	if want := "context canceled; nothing is kept yet: no replica was finished, and a checkpoint is made after 30s"; text != want || len(checkpointFiles(t, ensemble.Store)) != 0 {
		t.Errorf("it says %q", text)
	}
	ensemble.Store = nil
	if text := interrupt(t, ensemble, 0.1).Error(); text != "context canceled; nothing is kept, since there is no store" {
		t.Errorf("without a store it says %q", text)
	}
}

// States and spike trains go on as well.
func TestOtherQuantitiesGoOn(t *testing.T) {
	lookOften(t)
	ensemble := Ensemble{Network: readNetwork(t, "feedforward"), N: 200, Replicas: 1, Seed: 4, Method: Pairwise{}}
	compute := func(ctx context.Context, e Ensemble) (any, error) {
		states, err := e.States(ctx, rareTimes, 5)
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
	ensemble.Store = &Store{Directory: t.TempDir()}
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

// The process that the next test kills.
func TestMain(m *testing.M) {
	if kind := os.Getenv("BNN_TEST_KILLED"); kind != "" {
		checkpointEvery, lookEvery = 0, 5*time.Millisecond
		if err := printEnsemble(kind, os.Getenv("BNN_TEST_STORE")); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func printEnsemble(kind, store string) error {
	ensemble := longEnsembles(new(testing.T))[kind]
	ensemble.Store = &Store{Directory: store}
	summary, err := ensemble.Run(context.Background(), rareTimes)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(summary.Moments)
}

// Killed without warning at many moments, a run of long replicas goes on to the bytes of one that was
// not, and no second of it is lost.
func TestKilledInsideReplicas(t *testing.T) {
	for kind, ensemble := range longEnsembles(t) {
		summary, err := ensemble.Run(context.Background(), rareTimes)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(summary.Moments)
		if err != nil {
			t.Fatal(err)
		}
		store := t.TempDir()
		killed, resumed := 0, false
		for {
			var out, messages bytes.Buffer
			command := exec.Command(os.Args[0])
			command.Env = append(os.Environ(), "BNN_TEST_KILLED="+kind, "BNN_TEST_STORE="+store)
			command.Stdout, command.Stderr = &out, &messages
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			// Until it has made a checkpoint of its own, and a moment of no fixed length.
			before := newest(t, store)
			ended := make(chan error, 1)
			go func() { ended <- command.Wait() }()
			var end error
			done := false
			for !done && newest(t, store) == before {
				select {
				case end = <-ended:
					done = true
				case <-time.After(time.Millisecond):
				}
			}
			if !done && killed < 15 { // enough; let it come to its end
				time.Sleep(time.Duration(killed*7%23) * time.Millisecond)
				if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
					t.Fatal(err)
				}
			}
			if !done {
				end = <-ended
			}
			if end == nil {
				if !bytes.Equal(bytes.TrimSpace(out.Bytes()), want) {
					t.Errorf("%s: after %d kills the bytes differ", kind, killed)
				}
				break
			}
			if command.ProcessState.Exited() {
				t.Fatalf("%s: %v after %d kills: %s", kind, end, killed, &messages)
			}
			killed++
			resumed = resumed || before != ""
		}
		if killed < 5 || !resumed {
			t.Errorf("%s: only %d kills", kind, killed)
		}
	}
}

// newest names the state of the checkpoints in a store.
func newest(t testing.TB, directory string) string {
	var text strings.Builder
	for _, file := range checkpointFiles(t, &Store{Directory: directory}) {
		if info, err := os.Stat(file); err == nil {
			text.WriteString(info.ModTime().String())
		}
	}
	return text.String()
}
