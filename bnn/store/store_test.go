//go:build !js

package store

import (
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"balanced/internal/verification"
)

var example = Recipe{Kind: "replica", Code: "code", Method: "exact/2", Network: "f", N: 10, Seed: 1<<64 - 1, Times: []float64{0, 0.1}}

func must[T any](t testing.TB, value T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func openShelf(t testing.TB, s *Store, recipe Recipe) *Shelf {
	t.Helper()
	shelf, err := s.Shelf(context.Background(), recipe, About{Name: "abstract", Network: []byte(`{"name": "abstract"}`), Version: "0.1.0"})
	return must(t, shelf, err)
}

// numbers of a replica, of which no two are equal.
func numbers(replica, length int) []float64 {
	values := make([]float64, length)
	for i := range values {
		values[i] = float64(replica) + float64(i)/1024
	}
	return values
}

// fill writes replicas of the example and closes the file.
func fill(t testing.TB, s *Store, length int, replicas ...int) {
	t.Helper()
	shelf := openShelf(t, s, example)
	for _, replica := range replicas {
		if err := shelf.WriteNumbers(replica, numbers(replica, length)); err != nil {
			t.Fatal(err)
		}
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
}

// readAll reads the records from number to the one before to.
func readAll(t testing.TB, s *Store, from, to int) [][]float64 {
	t.Helper()
	shelf := openShelf(t, s, example)
	var all [][]float64
	for len(all) < to-from {
		records, err := shelf.ReadNumbers(context.Background(), from+len(all), to)
		if err != nil || len(records) == 0 {
			t.Fatalf("%d records, %v", len(records), err)
		}
		all = append(all, records...)
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

func upTo(count int) []int {
	var all []int
	for i := range count {
		all = append(all, i)
	}
	return all
}

// What is written in any order and any portions is read in order, from anywhere, and what
// is missing is nil.
func TestReadIsWhatWasWritten(t *testing.T) {
	for name, portions := range map[string][][]int{
		"one by one":      {{0}, {1}, {2}, {3}, {4}},
		"with gaps":       {{7, 3, 0}, {4, 5}, {299}},
		"together":        {upTo(300)},
		"twice":           {upTo(200), upTo(300)},
		"across a row":    {{250}, upTo(290)},
		"the largest":     {{maxNumber}},
		"out of order":    {{290, 1, 5, 0, 2}, {3, 4}, {291}},
		"rows of the end": {upTo(256), {256}, {257, 258}},
	} {
		t.Run(name, func(t *testing.T) {
			s := At(t.TempDir())
			there := map[int]bool{}
			for _, portion := range portions {
				fill(t, s, 3, portion...)
				for _, replica := range portion {
					there[replica] = true
				}
			}
			from, to := 0, 310
			if there[maxNumber] {
				from, to = maxNumber-10, maxNumber+1
			}
			for ; from < to; from += 1 + from%7*13 {
				for i, values := range readAll(t, s, from, to) {
					if want := there[from+i]; want != (values != nil) || want && !reflect.DeepEqual(values, numbers(from+i, 3)) {
						t.Fatalf("from %d: record %d is %v", from, from+i, values)
					}
				}
			}
			if sound, damaged, err := s.Verify(t.Context()); sound != len(there) || len(damaged) > 0 || err != nil {
				t.Errorf("%d sound, damaged %q, %v", sound, damaged, err)
			}
		})
	}
}

// Records may have any length, and be bytes of any kind.
func TestRecordsOfAnyLength(t *testing.T) {
	s := At(t.TempDir())
	shelf := openShelf(t, s, example)
	lengths := []int{0, 1, 1, 7, 8, 100, 100, 70000, 3 << 20, 0, 0, 5}
	for i, length := range lengths {
		if err := shelf.Write(i, slices.Repeat([]byte{byte(i)}, length)); err != nil {
			t.Fatal(err)
		}
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
	shelf = openShelf(t, s, example)
	for i := 0; i < len(lengths); {
		records, err := shelf.Read(t.Context(), i, len(lengths))
		if err != nil || len(records) == 0 {
			t.Fatal(len(records), err)
		}
		for _, record := range records {
			if record == nil || !slices.Equal(record, slices.Repeat([]byte{byte(i)}, lengths[i])) {
				t.Errorf("record %d has %d bytes, want %d", i, len(record), lengths[i])
			}
			i++
		}
	}
	for _, number := range []int{-1, maxNumber + 1} {
		if err := shelf.Write(number, nil); err == nil {
			t.Errorf("number %d was accepted", number)
		}
	}
	if _, err := shelf.Read(t.Context(), 3, 3); err == nil {
		t.Error("reading nothing was accepted")
	}
	if err := shelf.Close(); err != nil {
		t.Fatal(err)
	}
}

// Every part of the recipe keeps records apart, and so does the machine.
func TestKeys(t *testing.T) {
	changes := []func(*fullRecipe){
		func(*fullRecipe) {},
		func(r *fullRecipe) { r.Kind = "point" },
		func(r *fullRecipe) { r.Code = "other" },
		func(r *fullRecipe) { r.Method = "leap/1" },
		func(r *fullRecipe) { r.Network = "g" },
		func(r *fullRecipe) { r.N++ },
		func(r *fullRecipe) { r.Seed-- },
		func(r *fullRecipe) { r.Times = []float64{0, 0.1 + 1e-17, 2} },
		func(r *fullRecipe) { r.Keeps = "states of [2 2] neurons" },
		func(r *fullRecipe) { r.Arch = "arm64" },
		func(r *fullRecipe) { r.Go = "go1.0" },
		func(r *fullRecipe) { r.Gonum = "v0.1.0" },
	}
	keys := map[string]bool{}
	for _, change := range changes {
		r := fullRecipe{example, machine{"amd64", "go1.26", "v0.17.0"}}
		change(&r)
		_, key, err := r.encode()
		keys[must(t, key, err)] = true
	}
	if len(keys) != len(changes) {
		t.Errorf("%d keys for %d recipes", len(keys), len(changes))
	}
	if m := thisMachine(); m.Arch == "" || !strings.HasPrefix(m.Go, "go") || m.Gonum == "" {
		t.Errorf("this machine is %+v", m)
	}
}

// A commit comes half a second after a record by itself, and twice a second among many.
func TestCommittedTwiceASecond(t *testing.T) {
	verification.Long(t)
	folder := t.TempDir()
	s := At(folder)
	shelf := openShelf(t, s, example)
	defer shelf.Close()
	other := At(folder)
	written := map[int]time.Time{}
	for i := range 20 {
		if err := shelf.WriteNumbers(i, numbers(i, 3)); err != nil {
			t.Fatal(err)
		}
		written[i] = time.Now()
		time.Sleep(60 * time.Millisecond)
		missing := 0
		for k, values := range readAll(t, other, 0, i+1) {
			if values == nil && time.Since(written[k]) > 500*time.Millisecond {
				missing++
			}
		}
		// A machine under load may be late with one look.
		if missing > 1 {
			time.Sleep(time.Second)
			if readAll(t, other, 0, i+1)[0] == nil {
				t.Fatalf("%d records were written half a second ago and are not in the file", missing)
			}
		}
	}
	time.Sleep(time.Second)
	for k, values := range readAll(t, other, 0, 20) {
		if values == nil {
			t.Errorf("record %d is not in the file after a second", k)
		}
	}
}

// Several handles, and several goroutines of each, fill and read one file.
func TestSharedByMany(t *testing.T) {
	folder := t.TempDir()
	same := At(folder)
	var all sync.WaitGroup
	for k, s := range []*Store{same, same, At(folder), At(folder)} {
		all.Go(func() {
			shelf, err := s.Shelf(context.Background(), example, About{})
			if err != nil {
				t.Error(err)
				return
			}
			for i := range 400 {
				number := (i*7 + k*100) % 400
				if err := shelf.WriteNumbers(number, numbers(number, 5)); err != nil {
					t.Error(err)
				}
				if i%100 == 0 {
					if _, err := shelf.ReadNumbers(context.Background(), 0, 400); err != nil {
						t.Error(err)
					}
					if err := shelf.Flush(context.Background()); err != nil {
						t.Error(err)
					}
				}
			}
			if err := shelf.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i, values := range readAll(t, same, 0, 400) {
		if !reflect.DeepEqual(values, numbers(i, 5)) {
			t.Errorf("record %d is %v", i, values)
		}
	}
	if sound, damaged, err := same.Verify(t.Context()); sound != 400 || len(damaged) > 0 || err != nil {
		t.Errorf("%d sound, damaged %q, %v", sound, damaged, err)
	}
	// Nobody has it open, and all of it is in the one file.
	if files := fileNames(t, folder); !slices.Equal(files, []string{fileName}) {
		t.Errorf("the folder has %q", files)
	}
}

func fileNames(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	var names []string
	for _, entry := range must(t, entries, err) {
		names = append(names, entry.Name())
	}
	return names
}
