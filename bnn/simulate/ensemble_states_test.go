//go:build !js

package simulate

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/store"
)

var allMethods = map[string]Method{"default": nil, "leap": Leap{Step: 0.1}, "pairwise": Pairwise{},
	"mean field": MeanField{}, "shared spikes": SharedSpikes{}, "sparse": Sparse{InDegree: 4}}

// States and Each show the replicas that Replica shows, by every method.
func TestStatesAndEachShowReplicas(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Populations[1].Size = 0.5
	times := []float64{0, 0.4, 1}
	for name, method := range allMethods {
		t.Run(name, func(t *testing.T) {
			ensemble := Ensemble{Network: network, N: 10, Replicas: 3, Seed: 2, Method: method}
			all := bnn.Must(Collect(ensemble.States(context.Background(), times, 0)))
			some := bnn.Must(Collect(ensemble.States(context.Background(), times, 7)))
			each := bnn.Must(Collect(ensemble.Each(context.Background(), times)))
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
	times := bnn.Every(0.5, 1)
	summary := bnn.Must(ensemble.Run(context.Background(), times))
	each := bnn.Must(Collect(ensemble.Each(context.Background(), times)))
	if len(each) != ensemble.Replicas {
		t.Fatalf("%d moments for %d replicas", len(each), ensemble.Replicas)
	}
	for q, table := range summary.Tables() {
		for row := range times {
			for a := range summary.Populations {
				mean, square := 0.0, 0.0
				for _, m := range each {
					mean += m.Tables()[q][row][a] / float64(len(each))
				}
				for _, m := range each {
					square += math.Pow(m.Tables()[q][row][a]-mean, 2)
				}
				spread := math.Sqrt(square / float64(len(each)-1) / float64(len(each)))
				if math.Abs(mean-table[row][a]) > 1e-13 || math.Abs(spread-summary.StandardError.Tables()[q][row][a]) > 1e-13 {
					t.Errorf("table %d, row %d, population %d: %g ± %g, Run has %g", q, row, a, mean, spread, table[row][a])
				}
			}
		}
	}
}

func TestStatesSameForAnyWorkersAndStore(t *testing.T) {
	kept := store.At(t.TempDir())
	times := bnn.Every(0.5, 1)
	wantStates := bnn.Must(Collect(storedEnsemble(t, nil).States(context.Background(), times, 4)))
	wantEach := bnn.Must(Collect(storedEnsemble(t, nil).Each(context.Background(), times)))
	for _, workers := range []int{1, 3, 40} {
		for _, s := range []*store.Store{nil, kept} {
			ensemble := storedEnsemble(t, s)
			ensemble.Workers = workers
			if !reflect.DeepEqual(bnn.Must(Collect(ensemble.States(context.Background(), times, 4))), wantStates) {
				t.Errorf("%d workers: other states", workers)
			}
			if !reflect.DeepEqual(bnn.Must(Collect(ensemble.Each(context.Background(), times))), wantEach) {
				t.Errorf("%d workers: other moments", workers)
			}
		}
	}
	// Each and Run share their records, and states have others.
	runStored(t, kept)
	if replicas := replicasIn(t, kept); replicas != 2*12 {
		t.Errorf("%d records for 12 replicas, moments and states", replicas)
	}
	if sound, damaged, err := kept.Verify(t.Context()); sound != 24 || len(damaged) != 0 || err != nil {
		t.Error(sound, damaged, err)
	}
	entries := bnn.Must(kept.List(t.Context(), bnn.Must(CodeIdentity())))
	if keeps := map[string]bool{entries[0].Keeps: true, entries[1].Keeps: true}; !keeps[""] || !keeps["states of [4 4] neurons"] {
		t.Errorf("the inventory tells %v", keeps)
	}
}

// rewrite gives a store with one shelf other values of the first replica, rightly kept.
func rewrite(t testing.TB, s *store.Store, values []float64) {
	t.Helper()
	entries := bnn.Must(s.List(t.Context()))
	if len(entries) != 1 {
		t.Fatalf("%d shelves", len(entries))
	}
	if _, err := s.Prune(t.Context(), entries[0].Key); err != nil {
		t.Fatal(err)
	}
	shelf := bnn.Must(s.Shelf(t.Context(), entries[0].Recipe, store.About{}))
	if err := errors.Join(shelf.WriteNumbers(0, values), shelf.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestStatesAreReadFromTheStore(t *testing.T) {
	kept := store.At(t.TempDir())
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 1, Seed: 4, Store: kept}
	before := bnn.Must(Collect(ensemble.States(context.Background(), []float64{1}, 2)))
	rewrite(t, kept, []float64{1, 2, 3, 4})
	if after := bnn.Must(Collect(ensemble.States(context.Background(), []float64{1}, 2))); !reflect.DeepEqual(after, [][][][]float64{{{{1, 2}, {3, 4}}}}) {
		t.Errorf("%v was not read", after)
	}
	// A wrong number of values is damage, whatever the checksum, and mended.
	var reports []string
	kept.Report = func(message string) { reports = append(reports, message) }
	rewrite(t, kept, []float64{1, 2, 3})
	for range 2 {
		if after := bnn.Must(Collect(ensemble.States(context.Background(), []float64{1}, 2))); !reflect.DeepEqual(after, before) {
			t.Error("too few values were believed")
		}
	}
	if len(reports) != 1 {
		t.Errorf("reports %q, want one", reports)
	}
}

func TestStatesRefuses(t *testing.T) {
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 1}
	var input *bnn.InputError
	if _, err := Collect(ensemble.States(context.Background(), []float64{1}, -1)); !errors.As(err, &input) || input.Path != "neurons" {
		t.Errorf("%v, want an InputError for neurons", err)
	}
	if _, err := Collect(ensemble.States(context.Background(), nil, 1)); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("%v, want an InputError for times", err)
	}
	if _, err := Collect(ensemble.Each(context.Background(), nil)); !errors.As(err, &input) || input.Path != "times" {
		t.Errorf("%v, want an InputError for times", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Collect(ensemble.States(ctx, []float64{1}, 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v of a cancelled run", err)
	}
}
