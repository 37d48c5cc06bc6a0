package bnn

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
)

func TestFiniteSizeAgainstReference(t *testing.T) {
	for _, name := range referenceNetworks {
		t.Run(name, func(t *testing.T) {
			want := reference(t, name+".n1000.csv")
			got, err := FiniteSize(context.Background(), readNetwork(t, name), 1000, want["t"])
			if err != nil {
				t.Fatal(err)
			}
			agree(t, got, want)
		})
	}
}

// The method is L-stable: the step count does not grow with the stiffness √n.
func TestFiniteSizeStepsDoNotGrow(t *testing.T) {
	for _, name := range referenceNetworks {
		network := readNetwork(t, name)
		times := Every(0.25, 5)
		_, few, err := finiteSize(context.Background(), network, 100, times)
		if err != nil {
			t.Fatal(err)
		}
		_, many, err := finiteSize(context.Background(), network, 100_000_000, times)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d steps at n = 100, %d at n = 10⁸", name, few, many)
		if many > 2*few {
			t.Errorf("%s: %d steps at n = 10⁸, more than twice the %d at n = 100", name, many, few)
		}
	}
}

// With constant rates every cumulant is a sum over Poisson processes and has a closed
// form (theory.md §4), for any n.
func TestFiniteSizeConstantRates(t *testing.T) {
	times := Every(0.5, 3)
	for name, network := range map[string]*Network{"whole sizes": constantRates(), "awkward sizes": awkwardSizes()} {
		for _, n := range []int{2, 7, 10} {
			got, err := FiniteSize(context.Background(), network, n, times)
			if err != nil {
				t.Fatal(err)
			}
			for row, at := range times {
				for a := range network.Populations {
					mean, variance, third := constantRateCumulants(network, n, a, at)
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
func awkwardSizes() *Network {
	network := constantRates()
	network.Populations[0].Size, network.Populations[1].Size, network.Feedforward[0].Size = 0.81, 1.76, 0.38
	return network
}

// constantRates is a network that does not listen: unequal sizes and time constants,
// noise, a sine and a feedforward source.
func constantRates() *Network {
	return &Network{
		Name: "constant",
		Populations: []Population{
			{Name: "E", Tau: 1, Size: 2, Rate: ConstantRate{1.5}, Stimulus: Sine{0.2, 1, 2, 0.3}},
			{Name: "I", Tau: 0.5, Size: 1, Noise: 0.6, Rate: ConstantRate{3}},
		},
		Weights:     [][]float64{{1, -1}, {0.7, -1.2}},
		Feedforward: []Source{{Name: "X", Size: 1, Rate: ConstantStimulus{0.8}, Weights: []float64{0.4, -0.5}}},
		Initial:     Initial{Mean: []float64{0.3, -0.2}, Variance: []float64{0.2, 0.1}},
	}
}

// constantRateCumulants are exact: the potential is a deterministic response plus
// independent Gaussians plus Σ J e^{−(t−s)/τ}/√n over the points of Poisson processes.
func constantRateCumulants(network *Network, n, a int, t float64) (mean, variance, third float64) {
	p := network.Populations[a]
	leak := func(k float64) float64 { return -math.Expm1(-k*t/p.Tau) * p.Tau / k } // ∫ e^{−ks/τ} ds
	decay := func(k float64) float64 { return math.Exp(-k * t / p.Tau) }
	mean = network.Initial.Mean[a]*decay(1) + p.Input().Response(t, p.Tau)
	variance = network.Initial.Variance[a]*decay(2) + p.Noise*p.Noise*leak(2)
	hear := func(neurons, rate, weight float64) {
		weight /= math.Sqrt(float64(n))
		mean += neurons * rate * weight * leak(1)
		variance += neurons * rate * weight * weight * leak(2)
		third += neurons * rate * weight * weight * weight * leak(3)
	}
	for b, source := range network.Populations {
		neurons := float64(Must(network.Count(b, n)))
		if a == b {
			// A neuron misses itself: in the mean equation at this order, and exactly.
			neurons--
		}
		rate := source.Rate.At(0)
		hear(neurons, rate, network.Weights[a][b])
		if a == b {
			// The equations for K and C keep the own input, which is of higher order.
			weight := network.Weights[a][b] / math.Sqrt(float64(n))
			variance += rate * weight * weight * leak(2)
			third += rate * weight * weight * weight * leak(3)
		}
	}
	for x, source := range network.Feedforward {
		hear(float64(Must(network.SourceCount(x, n))), source.Rate.At(0), source.Weights[a])
	}
	return mean, variance, third
}

// The finite-n equations tend to the limit like n^{-1/2}.
func TestFiniteSizeTendsToLimit(t *testing.T) {
	for _, name := range referenceNetworks {
		network := readNetwork(t, name)
		times := Every(0.5, 2)
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
				sum += distanceOf(finite.Mean[row], limit.Mean[row]) + distanceOf(finite.Variance[row], limit.Variance[row])
			}
			return sum
		}
		if exponent := math.Log10(gap(100_000_000)/gap(1_000_000)) / 2; math.Abs(exponent+0.5) > 0.01 {
			t.Errorf("%s: the distance to the limit falls like n^%.3f", name, exponent)
		}
	}
}

func distanceOf(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum = math.Hypot(sum, a[i]-b[i])
	}
	return sum
}

func TestFiniteSizeRefuses(t *testing.T) {
	network := readNetwork(t, "abstract")
	for name, call := range map[string]func() error{
		"n":     func() error { _, err := FiniteSize(context.Background(), network, 0, Every(1, 1)); return err },
		"times": func() error { _, err := FiniteSize(context.Background(), network, 2, nil); return err },
		"without[1]": func() error {
			_, err := FiniteSize(context.Background(), network, 2, Every(1, 1), Skewness, "noise")
			return err
		},
		"times[1]": func() error { _, err := FiniteSize(context.Background(), network, 2, []float64{1, 1}); return err },
	} {
		var input *InputError
		if err := call(); !errors.As(err, &input) || input.Path != name {
			t.Errorf("%v, want an InputError for %s", err, name)
		}
	}
}

// Each correction alone is what its terms in the equations say, at any state; left out,
// the trajectory has none of it.
func TestFiniteSizeWithout(t *testing.T) {
	network := readNetwork(t, "two-timescales")
	const n = 50
	times := Every(0.5, 2)
	solve := func(without ...Correction) *Trajectory {
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
			for _, trajectory := range []*Trajectory{symmetric, neither} {
				e := population.Rate.Expectation(trajectory.Mean[row][a], trajectory.Variance[row][a])
				if trajectory.Third[row][a] != 0 || trajectory.Rate[row][a] != e.Value {
					t.Errorf("without skewness C = %g, Λ = %g, F = %g", trajectory.Third[row][a], trajectory.Rate[row][a], e.Value)
				}
			}
		}
	}
	last := len(times) - 1
	for i, pair := range [][2]*Trajectory{{all, deaf}, {all, symmetric}, {deaf, neither}, {symmetric, neither}} {
		if distanceOf(pair[0].Variance[last], pair[1].Variance[last]) < 1e-6 {
			t.Errorf("pair %d: a correction changes nothing", i)
		}
	}

	state := []float64{0.3, -0.1, 0.6, 0.4, 0.05, -0.02}
	slope := func(without ...Correction) []float64 {
		equations, _, err := newFiniteEquations(context.Background(), network, n, times, without...)
		if err != nil {
			t.Fatal(err)
		}
		slope := make([]float64, len(state))
		if err := equations.slope(0.1, state, slope); err != nil {
			t.Fatal(err)
		}
		return slope
	}
	full, without := slope(), slope(OwnInput)
	for a, population := range network.Populations {
		e := population.Rate.Expectation(state[a], state[2+a])
		own := network.Weights[a][a] / math.Sqrt(n)
		for moment, want := range []float64{
			-own * (e.Value + state[4+a]*e.Third/6), -2 * own * state[2+a] * e.First, -3 * own * state[2+a] * state[2+a] * e.Second,
		} {
			if got := full[2*moment+a] - without[2*moment+a]; math.Abs(got-want) > 1e-12 {
				t.Errorf("own input in moment %d of population %d: %g, want %g", moment+1, a, got, want)
			}
		}
	}
}

// manyClasses has a balance of rank 1 between excitatory and inhibitory populations.
func manyClasses(count int) *Network {
	network := &Network{Name: "many"}
	network.Initial.Project = true
	sign, rates := []float64{1, -1}, []Logistic{{2, 1, 0}, {4, 3, 0.5}}
	for a := range count {
		x := float64(a)
		rate := rates[a%2]
		rate.Threshold += 0.01 * math.Cos(x)
		network.Populations = append(network.Populations, Population{Name: fmt.Sprint("P", a), Tau: 1 + 0.01*x,
			Size: 2 / float64(count), Rate: rate, Stimulus: ConstantStimulus{0.3 * math.Cos(x)}})
		network.Initial.Mean = append(network.Initial.Mean, 1-float64(a%2))
		network.Initial.Variance = append(network.Initial.Variance, 0.2)
		row := make([]float64, count)
		for b := range row {
			row[b] = sign[b%2] * (1 + 0.2*math.Sin(x)) * (1 + 0.1*math.Cos(3*float64(b)))
		}
		network.Weights = append(network.Weights, row)
	}
	return network
}

func BenchmarkFiniteSize(b *testing.B) {
	for _, populations := range []int{2, 32} {
		b.Run(fmt.Sprint(populations), func(b *testing.B) {
			for b.Loop() {
				if _, err := FiniteSize(context.Background(), manyClasses(populations), 1000, Every(0.5, 3)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
