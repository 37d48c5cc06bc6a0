package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
	"balanced/internal/verification"
)

// largestZ returns the largest |z| of the averages of s against predictions of the
// moments, and where it occurs.
func largestZ(s *Summary, predicted bnn.Moments) (largest float64, where string) {
	names := [4]string{"mean", "variance", "third", "rate"}
	for q, table := range s.Tables() {
		for row := range s.Times {
			for a := range s.Populations {
				deviation := math.Abs(table[row][a] - predicted.Tables()[q][row][a])
				if deviation == 0 {
					continue
				}
				if z := deviation / s.StandardError.Tables()[q][row][a]; z > largest {
					largest, where = z, fmt.Sprintf("%s of %s at t = %g", names[q], s.Populations[a], s.Times[row])
				}
			}
		}
	}
	return largest, where
}

// closedForm gives the exact expectations of the empirical moments of a network of
// constant rates: neurons are independent then, and the estimates of the cumulants unbiased.
func closedForm(network *bnn.Network, n int, times []float64, selfConnection bool) bnn.Moments {
	m := bnn.NewMoments(network.PopulationNames(), times)
	for row, t := range times {
		for a, p := range network.Populations {
			mean, variance, third := networktest.ConstantRateCumulants(network, n, a, t)
			// The helper keeps a neuron's own input in variance and third cumulant.
			weight := network.Weights[a][a] / math.Sqrt(float64(n))
			rate := p.Rate.At(0)
			leak := func(k float64) float64 { return -math.Expm1(-k*t/p.Tau) * p.Tau / k }
			if selfConnection {
				mean += rate * weight * leak(1)
			} else {
				variance -= rate * weight * weight * leak(2)
				third -= rate * weight * weight * weight * leak(3)
			}
			m.Mean[row][a], m.Variance[row][a], m.Third[row][a], m.Rate[row][a] = mean, variance, third, rate
		}
	}
	return m
}

func TestExactAgainstClosedForm(t *testing.T) {
	verification.Only(t)
	const n = 7
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	s, err := Ensemble{Network: network, N: n, Replicas: 12_000, Seed: 1}.Run(context.Background(), times)
	if err != nil {
		t.Fatal(err)
	}
	if z, where := largestZ(s, closedForm(network, n, times, false)); z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the %s", z, where)
	}
	// Spikes of each pathway are Poisson with mean N_a (N_b − δ_ab) λ_b t.
	for row, at := range times {
		for a := range network.Populations {
			for b, source := range network.Populations {
				targets, sources := network.Populations[a].Size*n, source.Size*n
				if a == b {
					sources--
				}
				expected := targets * sources * source.Rate.At(0) * at
				if z := (s.Spikes[row][a][b] - expected) / math.Sqrt(expected/float64(s.Replicas)); math.Abs(z) > networktest.FalseAlarmZ {
					t.Errorf("t = %g: %g spikes from %d to %d, want %g (z = %.1f)", at, s.Spikes[row][a][b], b, a, expected, z)
				}
				if ratio := s.SpikesError[row][a][b] / math.Sqrt(expected/float64(s.Replicas)); math.Abs(ratio-1) > 0.06 {
					t.Errorf("t = %g: the spikes from %d to %d vary %.3f times as much as Poisson counts", at, b, a, ratio)
				}
			}
			expected := network.Populations[a].Size * n * n * 0.8 * at
			if z := (s.SourceSpikes[row][a][0] - expected) / math.Sqrt(expected/float64(s.Replicas)); math.Abs(z) > networktest.FalseAlarmZ {
				t.Errorf("t = %g: %g feedforward spikes to %d, want %g (z = %.1f)", at, s.SourceSpikes[row][a][0], a, expected, z)
			}
		}
	}

	// What a wrong simulator would obey has to be refused.
	if z, _ := largestZ(s, closedForm(network, n, times, true)); z <= networktest.FalseAlarmZ {
		t.Errorf("a self-connection goes unseen: |z| = %.1f", z)
	}
	for name, plant := range plantedBugs(network) {
		wrong := networktest.ConstantRates()
		plant(wrong)
		if z, _ := largestZ(s, closedForm(wrong, n, times, false)); z <= networktest.FalseAlarmZ {
			t.Errorf("planted bug %q goes unseen: |z| = %.1f", name, z)
		}
	}
}

// plantedBugs are ways for a simulator to be wrong, as changes of the network.
func plantedBugs(network *bnn.Network) map[string]func(*bnn.Network) {
	bugs := map[string]func(*bnn.Network){
		"wrong sign of a weight":       func(n *bnn.Network) { n.Weights[0][1] *= -1 },
		"dropped pathway":              func(n *bnn.Network) { n.Weights[1][0] = 0 },
		"time constant 3 % too long":   func(n *bnn.Network) { n.Populations[0].Tau *= 1.03 },
		"weights transposed":           func(n *bnn.Network) { n.Weights[0][1], n.Weights[1][0] = n.Weights[1][0], n.Weights[0][1] },
		"stimulus heard 10 % too loud": func(n *bnn.Network) { n.Populations[0].Stimulus = scaled(n.Populations[0].External(), 1.1) },
		"initial variance 60 % larger": func(n *bnn.Network) { n.Initial.Variance[0] *= 1.6 },
	}
	if network.Populations[1].Noise > 0 {
		bugs["noise forgotten"] = func(n *bnn.Network) { n.Populations[1].Noise = 0 }
	}
	if len(network.Feedforward) > 0 {
		bugs["feedforward source forgotten"] = func(n *bnn.Network) { n.Feedforward = nil }
	}
	return bugs
}

func scaled(s bnn.Stimulus, factor float64) bnn.Stimulus {
	switch s := s.(type) {
	case bnn.ConstantStimulus:
		return bnn.ConstantStimulus{Value: s.Value * factor}
	case bnn.Sine:
		s.Baseline, s.Amplitude = s.Baseline*factor, s.Amplitude*factor
		return s
	}
	return s
}

// Against the finite-n equations, for networks that do listen (theory.md §4): rank one
// and two, a pulse, noise, three populations of unequal sizes. The equations are off by
// O(1/n), which the number of replicas is too small to see.
func TestExactAgainstFiniteSize(t *testing.T) {
	verification.Long(t)
	three := &bnn.Network{
		Name: "three",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1.6, Rate: bnn.Logistic{Max: 2, Slope: 1, Threshold: 0}, Stimulus: bnn.ConstantStimulus{Value: 0.4}, Noise: 0.5},
			{Name: "P", Tau: 0.5, Size: 0.4, Rate: bnn.Probit{Max: 4, Slope: 2, Threshold: 0.5}},
			{Name: "S", Tau: 2, Size: 0.5, Rate: bnn.Logistic{Max: 3, Slope: 2, Threshold: 0.3}, Stimulus: bnn.Sine{Baseline: 0, Amplitude: 0.5, Period: 2, Phase: 0}},
		},
		Weights: [][]float64{{1, -1.5, -1}, {0.9, -1.3, -0.8}, {0.8, -1.2, -0.8}},
		Initial: bnn.Initial{Mean: []float64{0.3, 0.1, 0}, Variance: []float64{0.3, 0.2, 0.2}},
	}
	networks := map[string]*bnn.Network{"three": three, "pulsed": networktest.Pulsed(t), "feedforward": networktest.ReadNetwork(t, "feedforward")}
	times := []float64{0.3, 1.2, 1.8}
	for name, network := range networks {
		t.Run(name, func(t *testing.T) {
			if name != "three" {
				verification.Only(t) // one network sees the whole way
			}
			const n = 50
			s, err := Ensemble{Network: network, N: n, Replicas: 150, Seed: 2}.Run(context.Background(), times)
			if err != nil {
				t.Fatal(err)
			}
			finite, err := theory.FiniteSize(context.Background(), network, n, times)
			if err != nil {
				t.Fatal(err)
			}
			if z, where := largestZ(s, finite.Moments); z > networktest.FalseAlarmZ {
				t.Errorf("|z| = %.1f for the %s", z, where)
			}
			for _, bug := range []string{"dropped pathway", "weights transposed"} {
				data, err := network.MarshalJSON()
				if err != nil {
					t.Fatal(err)
				}
				wrong, err := bnn.ParseNetwork(data)
				if err != nil {
					t.Fatal(err)
				}
				if bug == "dropped pathway" {
					wrong.Weights[1][0] = 0
				} else {
					wrong.Weights[0][0], wrong.Weights[0][1] = 0.8*wrong.Weights[0][0], 0.8*wrong.Weights[0][1]
				}
				wrong.Initial.OnManifold = false
				finite, err := theory.FiniteSize(context.Background(), wrong, n, times)
				if err != nil {
					t.Fatal(err)
				}
				if z, _ := largestZ(s, finite.Moments); z <= networktest.FalseAlarmZ {
					t.Errorf("planted bug %q goes unseen: |z| = %.1f", bug, z)
				}
			}
		})
	}
}

// Without spikes a potential is an Ornstein–Uhlenbeck process, of known covariance over
// time (theory.md §3).
func TestExactNoise(t *testing.T) {
	const neurons = 40_000
	network := &bnn.Network{
		Name:        "noise",
		Populations: []bnn.Population{{Name: "E", Tau: 0.7, Size: 1, Noise: 0.9, Rate: bnn.ConstantRate{Value: 0}, Stimulus: bnn.Pulse{Baseline: 0, Amplitude: 1, Start: 0.2, Duration: 0.4}}},
		Weights:     [][]float64{{0}},
		Initial:     bnn.Initial{Mean: []float64{0.5}, Variance: []float64{0.3}},
	}
	states := &StateRecorder{At: []float64{0.5, 1.2}}
	if err := Simulate(context.Background(), network, neurons, 1, []float64{0, 0.5, 0.9, 1.2}, states); err != nil {
		t.Fatal(err)
	}
	p := network.Populations[0]
	variance := func(t float64) float64 {
		return 0.3*math.Exp(-2*t/0.7) - 0.81*0.7/2*math.Expm1(-2*t/0.7)
	}
	mean := func(t float64) float64 { return 0.5*math.Exp(-t/0.7) + bnn.Response(p.External(), t, 0.7) }
	early, late := states.Potentials[0][0], states.Potentials[1][0]
	sums := [3]float64{}
	for j := range early {
		x, y := early[j]-mean(0.5), late[j]-mean(1.2)
		sums[0] += x / neurons
		sums[1] += y * y / neurons
		sums[2] += x * y / neurons
	}
	k, l := variance(0.5), variance(1.2)
	covariance := k * math.Exp(-0.7/0.7)
	for i, c := range []struct {
		name           string
		want, variance float64
	}{
		{"mean at 0.5", 0, k},
		{"variance at 1.2", l, 2 * l * l},
		{"covariance", covariance, k*l + covariance*covariance},
	} {
		if z := (sums[i] - c.want) / math.Sqrt(c.variance/neurons); math.Abs(z) > networktest.FalseAlarmZ {
			t.Errorf("%s: off by %g, |z| = %.1f", c.name, sums[i]-c.want, z)
		}
	}
}

// Recorders look on: what they keep does not depend on which others there are, and the
// replica is the first of the ensemble.
func TestRecordersLookOn(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	times := bnn.Every(0.5, 1)
	var alone, together MomentRecorder
	var spikes SpikeRecorder
	states := &StateRecorder{}
	traces := &TraceRecorder{Neurons: []NeuronID{{1, 3}, {0, 0}}}
	if err := Simulate(context.Background(), network, 30, 5, times, &alone); err != nil {
		t.Fatal(err)
	}
	if err := Simulate(context.Background(), network, 30, 5, times, &together, &spikes, states, traces); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(alone.Moments, together.Moments) {
		t.Error("the moments depend on the other recorders")
	}
	s, err := Ensemble{Network: network, N: 30, Replicas: 1, Seed: 5}.Run(context.Background(), times)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(s.Mean, alone.Mean) {
		t.Error("a single run is not the first replica of the ensemble")
	}
	for row := range times {
		if traces.Traces[0][row] != states.Potentials[row][1][3] || traces.Traces[1][row] != states.Potentials[row][0][0] {
			t.Errorf("row %d: traces and states differ", row)
		}
		if s.Spikes[row][0][1] != float64(spikes.Spikes[row][0][1]) {
			t.Errorf("row %d: spike counts differ", row)
		}
	}
}

func TestSimulateRefuses(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	small := networktest.ReadNetwork(t, "abstract")
	small.Populations[1].Size = 0.1
	for path, call := range map[string]func() error{
		"n":        func() error { return Simulate(context.Background(), network, 0, 1, bnn.Every(1, 1)) },
		"n of two": func() error { return Simulate(context.Background(), small, 10, 1, bnn.Every(1, 1)) },
		"times":    func() error { return Simulate(context.Background(), network, 10, 1, nil) },
		"at[0]": func() error {
			return Simulate(context.Background(), network, 10, 1, bnn.Every(1, 1), &StateRecorder{At: []float64{0.5}})
		},
		"neurons[0]": func() error {
			return Simulate(context.Background(), network, 10, 1, bnn.Every(1, 1), &TraceRecorder{Neurons: []NeuronID{{0, 10}}})
		},
		"replicas": func() error {
			_, err := Ensemble{Network: network, N: 10}.Run(context.Background(), bnn.Every(1, 1))
			return err
		},
		"workers": func() error {
			_, err := Ensemble{Network: network, N: 10, Replicas: 1, Workers: -1}.Run(context.Background(), bnn.Every(1, 1))
			return err
		},
		"network": func() error { _, err := Ensemble{}.Run(context.Background(), bnn.Every(1, 1)); return err },
	} {
		var input *bnn.InputError
		if err := call(); !errors.As(err, &input) || input.Path != strings.TrimSuffix(path, " of two") {
			t.Errorf("%v, want an InputError for %s", err, path)
		}
	}
}

// Memory is of the order of the neurons, whatever the time simulated.
func TestExactAllocations(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	allocations := func(end float64) float64 {
		return testing.AllocsPerRun(2, func() {
			if err := Simulate(context.Background(), network, 50, 1, []float64{end}); err != nil {
				t.Fatal(err)
			}
		})
	}
	// The runtime's own allocations are counted too, a few at a time; one a spike would
	// be tens of thousands.
	const runtime = 20
	if short, long := allocations(0.1), allocations(3); long > short+runtime {
		t.Errorf("%g allocations for a short run, %g for a long one", short, long)
	}
}

// BenchmarkExact compares the exact methods; bnn bench has the other programs.
func BenchmarkExact(b *testing.B) {
	network := networktest.ReadNetwork(b, "abstract")
	const n, end = 300, 1.0
	for name, method := range map[string]Method{"exact": Exact{}, "pairwise": Pairwise{}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := (Ensemble{Network: network, N: n, Replicas: 1, Method: method}).Replica(context.Background(), 0, []float64{end}); err != nil {
					b.Fatal(err)
				}
			}
			candidates := float64(2*n) * float64(n) * (2 + 4) * end
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/candidates, "ns/candidate")
		})
	}
}
