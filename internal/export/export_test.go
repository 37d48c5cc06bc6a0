package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
	"balanced/internal/provenance"
	"balanced/internal/table"
)

var times = []float64{0, 0.25, 0.5}

func ensemble(t testing.TB) simulate.Ensemble {
	t.Helper()
	network, err := bnn.ReadNetwork("../../data/networks/abstract.json")
	if err != nil {
		t.Fatal(err)
	}
	return simulate.Ensemble{Network: network, N: 30, Replicas: 5, Seed: 7}
}

// recorded writes a file of this ending and returns its path.
func recorded(t testing.TB, e simulate.Ensemble, kind, neurons, ending string) string {
	t.Helper()
	chosen, err := ChooseNeurons(neurons, e.Network, e.N)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "recorded"+ending)
	recording := Recording{Kind: kind, Neurons: chosen, Times: times, Path: path, Record: func() provenance.Record {
		record := provenance.OfCommand("bnn test", e.Network)
		record.Store = e.Store.Used()
		return record
	}}
	if err := recording.Write(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return path
}

func rowsOf(t testing.TB, path string) [][]string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// number writes a number as CSV does.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func TestStatesAndTraces(t *testing.T) {
	e := ensemble(t)
	states := [][]string{{"replica", "t", "population", "neuron", "v"}}
	traces := [][]string{{"replica", "t", "E_0", "E_1", "E_2", "I_0"}}
	replicas, err := simulate.Collect(e.States(t.Context(), times, 0))
	if err != nil {
		t.Fatal(err)
	}
	for r, replica := range replicas {
		for i, now := range replica {
			trace := []string{fmt.Sprint(r), number(times[i])}
			for a, chosen := range []int{3, 1} {
				for k, v := range now[a] {
					states = append(states, []string{fmt.Sprint(r), number(times[i]), []string{"E", "I"}[a], fmt.Sprint(k), number(v)})
					if k < chosen {
						trace = append(trace, number(v))
					}
				}
			}
			traces = append(traces, trace)
		}
	}
	if got := rowsOf(t, recorded(t, e, States, "", ".csv")); !reflect.DeepEqual(got, states) {
		t.Errorf("states are %v, want %v", got, states)
	}
	if got := rowsOf(t, recorded(t, e, Traces, "E=3,I=1", ".csv")); !reflect.DeepEqual(got, traces) {
		t.Errorf("traces are %v, want %v", got, traces)
	}
}

func TestTrains(t *testing.T) {
	e := ensemble(t)
	want := [][]string{{"replica", "target_population", "target", "source_population", "source", "t"}}
	for r := range e.Replicas {
		trains, err := e.SpikeTrains(t.Context(), r, 0.5, simulate.NeuronID{Population: 1}, simulate.NeuronID{Population: 1, Index: 1})
		if err != nil {
			t.Fatal(err)
		}
		for target := range 2 {
			for b, population := range trains.Trains[target] {
				for k, train := range population {
					for _, at := range train {
						want = append(want, []string{fmt.Sprint(r), "I", fmt.Sprint(target), []string{"E", "I"}[b], fmt.Sprint(k), number(at)})
					}
				}
			}
		}
	}
	if got := rowsOf(t, recorded(t, e, Trains, "I=2", ".csv")); len(want) < 100 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d rows of trains, want %d", len(got), len(want))
	}
}

// The same bytes come for any number of workers, from the store and without it but for its
// key, and the file says how it was made.
func TestSameFiles(t *testing.T) {
	for _, kind := range []string{States, Traces, Trains} {
		for _, ending := range []string{".csv", ".parquet", ".npz"} {
			e := ensemble(t)
			e.Store = store.At(t.TempDir())
			var first []byte
			for _, workers := range []int{1, 2, 7} {
				e.Workers = workers
				path := recorded(t, e, kind, "2", ending)
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if first == nil {
					first = content
				}
				if !bytes.Equal(content, first) {
					t.Errorf("%s%s: %d workers give other bytes", kind, ending, workers)
				}
				record, err := provenance.Read(path)
				if err != nil || record.Command != "bnn test" || len(record.Store) != 1 || record.Network.Name != "abstract" {
					t.Errorf("%s%s says %+v, %v", kind, ending, record, err)
				}
			}
		}
	}
}

func TestTablesAreFiles(t *testing.T) {
	small := &table.Table{Columns: []string{"t", "x", "i", "kind"}, Rows: [][]any{{0.0, nil, 3, ""}, {1.0, -2.5, 4, "slow hopf"}}}
	for _, ending := range []string{".csv", ".parquet", ".npz"} {
		path := filepath.Join(t.TempDir(), "a"+ending)
		if err := errors.Join(Check(path), Table(path, small, provenance.OfCommand("bnn test", nil))); err != nil {
			t.Fatal(err)
		}
		if record, err := provenance.Read(path); err != nil || record.Command != "bnn test" {
			t.Errorf("%s says %v, %v", ending, record, err)
		}
		if ending == ".csv" {
			if got := fmt.Sprint(rowsOf(t, path)); got != "[[t x i kind] [0  3 ] [1 -2.5 4 slow hopf]]" {
				t.Error(got)
			}
		}
	}
}

func TestChooseNeurons(t *testing.T) {
	e := ensemble(t)
	for text, want := range map[string]Neurons{"": {30, 30}, "3": {3, 3}, "100": {30, 30}, "I=2": {0, 2}, "I=1,E=30": {30, 1}} {
		if got, err := ChooseNeurons(text, e.Network, e.N); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q chooses %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	e := ensemble(t)
	for text, part := range map[string]string{
		"0": "a number ≥ 1", "-1": "a number ≥ 1", "X=1": `"X=1"`, "E": `"E"`, "E=1,E=2": `"E=2"`, "E=1,": `""`, "E=31": "at most the 30 neurons that E has", "1.5": `"1.5"`,
	} {
		if _, err := ChooseNeurons(text, e.Network, e.N); !errors.As(err, new(*bnn.InputError)) || !strings.Contains(err.Error(), part) {
			t.Errorf("neurons %q: %v", text, err)
		}
	}
	for kind, neurons := range map[string]Neurons{"spikes": {1, 1}, Traces: {maxTraces, 1}} {
		if err := (Recording{Kind: kind, Neurons: neurons, Path: "a.csv"}).Check(); !errors.As(err, new(*bnn.InputError)) {
			t.Errorf("%s of %v: %v", kind, neurons, err)
		}
	}
	if err := Check("a.txt"); !errors.As(err, new(*bnn.InputError)) {
		t.Error(err)
	}
	if err := Check(filepath.Join(t.TempDir(), "absent", "a.csv")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	// What does not fit is refused before anything is there.
	e.Replicas, e.N = 1, 1_000_000_000
	path := filepath.Join(t.TempDir(), "a.npz")
	err := Recording{Kind: States, Neurons: Neurons{1e9, 1e9}, Times: times, Path: path}.Write(t.Context(), e)
	if _, statErr := os.Stat(path); !errors.As(err, new(*bnn.CostError)) || !errors.Is(statErr, fs.ErrNotExist) {
		t.Errorf("%v, %v", err, statErr)
	}
	small, long := Recording{Kind: Trains, Neurons: Neurons{1, 0}, Times: times, Path: "a.csv"}, ensemble(t)
	if few, many := small.Bytes(long), (Recording{Kind: Trains, Neurons: Neurons{30, 30}, Times: times, Path: "a.npz"}).Bytes(long); few <= 0 || many < 60*few {
		t.Errorf("trains of 1 neuron take %g bytes, of 60 %g", few, many)
	}
}

// A run that is stopped leaves no file.
func TestStopped(t *testing.T) {
	e := ensemble(t)
	folder := t.TempDir()
	recording := Recording{Kind: States, Neurons: Neurons{1, 1}, Times: times, Path: filepath.Join(folder, "a.csv"), Record: func() provenance.Record { panic("no replica was there") }}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := recording.Write(ctx, e); err == nil {
		t.Error("it went on")
	}
	recording.Kind = Trains
	if err := recording.Write(ctx, e); err == nil {
		t.Error("it went on")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("%v, %v is left", entries, err)
	}
}
