package networktest

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"balanced/bnn"
)

// LosesBalance reads a network of bnn/testdata/balance, which loses its balance on the way or has
// none.
func LosesBalance(t testing.TB, name string) *bnn.Network {
	t.Helper()
	network, err := bnn.ReadNetwork(Place(t, "bnn", "testdata", "balance", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return network
}

// ManyInhibitory is a network of full rank whose balance a source holds and moves.
func ManyInhibitory(p int) *bnn.Network {
	network := &bnn.Network{Name: "many inhibitory"}
	source := bnn.Source{Name: "many", Size: 1, Rate: bnn.Sine{Baseline: 1, Amplitude: 0.2, Period: 2}, Weights: make([]float64, p)}
	for a := range p {
		network.Populations = append(network.Populations, bnn.Population{Name: fmt.Sprint("p", a), Tau: 1, Size: 1,
			Rate: bnn.Logistic{Max: 2, Slope: 1 + float64(a%3)/2, Threshold: float64(a%5) / 5}})
		row := make([]float64, p)
		for b := range row {
			row[b] = -(1 + math.Cos(float64(a*b))) / float64(p)
			if a == b {
				row[b] = -1 - float64(a%7)/7
			}
			source.Weights[a] -= row[b]
		}
		network.Weights = append(network.Weights, row)
		network.Initial.Mean = append(network.Initial.Mean, 0.2*float64(a%4))
		network.Initial.Variance = append(network.Initial.Variance, 0.5+float64(a%3)/3)
	}
	network.Feedforward = []bnn.Source{source}
	return network
}

// Besides is two networks in one that do not hear each other.
func Besides(x, y *bnn.Network) *bnn.Network {
	p, q := len(x.Populations), len(y.Populations)
	both := &bnn.Network{Name: "both", Populations: slices.Concat(x.Populations, y.Populations), Initial: bnn.Initial{
		Mean: slices.Concat(x.Initial.Mean, y.Initial.Mean), Variance: slices.Concat(x.Initial.Variance, y.Initial.Variance)}}
	for _, row := range x.Weights {
		both.Weights = append(both.Weights, slices.Concat(row, make([]float64, q)))
	}
	for _, row := range y.Weights {
		both.Weights = append(both.Weights, slices.Concat(make([]float64, p), row))
	}
	for _, source := range x.Feedforward {
		source.Weights = slices.Concat(source.Weights, make([]float64, q))
		both.Feedforward = append(both.Feedforward, source)
	}
	for _, source := range y.Feedforward {
		source.Weights = slices.Concat(make([]float64, p), source.Weights)
		both.Feedforward = append(both.Feedforward, source)
	}
	return both
}
