//go:build !js

package simulate

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/store"
)

// storedEnsemble is small enough to be run often.
func storedEnsemble(t testing.TB, s *store.Store) Ensemble {
	return Ensemble{Network: networktest.ReadNetwork(t, "feedforward"), N: 10, Replicas: 12, Seed: 4, Store: s}
}

func runStored(t testing.TB, s *store.Store) *Summary {
	t.Helper()
	summary, err := storedEnsemble(t, s).Run(context.Background(), bnn.Every(0.5, 1))
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

// replicasIn counts the records of a store.
func replicasIn(t testing.TB, s *store.Store) int {
	t.Helper()
	entries, err := s.List(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	replicas := 0
	for _, entry := range entries {
		replicas += entry.Records
	}
	return replicas
}

func TestStoreChangesNothing(t *testing.T) {
	kept := store.At(t.TempDir())
	want := runStored(t, nil)
	for range 2 {
		if got := runStored(t, kept); !reflect.DeepEqual(got, want) {
			t.Fatal("the store changes the result")
		}
	}
	entries := bnn.Must(kept.List(t.Context(), bnn.Must(CodeIdentity())))
	if len(entries) != 1 {
		t.Fatal(entries)
	}
	if e := entries[0]; e.Name != "feedforward" || e.N != 10 || e.Seed != 4 || len(e.Times) != 3 || e.Records != 12 ||
		e.Method != "exact/6" || e.Kind != "replica" || e.Version != bnn.Version || e.Stale {
		t.Errorf("%+v", e)
	}
	if text := string(bnn.Must(kept.Show(t.Context(), entries[0].Key))); !strings.Contains(text, `"name": "feedforward"`) {
		t.Errorf("the network is not shown: %s", text)
	}
}

// Asking again reads: other measurements that are rightly kept are believed.
func TestStoreIsRead(t *testing.T) {
	kept := store.At(t.TempDir())
	before := runStored(t, kept)
	plan, err := newPlan(t.Context(), networktest.ReadNetwork(t, "feedforward"), 10, bnn.Every(0.5, 1))
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, kept, make([]float64, plan.measurements()))
	if reflect.DeepEqual(runStored(t, kept), before) {
		t.Error("the stored replica was not read")
	}
}

// A run of more replicas goes on where one of fewer ended, and one of fewer reads.
func TestStoreOfMoreReplicas(t *testing.T) {
	kept := store.At(t.TempDir())
	for _, replicas := range []int{3, 12, 5, 700} {
		ensemble := storedEnsemble(t, kept)
		ensemble.N, ensemble.Replicas = 3, replicas
		want := ensemble
		want.Store = nil
		if !reflect.DeepEqual(bnn.Must(ensemble.Run(t.Context(), []float64{0.01})), bnn.Must(want.Run(t.Context(), []float64{0.01}))) {
			t.Errorf("%d replicas: the store changes the result", replicas)
		}
	}
	if replicas := replicasIn(t, kept); replicas != 700 {
		t.Errorf("%d records for 700 replicas", replicas)
	}
}

// What a cancelled run finished is there for the next.
func TestStoreSurvivesCancellation(t *testing.T) {
	kept := store.At(t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	first := storedEnsemble(t, kept)
	first.Progress = func(p Progress) {
		if p.Finished == 5 {
			cancel()
		}
	}
	if _, err := first.Run(ctx, bnn.Every(0.5, 1)); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if replicas := replicasIn(t, kept); replicas < 5 || replicas == 12 {
		t.Errorf("%d replicas kept of a run cancelled after 5", replicas)
	}
	if !reflect.DeepEqual(runStored(t, kept), runStored(t, nil)) {
		t.Error("the resumed run differs from an uninterrupted one")
	}
}

// Runs side by side may share a handle, or have one each.
func TestStoreFilledByTwo(t *testing.T) {
	folder := t.TempDir()
	kept := store.At(folder)
	want := runStored(t, nil)
	var all sync.WaitGroup
	for _, s := range []*store.Store{kept, kept, store.At(folder)} {
		all.Go(func() {
			summary, err := storedEnsemble(t, s).Run(context.Background(), bnn.Every(0.5, 1))
			if err != nil || !reflect.DeepEqual(summary, want) {
				t.Errorf("a shared store: %v", err)
			}
		})
	}
	all.Wait()
	if replicas := replicasIn(t, kept); replicas != 12 {
		t.Errorf("%d records for 12 replicas", replicas)
	}
}

func TestStoreThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := storedEnsemble(t, store.At(filepath.Join(file, "store"))).Run(context.Background(), bnn.Every(0.5, 1))
	if err == nil || !strings.Contains(err.Error(), "opening the store") {
		t.Errorf("%v, want an error that names the store", err)
	}
}

// A Store that nobody made has no folder, and least of all the working directory.
func TestZeroStoreIsRefused(t *testing.T) {
	ensemble := storedEnsemble(t, nil)
	t.Chdir(t.TempDir())
	for _, s := range []*store.Store{{}, store.At("")} {
		ensemble.Store = s
		if _, err := ensemble.Run(context.Background(), bnn.Every(0.5, 1)); err == nil || !strings.Contains(err.Error(), "no folder") {
			t.Errorf("%v, want an error that tells how to make a store", err)
		}
	}
	if entries := bnn.Must(os.ReadDir(".")); len(entries) != 0 {
		t.Errorf("it wrote %v", entries)
	}
}
