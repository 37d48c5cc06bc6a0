package variants

import (
	"reflect"
	"testing"

	"balanced/bnn"
)

func plain() *bnn.Network {
	return &bnn.Network{
		Name: "plain",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 4}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 4, Threshold: 0.5}},
		},
		Weights: [][]float64{{1, -1.5}, {1, -1.5}},
		Initial: bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{0.1, 0.2}},
	}
}

// Each is a network, another than all before, and leaves the one that it is made of alone.
func TestAll(t *testing.T) {
	network := plain()
	var before []*bnn.Network
	for _, variant := range All {
		made := variant.Of(network)
		if err := made.Validate(); err != nil {
			t.Errorf("%s: %v", variant.Name, err)
		}
		for i, other := range before {
			if reflect.DeepEqual(made, other) {
				t.Errorf("%s is %s", variant.Name, All[i].Name)
			}
		}
		before = append(before, made)
	}
	if !reflect.DeepEqual(network, plain()) || !reflect.DeepEqual(before[0], plain()) {
		t.Errorf("%+v", network)
	}
}

// A part has its share of the neurons, and what it hears in all is what the whole hears.
func TestSplit(t *testing.T) {
	network := plain()
	feed(network, true)
	wide := Split(network, 16)
	if len(wide.Populations) != 32 || len(wide.Weights) != 32 || len(wide.Feedforward[0].Weights) != 32 {
		t.Fatalf("%+v", wide)
	}
	for a, row := range wide.Weights {
		for b, sum := range []float64{0, 0} {
			for k, weight := range row[16*b : 16*b+16] {
				sum += weight * wide.Populations[16*b+k].Size
			}
			if sum != network.Weights[a/16][b] {
				t.Errorf("population %d hears %g of %d", a, sum, b)
			}
		}
	}
}
