package thinning

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// unprojected reads a network and leaves its start as it is given.
func unprojected(t testing.TB, name string) *bnn.Network {
	t.Helper()
	network := networktest.ReadNetwork(t, name)
	network.Initial.OnManifold = false
	return network
}

// sized counts the neurons of a network that starts as it is given.
func sized(t testing.TB, network *bnn.Network, n int) Network {
	t.Helper()
	counts, sources, err := network.Counts(n)
	if err != nil {
		t.Fatal(err)
	}
	return Network{Network: network, N: n, Counts: counts, Sources: sources, Start: network.Initial.Mean, Curves: CurvesOf(network)}
}

// record runs one replica, prepared by arrange if not nil, and keeps the potentials by time,
// population and neuron.
func record(t testing.TB, network *bnn.Network, n int, seed uint64, times []float64, arrange func(*Replica)) [][][]float64 {
	t.Helper()
	size := sized(t, network, n)
	if why := Unsuited(size, times[len(times)-1]); why != "" {
		t.Fatal(why)
	}
	r := New(size, rand.New(rand.NewPCG(seed, 0)))
	if arrange != nil {
		arrange(r)
	}
	var recorded [][][]float64
	populations := len(size.Counts)
	spikes, sourceSpikes := make([][]int64, populations), make([][]int64, populations)
	for a := range populations {
		spikes[a], sourceSpikes[a] = make([]int64, populations), make([]int64, len(size.Sources))
	}
	show := func(row int) {
		var potentials [][]float64
		for _, count := range size.Counts {
			potentials = append(potentials, make([]float64, count))
		}
		r.State(times[row], potentials, spikes, sourceSpikes)
		recorded = append(recorded, potentials)
	}
	goOn := func(float64) error { return nil }
	if err := r.Run(times, func() (bool, error) { return false, nil }, goOn, show); err != nil {
		t.Fatal(err)
	}
	return recorded
}

// The ways to run: as chosen automatically, or held to one kind of window.
var modes = map[string]func(*Replica){
	"automatic":       nil,
	"flat, few":       func(r *Replica) { r.Hold(Flat, Few) },
	"flat, many":      func(r *Replica) { r.Hold(Flat, Many) },
	"flat, lazy":      func(r *Replica) { r.Hold(Flat, Lazy) },
	"classes, few":    func(r *Replica) { r.Hold(Classes, Few) },
	"classes, many":   func(r *Replica) { r.Hold(Classes, Many) },
	"classes, lazy":   func(r *Replica) { r.Hold(Classes, Lazy) },
	"following, few":  func(r *Replica) { r.Hold(Following, Few) },
	"following, many": func(r *Replica) { r.Hold(Following, Many) },
	"following, lazy": func(r *Replica) { r.Hold(Following, Lazy) },
}

func TestOutputsChangeNothing(t *testing.T) {
	verification.Long(t)
	for _, name := range []string{"dense", "silent", "feedforward", "two-timescales"} {
		network := unprojected(t, name)
		for mode, arrange := range modes {
			rare := record(t, network, 40, 3, []float64{2.5}, arrange)
			often := record(t, network, 40, 3, bnn.Every(0.001, 2.5), arrange)
			if last := len(often) - 1; !reflect.DeepEqual(rare[0], often[last]) {
				t.Errorf("%s, %s: output times change the run", name, mode)
			}
		}
	}
}

// It is asked whether to go on at least every hundred thousand candidates, which take about a
// millisecond.
func TestStops(t *testing.T) {
	for _, name := range []string{"dense", "silent"} {
		r := New(sized(t, unprojected(t, name), 3000), rand.New(rand.NewPCG(1, 0)))
		most := 0.0
		r.inspect = func() { most = max(most, r.span/r.gap) }
		asked, enough := 0, errors.New("enough")
		look := func(float64) error {
			if asked++; asked > 200 {
				return enough
			}
			return nil
		}
		if err := r.Run([]float64{1e9}, func() (bool, error) { return false, nil }, look, nil); err != enough {
			t.Fatalf("error %v", err)
		}
		if most > 1e5 {
			t.Errorf("%s: %g candidates between questions", name, most)
		}
	}
}
