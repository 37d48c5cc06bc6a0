package bnn

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

var allMethods = map[string]Method{"default": nil, "leap": Leap{Step: 0.1}, "pairwise": Pairwise{},
	"mean field": MeanField{}, "shared spikes": SharedSpikes{}}

// States and Each show the replicas that Replica shows, by every method.
func TestStatesAndEachShowReplicas(t *testing.T) {
	network := readNetwork(t, "feedforward")
	network.Populations[1].Size = 0.5
	times := []float64{0, 0.4, 1}
	for name, method := range allMethods {
		t.Run(name, func(t *testing.T) {
			ensemble := Ensemble{Network: network, N: 10, Replicas: 3, Seed: 2, Method: method}
			all := Must(ensemble.States(context.Background(), times, 0))
			some := Must(ensemble.States(context.Background(), times, 7))
			each := Must(ensemble.Each(context.Background(), times))
			for replica := range ensemble.Replicas {
				var states StateRecorder
				var moments MomentRecorder
				if err := ensemble.Replica(context.Background(), replica, times, &states, &moments); err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(all[replica], states.Potentials) {
					t.Errorf("the states of replica %d are others", replica)
				}
				if !reflect.DeepEqual(each[replica], moments.Moments) {
					t.Errorf("the moments of replica %d are others", replica)
				}
				for row, state := range states.Potentials {
					if !reflect.DeepEqual(some[replica][row], [][]float64{state[0][:7], state[1]}) {
						t.Errorf("row %d of replica %d: not the first 7 and all 5 neurons", row, replica)
					}
				}
			}
		})
	}
}

// The average of Each is Run, and its scatter the standard error.
func TestEachAveragesToRun(t *testing.T) {
	ensemble := storedEnsemble(t, nil)
	times := Every(0.5, 1)
	summary := Must(ensemble.Run(context.Background(), times))
	each := Must(ensemble.Each(context.Background(), times))
	if len(each) != ensemble.Replicas {
		t.Fatalf("%d moments for %d replicas", len(each), ensemble.Replicas)
	}
	for q, table := range summary.tables() {
		for row := range times {
			for a := range summary.Populations {
				mean, square := 0.0, 0.0
				for _, m := range each {
					mean += m.tables()[q][row][a] / float64(len(each))
				}
				for _, m := range each {
					square += math.Pow(m.tables()[q][row][a]-mean, 2)
				}
				spread := math.Sqrt(square / float64(len(each)-1) / float64(len(each)))
				if math.Abs(mean-table[row][a]) > 1e-13 || math.Abs(spread-summary.StandardError.tables()[q][row][a]) > 1e-13 {
					t.Errorf("table %d, row %d, population %d: %g ± %g, Run has %g", q, row, a, mean, spread, table[row][a])
				}
			}
		}
	}
}

func TestStatesSameForAnyWorkersAndStore(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	times := Every(0.5, 1)
	wantStates := Must(storedEnsemble(t, nil).States(context.Background(), times, 4))
	wantEach := Must(storedEnsemble(t, nil).Each(context.Background(), times))
	for _, workers := range []int{1, 3, 40} {
		for _, s := range []*Store{nil, store} {
			ensemble := storedEnsemble(t, s)
			ensemble.Workers = workers
			if !reflect.DeepEqual(Must(ensemble.States(context.Background(), times, 4)), wantStates) {
				t.Errorf("%d workers: other states", workers)
			}
			if !reflect.DeepEqual(Must(ensemble.Each(context.Background(), times)), wantEach) {
				t.Errorf("%d workers: other moments", workers)
			}
		}
	}
	// Each and Run share their files, and states have others.
	runStored(t, store)
	if files := replicaFiles(t, store); len(files) != 2*12 {
		t.Errorf("%d files for 12 replicas, moments and states", len(files))
	}
	if sound, damaged, err := store.Verify(); sound != 24 || len(damaged) != 0 || err != nil {
		t.Error(sound, damaged, err)
	}
	entries := Must(store.List())
	if keeps := map[string]bool{entries[0].Keeps: true, entries[1].Keeps: true}; !keeps[""] || !keeps["states of [4 4] neurons"] {
		t.Errorf("the inventory tells %v", keeps)
	}
}

// rewrite gives the only replica of a store other values and a right checksum.
func rewrite(t testing.TB, store *Store, values []float64) {
	t.Helper()
	files := replicaFiles(t, store)
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	key := filepath.Base(filepath.Dir(files[0]))
	if err := os.WriteFile(files[0], encodeReplica(key, 0, values), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestStatesAreReadFromTheStore(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	ensemble := Ensemble{Network: readNetwork(t, "abstract"), N: 10, Replicas: 1, Seed: 4, Store: store}
	before := Must(ensemble.States(context.Background(), []float64{1}, 2))
	rewrite(t, store, []float64{1, 2, 3, 4})
	if after := Must(ensemble.States(context.Background(), []float64{1}, 2)); !reflect.DeepEqual(after, [][][][]float64{{{{1, 2}, {3, 4}}}}) {
		t.Errorf("%v was not read", after)
	}
	// A wrong number of values is damage, whatever the checksum.
	rewrite(t, store, []float64{1, 2, 3})
	if after := Must(ensemble.States(context.Background(), []float64{1}, 2)); !reflect.DeepEqual(after, before) {
		t.Error("too few values were believed")
	}
}

func TestStatesRefuses(t *testing.T) {
	ensemble := Ensemble{Network: readNetwork(t, "abstract"), N: 10, Replicas: 1}
	var input *InputError
	if _, err := ensemble.States(context.Background(), []float64{1}, -1); !errors.As(err, &input) || input.Path != "neurons" {
		t.Errorf("%v, want an InputError for neurons", err)
	}
	if _, err := ensemble.States(context.Background(), nil, 1); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("%v, want an InputError for times", err)
	}
	if _, err := ensemble.Each(context.Background(), nil); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("%v, want an InputError for times", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ensemble.States(ctx, []float64{1}, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("%v of a cancelled run", err)
	}
}
