package simulate

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

func balancedNetwork(t testing.TB) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork("../../data/networks/abstract.json")
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// One spike a pathway, by hand.
func TestSynapticCurrentsOfSingleSpikes(t *testing.T) {
	network := balancedNetwork(t)
	trains := &SpikeTrains{Targets: []NeuronID{{Population: 1, Index: 0}},
		Trains: [][][][]float64{{{{1}, nil, {2}}, {nil, {1.5}}}}}
	times := []float64{0.5, 1, 2, 3}
	c, err := SynapticCurrents(network, 100, trains, 0.5, times)
	if err != nil {
		t.Fatal(err)
	}
	kernel := func(t float64) float64 {
		if t < 0 {
			return 0
		}
		return math.Exp(-t/0.5) / 0.5
	}
	excitatory, err := c.Excitatory(0)
	if err != nil {
		t.Fatal(err)
	}
	inhibitory, err := c.Inhibitory(0)
	if err != nil {
		t.Fatal(err)
	}
	net, err := c.Net(0)
	if err != nil {
		t.Fatal(err)
	}
	for row, at := range times {
		wantE := network.Weights[1][0] / 10 * (kernel(at-1) + kernel(at-2))
		wantI := network.Weights[1][1] / 10 * kernel(at-1.5)
		if math.Abs(excitatory[row]-wantE) > 1e-15 || math.Abs(inhibitory[row]-wantI) > 1e-15 || math.Abs(net[row]-wantE-wantI) > 1e-15 {
			t.Errorf("at %v: %v and %v, want %v and %v", at, excitatory[row], inhibitory[row], wantE, wantI)
		}
		if field := c.LocalField()[row]; math.Abs(field-(wantE-wantI)) > 1e-15 {
			t.Errorf("field %v, want %v", field, wantE-wantI)
		}
	}
}

// In a balanced network both currents are of order √n, and mirror each other: what is left is
// of order 1.
func TestCurrentsMirrorEachOther(t *testing.T) {
	verification.Long(t)
	const n, end = 400, 3.0
	network := balancedNetwork(t)
	ensemble := Ensemble{Network: network, N: n, Replicas: 1, Seed: 1}
	trains, err := ensemble.SpikeTrains(t.Context(), 0, end, NeuronID{}, NeuronID{Population: 1})
	if err != nil {
		t.Fatal(err)
	}
	times := bnn.Every(0.25, end)
	c, err := SynapticCurrents(network, n, trains, 1, times)
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Targets {
		excitatory, err := c.Excitatory(i)
		if err != nil {
			t.Fatal(err)
		}
		net, err := c.Net(i)
		if err != nil {
			t.Fatal(err)
		}
		last := len(times) - 1
		if !(excitatory[last] > 5) || !(math.Abs(net[last]) < excitatory[last]/3) {
			t.Errorf("neuron %d: excitation %v, rest %v", i, excitatory[last], net[last])
		}
	}
}

func TestSynapticCurrentsRefuse(t *testing.T) {
	network := balancedNetwork(t)
	trains := &SpikeTrains{Targets: []NeuronID{{}}, Trains: [][][][]float64{{nil, nil}}}
	foreign := &SpikeTrains{Targets: []NeuronID{{}}, Trains: [][][][]float64{{nil}}}
	times := []float64{1}
	for path, err := range map[string]error{
		"n":      failure(SynapticCurrents(network, 0, trains, 1, times)),
		"filter": failure(SynapticCurrents(network, 1, trains, 0, times)),
		"times":  failure(SynapticCurrents(network, 1, trains, 1, nil)),
		"trains": failure(SynapticCurrents(network, 1, foreign, 1, times)),
		"target": failure((&Currents{}).Net(0)),
	} {
		var input *bnn.InputError
		if !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: error %v", path, err)
		}
	}
}

func failure[T any](_ T, err error) error { return err }
