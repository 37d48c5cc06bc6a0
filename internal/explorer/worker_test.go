package explorer

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"time"

	"balanced/internal/verification"

	"balanced/bnn"
	"balanced/bnn/theory"
)

// playPage has node play the page: it runs the compiled worker and one scenario of
// testdata/page.js for each of the networks, and returns the results.
func playPage[A any](t *testing.T, scenario string, networks ...*bnn.Network) []A {
	t.Helper()
	verification.Long(t)
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node on this machine, which plays the browser")
	}
	script, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "explorer.wasm.js")
	if err := os.WriteFile(path, script, 0o644); err != nil {
		t.Fatal(err)
	}
	files, err := json.Marshal(networks)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, node, "testdata/page.js", path, scenario, string(files))
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", scenario, err, problems.Bytes())
	}
	var results []A
	if err := json.Unmarshal(out, &results); err != nil || len(results) != len(networks) {
		t.Fatalf("%v: %s", err, out)
	}
	return results
}

// abstract reads a network, which may be changed.
func abstract(t *testing.T) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork(filepath.Join(module, "data/networks/abstract.json"))
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// The compiled program gives the numbers of this machine, up to the last bits of its
// mathematical functions.
func TestWorkerAgrees(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(module, "data/networks/*.json"))
	if err != nil || len(paths) < 7 {
		t.Fatal(paths, err)
	}
	var networks []*bnn.Network
	for _, path := range paths {
		network, err := bnn.ReadNetwork(path)
		if err != nil {
			t.Fatal(err)
		}
		networks = append(networks, network)
	}
	type answers struct {
		Times, Stability            []float64
		Mean, Variance, Rate, Input [][]float64
		Verdict                     struct{ Word string }
		File, Cell                  string
	}
	for i, got := range playPage[answers](t, "answers", networks...) {
		network := networks[i]
		limit, ended := theory.Limit(t.Context(), network, bnn.Every(0.1, 3))
		if len(got.Times) != len(limit.Times) || (got.Verdict.Word == "balanced") != (ended == nil) {
			t.Fatalf("%s: %d rows, %+v; want %d, %v", network.Name, len(got.Times), got.Verdict, len(limit.Times), ended)
		}
		for row := range limit.Times {
			for a := range limit.Populations {
				for _, pair := range [][2]float64{
					{got.Mean[row][a], limit.Mean[row][a]}, {got.Variance[row][a], limit.Variance[row][a]}, {got.Rate[row][a], limit.Rate[row][a]},
					{got.Input[row][a], limit.Input[row][a]}, {got.Stability[row], limit.Stability[row]}, {got.Times[row], limit.Times[row]},
				} {
					if !(math.Abs(pair[0]-pair[1]) <= 1e-12*max(1, math.Abs(pair[1]))) {
						t.Errorf("%s, row %d: %v, want %v", network.Name, row, pair[0], pair[1])
					}
				}
			}
		}
		if text, err := network.MarshalJSON(); err != nil || got.File != string(text) {
			t.Errorf("%s: the file %s, want %s, %v", network.Name, got.File, text, err)
		}
		if !strings.Contains(got.Cell, network.Name) {
			t.Errorf("%s: the cell %s", network.Name, got.Cell)
		}
	}
}

// A simulation stops within 50 ms of being told, whatever is simulated, and so does one that
// another takes the place of. What is counted are its messages since then, 40 ms or more apart:
// on a machine that is busy with others all takes longer, and their number is the same.
func TestWorkerStops(t *testing.T) {
	runaway := abstract(t)
	runaway.Weights, runaway.Initial.OnManifold = [][]float64{{1, -0.4}, {1, -0.4}}, false
	type stop struct {
		N       int
		By      string
		Late    int // messages with rows that were sent after the stop was asked for
		Stopped bool
		Rows    int
	}
	for i, stops := range playPage[[]stop](t, "stops", abstract(t), runaway) {
		for _, stop := range stops {
			if !stop.Stopped || stop.Rows == 0 || stop.Late > 2 {
				t.Errorf("network %d: %+v", i, stop)
			}
		}
	}
}

// Of many questions only the newest is answered, and the memory does not grow with them.
func TestWorkerNewestAndMemory(t *testing.T) {
	type burst struct {
		Answered      []int // of the questions 0, 1, … 49 asked at once
		Before, After float64
	}
	got := playPage[burst](t, "burst", abstract(t))[0]
	if n := len(got.Answered); n < 1 || n > 3 || got.Answered[n-1] != 49 {
		t.Errorf("answered: %v", got.Answered)
	}
	if got.After > got.Before+1<<20 || got.After > 64<<20 {
		t.Errorf("memory from %g to %g bytes", got.Before, got.After)
	}
}
