package neuron_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/bnn/theory/neuron"
	"balanced/internal/verification"
)

func network(t *testing.T) *bnn.Network { return networktest.ReadNetwork(t, "abstract") }

func rest(t *testing.T, network *bnn.Network, n int) *bnn.Moments {
	t.Helper()
	state, err := theory.FiniteSize(context.Background(), network, n, []float64{15})
	if err != nil {
		t.Fatal(err)
	}
	return &state.Moments
}

// As n grows the own input vanishes, and this is the theory of a Gaussian potential.
func TestLargeNetworks(t *testing.T) {
	network := network(t)
	const n = 1_000_000_000
	state := rest(t, network, n)
	for a, population := range network.Populations {
		one, err := neuron.New(network, n, state, a)
		if err != nil {
			t.Fatal(err)
		}
		windows := []float64{0.1, 1, 10}
		fano, err := theory.FanoFactor(population.Rate, state.Mean[0][a], state.Variance[0][a], population.Tau, windows)
		if err != nil {
			t.Fatal(err)
		}
		for i, window := range windows {
			if got := one.Fano(window); math.Abs(got-fano[i]) > 2e-3*fano[i] {
				t.Errorf("class %s: Fano factor in %v is %v, in the limit %v", population.Name, window, got, fano[i])
			}
		}
		cv, err := theory.IntervalVariation(population.Rate, state.Mean[0][a], state.Variance[0][a], population.Tau)
		if err != nil {
			t.Fatal(err)
		}
		if got := one.Variation(); math.Abs(got-cv) > 2e-3*cv {
			t.Errorf("class %s: CV %v, in the limit %v", population.Name, got, cv)
		}
		if got := one.Rate(); math.Abs(got-state.Rate[0][a]) > 1e-3*got {
			t.Errorf("class %s: rate %v, in the limit %v", population.Name, got, state.Rate[0][a])
		}
	}
}

// The density of intervals is one, of mean 1/F, with the CV that is told; counts in short windows are
// those of a Poisson process.
func TestIntervalsAreADensity(t *testing.T) {
	verification.Long(t)
	network := network(t)
	one, err := neuron.New(network, 50, rest(t, network, 50), 1)
	if err != nil {
		t.Fatal(err)
	}
	const h = 1e-3
	var moments [3]float64
	for i := range 400_000 {
		t := (float64(i) + 0.5) * h
		density := one.Density(t)
		moments[0], moments[1], moments[2] = moments[0]+h*density, moments[1]+h*t*density, moments[2]+h*t*t*density
	}
	if math.Abs(moments[0]-1) > 1e-4 || math.Abs(moments[1]*one.Rate()-1) > 1e-3 {
		t.Errorf("the density of intervals sums up to %v, with the mean %v of a rate %v", moments[0], moments[1], one.Rate())
	}
	if cv := math.Sqrt(moments[2]/(moments[1]*moments[1]) - 1); math.Abs(cv-one.Variation()) > 1e-3*cv {
		t.Errorf("the CV of the density is %v, and told as %v", cv, one.Variation())
	}
	if got := one.Fano(1e-6); math.Abs(got-1) > 1e-4 {
		t.Errorf("in a short window the Fano factor is %v", got)
	}
	if one.Shared(10) != 1-1/one.Fano(10) {
		t.Error("what two targets share is not what is not Poisson")
	}
}

// A neuron that does not know its own input is told from one that does: class I keeps what raises it.
func TestOwnInputMatters(t *testing.T) {
	with, without := network(t), network(t)
	without.Populations[1].Size = 1
	state := rest(t, with, 50)
	one, err := neuron.New(with, 50, state, 1)
	if err != nil {
		t.Fatal(err)
	}
	other, err := neuron.New(without, 1_000_000_000, state, 1)
	if err != nil {
		t.Fatal(err)
	}
	if one.Fano(10) < 1.05*other.Fano(10) {
		t.Errorf("with own input missing the Fano factor is %v, else %v", one.Fano(10), other.Fano(10))
	}
}

func TestRefused(t *testing.T) {
	good := network(t)
	state := rest(t, good, 50)
	spread, shared, silent := network(t), network(t), network(t)
	spread.Populations[0].Spread = 0.5
	shared.Feedforward = []bnn.Source{{Name: "X", Size: 1, Shared: true, Rate: bnn.ConstantStimulus{Value: 1}, Weights: []float64{1, 1}}}
	silent.Populations[0].Rate = bnn.ConstantRate{Value: 0}
	flat := *state
	flat.Variance = [][]float64{{0, 0}}
	for name, c := range map[string]struct {
		network    *bnn.Network
		n          int
		state      *bnn.Moments
		population int
	}{
		"spread": {spread, 50, state, 0}, "shared": {shared, 50, state, 0}, "silent": {silent, 50, state, 0}, "no variance": {good, 50, &flat, 0},
		"no population": {good, 50, state, 2}, "no size": {good, 0, state, 0}, "no state": {good, 50, &bnn.Moments{}, 0},
	} {
		var input *bnn.InputError
		if _, err := neuron.New(c.network, c.n, c.state, c.population); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func ExampleNew() {
	ctx := context.Background()
	network := bnn.Must(bnn.ReadNetwork("../../../data/networks/abstract.json"))
	state := bnn.Must(theory.FiniteSize(ctx, network, 100, []float64{15}))
	one := bnn.Must(neuron.New(network, 100, &state.Moments, 1))
	fmt.Printf("Fano factor in long windows %.2f, CV of intervals %.2f\n", one.Fano(10), one.Variation())
	// Output: Fano factor in long windows 3.88, CV of intervals 1.77
}
