package law_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/bnn/theory/law"
	"balanced/internal/verification"
)

func network(t *testing.T) *bnn.Network { return networktest.ReadNetwork(t, "abstract") }

// The density is a law with the four cumulants that it was given, and the derivative of its distribution.
func TestCumulants(t *testing.T) {
	l := law.Law{Mean: 0.7, Variance: 2.3, Skewness: 0.2, Kurtosis: -0.3}
	var powers [5]float64
	const h = 0.01
	for x := -20.0; x < 20; x += h {
		for k := range powers {
			powers[k] += h * l.Density(x) * math.Pow(x-l.Mean, float64(k))
		}
	}
	want := [5]float64{1, 0, l.Variance, l.Skewness * math.Pow(l.Variance, 1.5), (3 + l.Kurtosis) * l.Variance * l.Variance}
	for k := range powers {
		if math.Abs(powers[k]-want[k]) > 1e-9 {
			t.Errorf("moment %d is %v, not %v", k, powers[k], want[k])
		}
	}
	for x := -4.0; x < 5; x += 0.5 {
		if slope := (l.Distribution(x+1e-5) - l.Distribution(x-1e-5)) / 2e-5; math.Abs(slope-l.Density(x)) > 1e-8 {
			t.Errorf("at %v the distribution has slope %v and the density is %v", x, slope, l.Density(x))
		}
	}
}

// Distances that are known: of a shift, of a scale, of pure skewness and of pure kurtosis.
func TestDistances(t *testing.T) {
	phi := func(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
	for _, test := range []struct {
		name                    string
		of                      law.Law
		wasserstein, kolmogorov float64
	}{
		{"itself", law.Law{Mean: 3, Variance: 4}, 0, 0},
		{"a shift by s", law.Law{Mean: 3.4, Variance: 4}, 0.2, math.Erf(0.1 / math.Sqrt2)},
		// W₁ of scales σ and 1 is |σ−1| E|Z|.
		{"a scale", law.Law{Mean: 3, Variance: 4 * 1.21}, 0.1 * math.Sqrt(2/math.Pi), -1},
		// ∫|u²−1|φ = 4φ(1), the largest of |u²−1|φ is at 0.
		{"skewness", law.Law{Mean: 3, Variance: 4, Skewness: 0.6}, 0.1 * 4 * phi(1), 0.1 * phi(0)},
		// ∫|u³−3u|φ = −2·φ(0) + 8·φ(√3); the largest of |u³−3u|φ is where u⁴−6u²+3 = 0.
		{"kurtosis", law.Law{Mean: 3, Variance: 4, Kurtosis: 0.24}, 0.01 * (8*phi(math.Sqrt(3)) + 2*phi(0)), -1},
	} {
		w, k := test.of.Distances(3, 4)
		if math.Abs(w-test.wasserstein) > 1e-5*test.wasserstein || test.kolmogorov >= 0 && math.Abs(k-test.kolmogorov) > 1e-6 {
			t.Errorf("%s: %v and %v, not %v and %v", test.name, w, k, test.wasserstein, test.kolmogorov)
		}
	}
}

// Without weights a neuron is a leak: its law is the Gaussian that it started with, and no neuron
// has anything in common with another.
func TestWithoutWeights(t *testing.T) {
	network := network(t)
	network.Weights = [][]float64{{0, 0}, {0, 0}}
	laws, err := law.Predict(context.Background(), network, 50, 1)
	if err != nil {
		t.Fatal(err)
	}
	for a, l := range laws {
		want := network.Initial.Variances()[a] * math.Exp(-2)
		if math.Abs(l.Variance-want) > 1e-7 || l.Skewness != 0 || math.Abs(l.Kurtosis) > 1e-6 {
			t.Errorf("class %d: %+v, not a Gaussian of variance %v", a, l, want)
		}
	}
}

// At rest skewness and kurtosis times √n are those of theory.md §22, and the distance from the limit
// falls like n^{-1/2}.
func TestLargeNetworks(t *testing.T) {
	verification.Long(t)
	network, ctx := network(t), context.Background()
	states, err := theory.StationaryStates(ctx, network)
	if err != nil {
		t.Fatal(err)
	}
	state := states[0]
	const n = 100_000_000
	laws, err := law.Predict(ctx, network, n, 15)
	if err != nil {
		t.Fatal(err)
	}
	further, err := law.Predict(ctx, network, 4*n, 15)
	if err != nil {
		t.Fatal(err)
	}
	for a, p := range network.Populations {
		e, own := bnn.Expect(p.Rate, state.Mean[a], state.Variance[a]), network.Weights[a][a]
		skewness, kurtosis := -own*math.Sqrt(state.Variance[a])*e.Second, -own*state.Variance[a]*e.Third
		if got := laws[a].Skewness * 1e4; math.Abs(got-skewness) > 2e-3*math.Abs(skewness)+1e-4 {
			t.Errorf("class %s: √n times the skewness is %v, not %v", p.Name, got, skewness)
		}
		if got := laws[a].Kurtosis * 1e4; math.Abs(got-kurtosis) > 2e-3*math.Abs(kurtosis)+1e-4 {
			t.Errorf("class %s: √n times the kurtosis is %v, not %v", p.Name, got, kurtosis)
		}
		near, _ := laws[a].Distances(state.Mean[a], state.Variance[a])
		far, _ := further[a].Distances(state.Mean[a], state.Variance[a])
		if ratio := near / far; math.Abs(ratio-2) > 0.01 {
			t.Errorf("class %s: four times as many neurons are nearer by %v, not 2", p.Name, ratio)
		}
	}
}

// What is left out is gone, and bad input has a name.
func TestWithout(t *testing.T) {
	network, ctx := network(t), context.Background()
	laws, err := law.Predict(ctx, network, 100, 2, theory.OwnInput, theory.Skewness)
	if err != nil {
		t.Fatal(err)
	}
	for a, l := range laws {
		if l.Skewness != 0 || l.Kurtosis != 0 {
			t.Errorf("class %d is not Gaussian: %+v", a, l)
		}
	}
	var input *bnn.InputError
	if _, err := law.Predict(ctx, network, 0, 2); !errors.As(err, &input) {
		t.Errorf("n = 0 gives %v", err)
	}
}
