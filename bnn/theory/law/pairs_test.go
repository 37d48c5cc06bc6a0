package law_test

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/theory"
	"balanced/bnn/theory/law"
)

// Neurons without weights have nothing in common, of whatever size their populations are.
func TestPairsWithoutWeights(t *testing.T) {
	network := network(t)
	network.Weights = [][]float64{{0, 0}, {0, 0}}
	for a := range network.Populations {
		network.Populations[a].Noise, network.Populations[a].Size = 1, []float64{1, 2}[a]
	}
	network.Initial = bnn.Initial{Mean: []float64{0.5, 0}, Variance: []float64{1, 0.3}}
	for name, of := range both() {
		pairs, err := of(context.Background(), network, 100, 0.7)
		if err != nil {
			t.Fatal(err)
		}
		for a, c := range pairs {
			if math.Abs(c) > 1e-9 {
				t.Errorf("%s: n times the covariance in class %d is %v, not 0", name, a, c)
			}
		}
	}
}

// Covariances of pairs, and of neurons with themselves, make up the variance of the empirical mean; the variance of one
// neuron is by one of n more than that within its population.
func TestPairsAndTheMean(t *testing.T) {
	const size = 200
	ctx, network := context.Background(), network(t)
	pairs, err := law.Pairs(ctx, network, size, 2)
	if err != nil {
		t.Fatal(err)
	}
	noise, err := theory.SamplingNoise(ctx, network, size, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	state, err := theory.FiniteSize(ctx, network, size, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	laws, err := law.Predict(ctx, network, size, 2)
	if err != nil {
		t.Fatal(err)
	}
	for a, c := range pairs {
		if whole := c + state.Variance[0][a]; math.Abs(whole-noise[0][a][a]) > 1e-9 {
			t.Errorf("class %d: the mean has %v, not %v", a, whole, noise[0][a][a])
		}
		if one := state.Variance[0][a] + c/size; math.Abs(one-laws[a].Variance) > 1e-12 {
			t.Errorf("class %d: one neuron has the variance %v, not %v", a, laws[a].Variance, one)
		}
	}
	if !(pairs[0] > 0 && pairs[1] < 0) {
		t.Errorf("pairs %v: those of E are pulled together, and those of I pushed apart", pairs)
	}
}

func both() map[string]func(ctx context.Context, network *bnn.Network, n int, t float64) ([]float64, error) {
	return map[string]func(ctx context.Context, network *bnn.Network, n int, t float64) ([]float64, error){
		"by the equations": func(ctx context.Context, network *bnn.Network, n int, t float64) ([]float64, error) {
			return law.Pairs(ctx, network, n, t)
		},
		"in closed form": law.PairsFixed,
	}
}
