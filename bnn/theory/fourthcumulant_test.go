package theory

import (
	"context"
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// With constant rates the fourth cumulant is that of sums over Poisson processes: exact
// but for the own input, which is of higher order.
func TestFourthCumulantOfConstantRates(t *testing.T) {
	const n = 7
	times := bnn.Every(0.5, 3)
	for name, network := range map[string]*bnn.Network{"whole sizes": networktest.ConstantRates(), "awkward sizes": awkwardSizes()} {
		got, err := FourthCumulant(context.Background(), network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		for row, at := range times {
			for a, population := range network.Populations {
				want := 0.0
				hear := func(neurons int, rate, weight float64) {
					want += float64(neurons) * rate * math.Pow(weight, 4) / (n * n) * -math.Expm1(-4*at/population.Tau) * population.Tau / 4
				}
				for b, source := range network.Populations {
					hear(bnn.Must(network.Count(b, n)), source.Rate.At(0), network.Weights[a][b])
				}
				for x, source := range network.Feedforward {
					hear(bnn.Must(network.SourceCount(x, n)), source.Rate.At(0), source.Weights[a])
				}
				if math.Abs(got[row][a]-want) > 1e-10 {
					t.Errorf("%s, t = %g, population %d: %.12g, closed form %.12g", name, at, a, got[row][a], want)
				}
			}
		}
	}
}

// The equation is linear, so that its solution is an integral over the trajectory of
// FiniteSize: here by Simpson's rule.
func TestFourthCumulantIsAnIntegral(t *testing.T) {
	const n, end, intervals = 100, 2.0, 1000
	for _, name := range networktest.ReferenceNetworks {
		network := networktest.ReadNetwork(t, name)
		finite, err := FiniteSize(context.Background(), network, n, bnn.Every(end/intervals, end))
		if err != nil {
			t.Fatal(err)
		}
		got, err := FourthCumulant(context.Background(), network, n, []float64{0, end})
		if err != nil {
			t.Fatal(err)
		}
		for a, population := range network.Populations {
			want := 0.0
			for row, at := range finite.Times {
				source := -4 * network.Weights[a][a] / math.Sqrt(n) * math.Pow(finite.Variance[row][a], 3) *
					population.Expectation(finite.Mean[row][a], finite.Variance[row][a]).Third
				for b, from := range network.Populations {
					rate := from.Expectation(finite.Mean[row][b], finite.Variance[row][b]).Value
					source += from.Size * math.Pow(network.Weights[a][b], 4) * rate / n
				}
				for _, from := range network.Feedforward {
					source += from.Size * math.Pow(from.Weights[a], 4) * from.Rate.At(at) / n
				}
				weight := 2 + 2*float64(row%2)
				if row == 0 || row == intervals {
					weight = 1
				}
				want += weight * end / intervals / 3 * math.Exp(-4*(end-at)/population.Tau) * source
			}
			if got[0][a] != 0 || math.Abs(got[1][a]-want) > 1e-8 {
				t.Errorf("%s, %s: %.10g, integral %.10g", name, population.Name, got[1][a], want)
			}
		}
	}
}

func TestFourthCumulantRefuses(t *testing.T) {
	var input *bnn.InputError
	if _, err := FourthCumulant(context.Background(), twoClasses(), 0, []float64{1}); !errors.As(err, &input) || input.Path != "n" {
		t.Errorf("%v, want an InputError for n", err)
	}
}
