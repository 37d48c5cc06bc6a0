//go:build !js

package sweep

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"balanced/bnn/internal/networktest"
	"balanced/bnn/simulate"
	"balanced/bnn/store"
)

// A simulation whose numbers end belongs to its point, with a store and without; a store that
// cannot be written ends the sweep.
func TestSimulationThatEnds(t *testing.T) {
	s := &Sweep{Design: Grid(networktest.ReadNetwork(t, "tipping"), Values("weights[*][1]", -0.6, 1e160), Values("populations[1].rate.slope", 4.13671875)),
		Measures: []Measure{Simulation(200, 4, 3, simulate.Leap{Step: 0.05})}}
	s.Seed = 1
	want := rows(t, s)
	if len(want) != 2 || strings.Contains(want[0], "the leap at time") || !strings.Contains(want[1], "the leap at time") {
		t.Fatalf("%q", want)
	}
	folder := t.TempDir()
	s.Store = store.At(folder)
	for range 2 {
		if got := rows(t, s); !slices.Equal(got, want) {
			t.Errorf("with a store %q, without %q", got, want)
		}
	}
	nowhere := filepath.Join(folder, "file")
	if err := os.WriteFile(nowhere, []byte("no folder"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Store = store.At(nowhere)
	var ended error
	for _, err := range s.Rows(t.Context()) {
		ended = err
	}
	if ended == nil {
		t.Error("a store in a file ends no sweep")
	}
}
