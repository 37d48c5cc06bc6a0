//go:build !js

package simulate

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/random"
	"balanced/bnn/store"
)

// everyNeuron lists the neurons of two populations of n.
func everyNeuron(n int) []NeuronID {
	var all []NeuronID
	for a := range 2 {
		for j := range n {
			all = append(all, NeuronID{a, j})
		}
	}
	return all
}

// listen runs a replica, by pairs or by thinning, and returns what all neurons heard, the potentials at the
// start and at the end, and the spikes that were counted.
func listen(t *testing.T, method Method, network *bnn.Network, n int, end float64) (*SpikeTrains, [][][]float64, [][]int64) {
	t.Helper()
	plan := bnn.Must(newPlan(context.Background(), network, n, []float64{0, end}))
	trains, layout := &SpikeTrains{Targets: everyNeuron(n)}, trainLayout{plan.counts, 2 * n}
	trains.Trains = layout.empty()
	ear := layout.ear(trains.Targets, trains.Trains)
	var states StateRecorder
	var counts SpikeRecorder
	recorders := []Recorder{&states, &counts}
	for _, recorder := range recorders {
		if err := recorder.Start(network, plan.counts, plan.times); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if _, is := method.(Pairwise); is {
		run := newPairwiseRun(plan, random.New(3, "", n, 0), math.Sqrt(float64(n)))
		run.heard = ear
		err = run.run(context.Background(), plan.times, recorders)
	} else {
		run := newExactRun(plan, random.New(3, "", n, 0))
		run.replica.Listen(ear)
		err = run.run(context.Background(), plan.times, recorders)
	}
	if err != nil {
		t.Fatal(err)
	}
	return trains, states.Potentials, counts.Spikes[1]
}

// Over all targets the trains hold every spike of the replica once, at increasing times, and
// none from a neuron to itself.
func TestSpikeTrainsHoldEverySpike(t *testing.T) {
	const n, end = 12, 1.5
	for _, name := range []string{"feedforward", "silent"} {
		for _, method := range []Method{Exact{}, Pairwise{}} {
			all, _, counts := listen(t, method, networktest.ReadNetwork(t, name), n, end)
			sums := newCounts(2, 2)
			for i, target := range all.Targets {
				for b, population := range all.Trains[i] {
					for k, train := range population {
						sums[target.Population][b] += int64(len(train))
						if !slices.IsSorted(train) || len(train) > 0 && (train[0] <= 0 || train[len(train)-1] > end) {
							t.Fatalf("from %d of %d to %+v: %v", k, b, target, train)
						}
					}
				}
				if own := all.Trains[i][target.Population][target.Index]; own != nil {
					t.Errorf("%+v hears itself: %v", target, own)
				}
			}
			if !reflect.DeepEqual(sums, counts) {
				t.Errorf("%s, %T: trains of %d spikes, counted were %d", name, method, sums, counts)
			}
		}
	}
}

// The trains to a neuron do not depend on who else is watched; those of Pairwise are those of its replica.
func TestSpikeTrainsOfAReplica(t *testing.T) {
	const n, replica, end = 12, 1, 1.5
	for _, method := range []Method{nil, Exact{}, Pairwise{}} {
		ensemble := Ensemble{Network: networktest.ReadNetwork(t, "feedforward"), N: n, Replicas: 2, Seed: 3, Method: method}
		all := bnn.Must(ensemble.SpikeTrains(context.Background(), replica, end, everyNeuron(n)...))
		some := bnn.Must(ensemble.SpikeTrains(context.Background(), replica, end, NeuronID{1, 3}, NeuronID{0, 11}))
		if !reflect.DeepEqual(some.Trains, [][][][]float64{all.Trains[n+3], all.Trains[11]}) {
			t.Errorf("method %T: other trains for fewer targets", method)
		}
		if other := bnn.Must(ensemble.SpikeTrains(context.Background(), 0, end, NeuronID{1, 3})); reflect.DeepEqual(other.Trains[0], all.Trains[n+3]) {
			t.Errorf("method %T: another replica has the same trains", method)
		}
		if _, is := method.(Pairwise); !is {
			continue
		}
		var counts SpikeRecorder
		if err := ensemble.Replica(context.Background(), replica, []float64{end}, &counts); err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for _, target := range all.Trains[:n] {
			for _, train := range target[1] {
				sum += int64(len(train))
			}
		}
		if sum != counts.Spikes[0][0][1] {
			t.Errorf("trains from the second population to the first have %d spikes, the replica %d", sum, counts.Spikes[0][0][1])
		}
	}
}

// The potential of a neuron is its start and its stimulus, decayed, and what its trains
// brought.
func TestSpikeTrainsMakeThePotential(t *testing.T) {
	const n, end = 20, 2.0
	network := networktest.Pulsed(t)
	network.Feedforward = nil
	network.Populations[1].Tau = 0.6
	for _, method := range []Method{Exact{}, Pairwise{}} {
		trains, states, _ := listen(t, method, network, n, end)
		for i, target := range trains.Targets {
			a, j := target.Population, target.Index
			p := network.Populations[a]
			v := states[0][a][j]*math.Exp(-end/p.Tau) + bnn.Response(p.External(), end, p.Tau)
			for b, population := range trains.Trains[i] {
				for _, train := range population {
					for _, s := range train {
						v += network.Weights[a][b] / math.Sqrt(n) * math.Exp(-(end-s)/p.Tau)
					}
				}
			}
			if d := math.Abs(v - states[1][a][j]); d > 1e-10 {
				t.Errorf("%T: %+v is at %g, its trains make %g", method, target, states[1][a][j], v)
			}
		}
	}
}

func TestSpikeTrainsInTheStore(t *testing.T) {
	kept := store.At(t.TempDir())
	ensemble := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 2, Replicas: 1, Seed: 3}
	targets := []NeuronID{{1, 1}}
	ask := func(s *store.Store) *SpikeTrains {
		ensemble.Store = s
		return bnn.Must(ensemble.SpikeTrains(context.Background(), 0, 1, targets...))
	}
	want := ask(nil)
	for range 2 {
		if got := ask(kept); !reflect.DeepEqual(got, want) {
			t.Fatalf("the store changes %v to %v", want, got)
		}
	}
	// Two trains of E and two of I.
	rewrite(t, kept, []float64{2, 0.25, 0.5, 0, 1, 0.75, 0})
	if got := ask(kept).Trains; !reflect.DeepEqual(got, [][][][]float64{{{{0.25, 0.5}, nil}, {{0.75}, nil}}}) {
		t.Errorf("%v was not read", got)
	}
	for _, wrong := range [][]float64{{}, {0, 0, 0}, {0, 0, 0, 1}, {0, 0, 0, 0, 0}, {1.5, 0, 0, 0, 0}, {-1, 0, 0, 0}, {math.NaN(), 0, 0, 0}, {1e300, 0, 0, 0}} {
		rewrite(t, kept, wrong)
		if got := ask(kept); !reflect.DeepEqual(got, want) {
			t.Errorf("%v was believed", wrong)
		}
	}
	// Other targets and other ends have other shelves.
	bnn.Must(ensemble.SpikeTrains(context.Background(), 0, 1, NeuronID{0, 1}))
	bnn.Must(ensemble.SpikeTrains(context.Background(), 0, 2, targets...))
	if replicas := replicasIn(t, kept); replicas != 3 {
		t.Errorf("%d records for 3 questions", replicas)
	}
}

func TestSpikeTrainsRefuses(t *testing.T) {
	good := Ensemble{Network: networktest.ReadNetwork(t, "abstract"), N: 10, Replicas: 2}
	ask := func(e Ensemble, replica int, end float64, targets ...NeuronID) error {
		_, err := e.SpikeTrains(context.Background(), replica, end, targets...)
		return err
	}
	for name, c := range map[string]struct {
		path string
		err  error
	}{
		"leap":          {"method", ask(Ensemble{Network: good.Network, N: 10, Replicas: 2, Method: Leap{}}, 0, 1, NeuronID{})},
		"shared spikes": {"method", ask(Ensemble{Network: good.Network, N: 10, Replicas: 2, Method: SharedSpikes{}}, 0, 1, NeuronID{})},
		"mean field":    {"method", ask(Ensemble{Network: good.Network, N: 10, Replicas: 2, Method: MeanField{}}, 0, 1, NeuronID{})},
		"no network":    {"network", ask(Ensemble{N: 10, Replicas: 2}, 0, 1, NeuronID{})},
		"replica":       {"replica", ask(good, 2, 1, NeuronID{})},
		"end":           {"times[0]", ask(good, 0, math.NaN(), NeuronID{})},
		"no target":     {"targets", ask(good, 0, 1)},
		"target":        {"targets[1]", ask(good, 0, 1, NeuronID{}, NeuronID{0, 10})},
		"twice":         {"targets[1]", ask(good, 0, 1, NeuronID{1, 2}, NeuronID{1, 2})},
	} {
		var input *bnn.InputError
		if !errors.As(c.err, &input) || input.Path != c.path {
			t.Errorf("%s: %v, want an InputError for %s", name, c.err, c.path)
		}
	}
}

func BenchmarkSpikeTrains(b *testing.B) {
	ensemble := Ensemble{Network: networktest.ReadNetwork(b, "abstract"), N: 300, Replicas: 1}
	for b.Loop() {
		if _, err := ensemble.SpikeTrains(context.Background(), 0, 1, NeuronID{0, 0}, NeuronID{1, 7}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(600*300*(2+4)), "ns/candidate")
}
