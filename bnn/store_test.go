package bnn

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// storedEnsemble is small enough to be run often.
func storedEnsemble(t testing.TB, store *Store) Ensemble {
	return Ensemble{Network: readNetwork(t, "feedforward"), N: 10, Replicas: 12, Seed: 4, Store: store}
}

func runStored(t testing.TB, store *Store) *Summary {
	t.Helper()
	s, err := storedEnsemble(t, store).Run(context.Background(), Every(0.5, 1))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func replicaFiles(t testing.TB, store *Store) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(store.Directory, "*", "*.replica"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestStoreChangesNothing(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	want := runStored(t, nil)
	for range 2 {
		if got := runStored(t, store); !reflect.DeepEqual(got, want) {
			t.Fatal("the store changes the result")
		}
	}
	if files := replicaFiles(t, store); len(files) != 12 {
		t.Errorf("%d files for 12 replicas", len(files))
	}
}

// Asking again reads: a file with other measurements and a right checksum is believed.
func TestStoreIsRead(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	before := runStored(t, store)
	file := replicaFiles(t, store)[0]
	plan, err := newPlan(context.Background(), readNetwork(t, "feedforward"), 10, Every(0.5, 1))
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Base(filepath.Dir(file))
	if err := os.WriteFile(file, encodeReplica(key, 0, make([]float64, plan.measurements())), 0o644); err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(runStored(t, store), before) {
		t.Error("the stored replica was not read")
	}
}

func TestStoreSetsDamageAside(t *testing.T) {
	want := runStored(t, nil)
	for name, damage := range map[string]func([]byte) []byte{
		"truncated":     func(b []byte) []byte { return b[:len(b)/2] },
		"empty":         func([]byte) []byte { return nil },
		"one bit":       func(b []byte) []byte { b[len(b)-60] ^= 4; return b },
		"foreign":       func([]byte) []byte { return []byte("hello") },
		"longer":        func(b []byte) []byte { return append(b, 0) },
		"other replica": func(b []byte) []byte { return encodeReplica("key", 1, []float64{1}) },
	} {
		var mutex sync.Mutex
		var reports []string
		store := &Store{Directory: t.TempDir(), Report: func(message string) {
			mutex.Lock()
			defer mutex.Unlock()
			reports = append(reports, message)
		}}
		runStored(t, store)
		file := replicaFiles(t, store)[3]
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := runStored(t, store); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: a damaged file was trusted", name)
		}
		if len(reports) != 1 || !strings.Contains(reports[0], "replica 3") {
			t.Errorf("%s: reports %q", name, reports)
		}
		if _, err := os.Stat(file + ".damaged"); err != nil {
			t.Errorf("%s: the damaged file was not kept: %v", name, err)
		}
	}
}

// What a cancelled run finished is there for the next.
func TestStoreSurvivesCancellation(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	ctx, cancel := context.WithCancel(context.Background())
	first := storedEnsemble(t, store)
	first.Progress = func(p Progress) {
		if p.Finished == 5 {
			cancel()
		}
	}
	if _, err := first.Run(ctx, Every(0.5, 1)); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	kept := len(replicaFiles(t, store))
	if kept < 5 || kept == 12 {
		t.Errorf("%d replicas kept of a run cancelled after 5", kept)
	}
	if !reflect.DeepEqual(runStored(t, store), runStored(t, nil)) {
		t.Error("the resumed run differs from an uninterrupted one")
	}
}

func TestStoreInventory(t *testing.T) {
	store := &Store{Directory: filepath.Join(t.TempDir(), "not", "there", "yet")}
	if entries, err := store.List(); err != nil || len(entries) != 0 {
		t.Fatalf("an empty store: %v, %v", entries, err)
	}
	runStored(t, store)
	entries, err := store.List()
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	if e := entries[0]; e.Network != "feedforward" || e.N != 10 || e.Seed != 4 || e.Times != 3 || e.Replicas != 12 || e.Method != "exact/3" || e.Damaged+e.Unfinished != 0 {
		t.Errorf("%+v", e)
	}
	if sound, damaged, err := store.Verify(); sound != 12 || len(damaged) != 0 || err != nil {
		t.Error(sound, damaged, err)
	}
	// One replica under the name of another, one cut short, one set aside, one unfinished.
	files := replicaFiles(t, store)
	content, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Dir(files[0])
	for path, text := range map[string][]byte{
		files[1]: content, files[2]: content[:40],
		filepath.Join(folder, "00000099.replica.damaged"): content, filepath.Join(folder, ".unfinished-1"): content,
	} {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if sound, damaged, err := store.Verify(); sound != 10 || len(damaged) != 2 || err != nil {
		t.Error(sound, damaged, err)
	}
	if freed, err := store.Prune(); err != nil || freed != int64(2*len(content)) {
		t.Errorf("%d bytes freed, want %d: %v", freed, 2*len(content), err)
	}
	if len(replicaFiles(t, store)) != 12 {
		t.Error("pruning took replicas")
	}
	if _, err := store.Prune("nonsense"); err == nil {
		t.Error("an unknown key was accepted")
	}
	if _, err := store.Recipe("../x"); err == nil {
		t.Error("a path was accepted as a key")
	}
	if _, err := store.Prune(entries[0].Key); err != nil || len(replicaFiles(t, store)) != 0 {
		t.Error("the entry was not removed", err)
	}
}

func TestStoreFilledByTwo(t *testing.T) {
	store := &Store{Directory: t.TempDir()}
	want := runStored(t, nil)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			s, err := storedEnsemble(t, store).Run(context.Background(), Every(0.5, 1))
			if err != nil || !reflect.DeepEqual(s, want) {
				t.Errorf("a shared store: %v", err)
			}
		})
	}
	both.Wait()
}

// Every part of the recipe keeps replicas apart.
func TestStoreKeys(t *testing.T) {
	changes := []func(*recipe){
		func(*recipe) {},
		func(r *recipe) { r.Format++ },
		func(r *recipe) { r.Code = "other" },
		func(r *recipe) { r.Method = "leap/1" },
		func(r *recipe) { r.Network = "g" },
		func(r *recipe) { r.N++ },
		func(r *recipe) { r.Seed++ },
		func(r *recipe) { r.Times = []float64{0, 2} },
		func(r *recipe) { r.Keeps = "states of [2 2] neurons" },
	}
	keys := map[string]bool{}
	for _, change := range changes {
		r := recipe{Format: storeFormat, Code: "code", Method: "exact/3", Network: "f", N: 10, Seed: 1, Times: []float64{0, 1}}
		change(&r)
		key, err := r.key()
		if err != nil {
			t.Fatal(err)
		}
		keys[key] = true
	}
	if len(keys) != len(changes) {
		t.Errorf("%d keys for %d recipes", len(keys), len(changes))
	}
}

func TestStoreThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := storedEnsemble(t, &Store{Directory: filepath.Join(file, "store")}).Run(context.Background(), Every(0.5, 1))
	if err == nil || !strings.Contains(err.Error(), "opening the store") {
		t.Errorf("%v, want an error that names the store", err)
	}
}

func FuzzDecodeReplica(f *testing.F) {
	f.Add(encodeReplica("key", 2, []float64{1, 2, 3}))
	f.Add([]byte("balanced replica"))
	f.Fuzz(func(t *testing.T, content []byte) {
		measured, err := decodeReplica(content, "key", 2)
		if err == nil && !reflect.DeepEqual(encodeReplica("key", 2, measured), content) {
			t.Error("accepted a file that is not written so")
		}
	})
}
