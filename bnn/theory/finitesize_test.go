package theory

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

func TestFiniteSizeAgainstReference(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		t.Run(name, func(t *testing.T) {
			want := networktest.Reference(t, name+".n1000.csv")
			got, err := FiniteSize(context.Background(), networktest.ReadNetwork(t, name), 1000, want["t"])
			if err != nil {
				t.Fatal(err)
			}
			networktest.Agree(t, got, want)
		})
	}
}

// The method is L-stable: the step count does not grow with the stiffness √n.
func TestFiniteSizeStepsDoNotGrow(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		network := networktest.ReadNetwork(t, name)
		times := bnn.Every(0.25, 5)
		few, err := FiniteSize(context.Background(), network, 100, times)
		if err != nil {
			t.Fatal(err)
		}
		many, err := FiniteSize(context.Background(), network, 100_000_000, times)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d steps at n = 100, %d at n = 10⁸", name, few.Stats.Steps, many.Stats.Steps)
		if many.Stats.Steps > 2*few.Stats.Steps {
			t.Errorf("%s: %d steps at n = 10⁸, more than twice the %d at n = 100", name, many.Stats.Steps, few.Stats.Steps)
		}
	}
}

// With constant rates every cumulant is a sum over Poisson processes and has a closed
// form (theory.md §4), for any n.
func TestFiniteSizeConstantRates(t *testing.T) {
	times := bnn.Every(0.5, 3)
	for name, network := range map[string]*bnn.Network{"whole sizes": networktest.ConstantRates(), "awkward sizes": awkwardSizes()} {
		for _, n := range []int{2, 7, 10} {
			got, err := FiniteSize(context.Background(), network, n, times)
			if err != nil {
				t.Fatal(err)
			}
			for row, at := range times {
				for a := range network.Populations {
					mean, variance, third := networktest.ConstantRateCumulants(network, n, a, at)
					for _, c := range []struct {
						name      string
						got, want float64
					}{{"mean", got.Mean[row][a], mean}, {"variance", got.Variance[row][a], variance}, {"third", got.Third[row][a], third}} {
						if math.Abs(c.got-c.want) > 1e-9 {
							t.Errorf("%s, n = %d, t = %g, population %d: %s %.12g, closed form %.12g", name, n, at, a, c.name, c.got, c.want)
						}
					}
				}
			}
		}
	}
}

// awkwardSizes has no whole number of neurons in any population and source at n = 2, 7 or 10.
func awkwardSizes() *bnn.Network {
	network := networktest.ConstantRates()
	network.Populations[0].Size, network.Populations[1].Size, network.Feedforward[0].Size = 0.81, 1.76, 0.38
	return network
}

// The finite-n equations tend to the limit like n^{-1/2}.
func TestFiniteSizeTendsToLimit(t *testing.T) {
	for _, name := range networktest.ReferenceNetworks {
		network := networktest.ReadNetwork(t, name)
		times := bnn.Every(0.5, 2)
		limit, err := Limit(t.Context(), network, times)
		if err != nil {
			t.Fatal(err)
		}
		gap := func(n int) float64 {
			finite, err := FiniteSize(context.Background(), network, n, times)
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for row := 1; row < len(times); row++ {
				sum += networktest.DistanceOf(finite.Mean[row], limit.Mean[row]) + networktest.DistanceOf(finite.Variance[row], limit.Variance[row])
			}
			return sum
		}
		if exponent := math.Log10(gap(100_000_000)/gap(1_000_000)) / 2; math.Abs(exponent+0.5) > 0.01 {
			t.Errorf("%s: the distance to the limit falls like n^%.3f", name, exponent)
		}
	}
}

func TestFiniteSizeRefuses(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	for name, call := range map[string]func() error{
		"n":     func() error { _, err := FiniteSize(context.Background(), network, 0, bnn.Every(1, 1)); return err },
		"times": func() error { _, err := FiniteSize(context.Background(), network, 2, nil); return err },
		"without[1]": func() error {
			_, err := FiniteSize(context.Background(), network, 2, bnn.Every(1, 1), Skewness, "noise")
			return err
		},
		"times[1]": func() error { _, err := FiniteSize(context.Background(), network, 2, []float64{1, 1}); return err },
	} {
		var input *bnn.InputError
		if err := call(); !errors.As(err, &input) || input.Path != name {
			t.Errorf("%v, want an InputError for %s", err, name)
		}
	}
}

// Of a correction that is left out the trajectory has nothing.
func TestFiniteSizeWithout(t *testing.T) {
	network := networktest.ReadNetwork(t, "two-timescales")
	const n = 50
	times := bnn.Every(0.5, 2)
	solve := func(without ...Correction) *bnn.Trajectory {
		t.Helper()
		trajectory, err := FiniteSize(context.Background(), network, n, times, without...)
		if err != nil {
			t.Fatal(err)
		}
		return trajectory
	}
	all, deaf, symmetric, neither := solve(), solve(OwnInput), solve(Skewness), solve(Skewness, OwnInput, Skewness)
	for row := range times {
		for a, population := range network.Populations {
			for _, trajectory := range []*bnn.Trajectory{symmetric, neither} {
				e := population.Expectation(trajectory.Mean[row][a], trajectory.Variance[row][a])
				if trajectory.Third[row][a] != 0 || trajectory.Rate[row][a] != e.Value {
					t.Errorf("without skewness C = %g, Λ = %g, F = %g", trajectory.Third[row][a], trajectory.Rate[row][a], e.Value)
				}
			}
		}
	}
	last := len(times) - 1
	for i, pair := range [][2]*bnn.Trajectory{{all, deaf}, {all, symmetric}, {deaf, neither}, {symmetric, neither}} {
		if networktest.DistanceOf(pair[0].Variance[last], pair[1].Variance[last]) < 1e-6 {
			t.Errorf("pair %d: a correction changes nothing", i)
		}
	}
}

func BenchmarkFiniteSize(b *testing.B) {
	for _, populations := range []int{2, 32, 64} {
		b.Run(fmt.Sprint(populations), func(b *testing.B) {
			for b.Loop() {
				if _, err := FiniteSize(context.Background(), networktest.ManyClasses(populations), 1000, bnn.Every(0.5, 3)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
