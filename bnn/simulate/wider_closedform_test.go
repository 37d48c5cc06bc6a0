package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// modelMethods are those that simulate the model.
var modelMethods = map[string]Method{"exact": Exact{}, "pairwise": Pairwise{}, "leap": Leap{Step: 0.05}}

// eachReplica runs replicas and shows what was recorded of each.
func eachReplica(t testing.TB, network *bnn.Network, n, replicas int, method Method, times []float64, see func(states *StateRecorder, moments *MomentRecorder, spikes *SpikeRecorder)) {
	t.Helper()
	ensemble := Ensemble{Network: network, N: n, Replicas: replicas, Seed: 11, Method: method}
	plan, engine, err := ensemble.prepare(context.Background(), times, nil)
	if err != nil {
		t.Fatal(err)
	}
	for k := range replicas {
		var states StateRecorder
		var moments MomentRecorder
		var spikes SpikeRecorder
		if err := ensemble.simulate(context.Background(), plan, engine, k, []Recorder{&states, &moments, &spikes}); err != nil {
			t.Fatal(err)
		}
		see(&states, &moments, &spikes)
	}
}

// zOf compares the mean of draws with what it should be.
func zOf(draws []float64, want float64) float64 {
	mean, squares, count := 0.0, 0.0, float64(len(draws))
	for _, x := range draws {
		mean += x / count
	}
	for _, x := range draws {
		squares += (x - mean) * (x - mean)
	}
	return (mean - want) / math.Sqrt(squares/(count-1)/count)
}

// Two neurons that only listen to a shared source have the covariance
// q ν J_a J_b (τ_ab)(1 − e^{−t/τ_ab}) with 1/τ_ab = 1/τ_a + 1/τ_b; the variance within a population
// is that of the private source alone; and a spike arrives at every neuron.
func TestSharedSourceInClosedForm(t *testing.T) {
	verification.Long(t)
	const n, replicas, at = 20, 4000, 0.8
	shared, private, rate := []float64{1.5, -0.7}, []float64{0.6, 0.8}, 2.0
	network := &bnn.Network{
		Name: "listeners",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 0.2, Rate: bnn.ConstantRate{}},
			{Name: "I", Tau: 0.4, Size: 0.3, Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}},
		},
		Weights: [][]float64{{0, 0}, {0, 0}},
		Feedforward: []bnn.Source{
			{Name: "S", Size: 0.5, Rate: bnn.ConstantStimulus{Value: rate}, Weights: shared, Shared: true},
			{Name: "P", Size: 1, Rate: bnn.ConstantStimulus{Value: rate}, Weights: private},
		},
		Initial: bnn.Initial{Mean: []float64{0.5, 0}, Variance: []float64{0.1, 0}},
	}
	leak := func(a, b int) float64 {
		tau := 1 / (1/network.Populations[a].Tau + 1/network.Populations[b].Tau)
		return -math.Expm1(-at/tau) * tau
	}
	mean := func(a int) float64 {
		tau := network.Populations[a].Tau
		return network.Initial.Mean[a]*math.Exp(-at/tau) - math.Expm1(-at/tau)*tau*math.Sqrt(n)*rate*(0.5*shared[a]+private[a])
	}
	for name, method := range modelMethods {
		var within, products [3][]float64
		var arrivals []float64
		eachReplica(t, network, n, replicas, method, []float64{at}, func(states *StateRecorder, moments *MomentRecorder, spikes *SpikeRecorder) {
			v := states.Potentials[0]
			for i, pair := range [3][4]int{{0, 0, 0, 1}, {1, 0, 1, 1}, {0, 0, 1, 2}} {
				a, j, b, k := pair[0], pair[1], pair[2], pair[3]
				products[i] = append(products[i], (v[a][j]-mean(a))*(v[b][k]-mean(b)))
				if a == b {
					within[a] = append(within[a], moments.Variance[0][a])
				}
			}
			e, i := spikes.SourceSpikes[0][0][0], spikes.SourceSpikes[0][1][0]
			if e*6 != i*4 {
				t.Errorf("%s: %d spikes of the shared source reach 4 neurons, and %d reach 6", name, e, i)
			}
			arrivals = append(arrivals, float64(e)/4)
		})
		for i, pair := range [3][2]int{{0, 0}, {1, 1}, {0, 1}} {
			a, b := pair[0], pair[1]
			want := 0.5 * rate * shared[a] * shared[b] * leak(a, b)
			if z := zOf(products[i], want); math.Abs(z) > networktest.FalseAlarmZ {
				t.Errorf("%s: the covariance of neurons of %d and %d is off by z = %.1f", name, a, b, z)
			}
			if z := zOf(products[i], 0); math.Abs(z) < networktest.FalseAlarmZ {
				t.Errorf("%s: private sources would go unseen, z = %.1f", name, z)
			}
		}
		for a := range 2 {
			want := network.Initial.Variance[a]*math.Exp(-2*at/network.Populations[a].Tau) + rate*private[a]*private[a]*leak(a, a)
			if z := zOf(within[a], want); math.Abs(z) > networktest.FalseAlarmZ {
				t.Errorf("%s: the variance within population %d is off by z = %.1f", name, a, z)
			}
		}
		if z := zOf(arrivals, 10*rate*at); math.Abs(z) > networktest.FalseAlarmZ {
			t.Errorf("%s: the number of shared spikes is off by z = %.1f", name, z)
		}
	}
}

// A mixture has its cumulants at time 0, and they decay as e^{−kt/τ} where nothing is heard; the
// empirical moments of MomentRecorder are unbiased.
func TestMixtureInClosedForm(t *testing.T) {
	verification.Long(t)
	const n, replicas = 30, 2000
	components := []bnn.Component{{Weight: 0.2, Offset: -1.6, Variance: 0.3}, {Weight: 0.8, Offset: 0.4, Variance: 0.05}}
	network := &bnn.Network{
		Name:        "mixture",
		Populations: []bnn.Population{{Name: "E", Tau: 0.5, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 2, Threshold: 0}}},
		Weights:     [][]float64{{0}},
		Initial:     bnn.Initial{Mean: []float64{1}, Components: [][]bnn.Component{components}},
	}
	third, rate := 0.0, 0.0
	for _, c := range components {
		third += c.Weight * c.Offset * (c.Offset*c.Offset + 3*c.Variance)
		rate += c.Weight * bnn.Expect(network.Populations[0].Rate, 1+c.Offset, c.Variance).Value
	}
	for name, method := range map[string]Method{"exact": Exact{}, "pairwise": Pairwise{}, "leap": Leap{Step: 0.05}, "mean field": MeanField{}, "shared spikes": SharedSpikes{}} {
		var measured [7][]float64
		eachReplica(t, network, n, replicas, method, []float64{0, 0.3}, func(_ *StateRecorder, m *MomentRecorder, _ *SpikeRecorder) {
			for i, x := range []float64{m.Mean[0][0], m.Variance[0][0], m.Third[0][0], m.Rate[0][0], m.Mean[1][0], m.Variance[1][0], m.Third[1][0]} {
				measured[i] = append(measured[i], x)
			}
		})
		decay := math.Exp(-0.3 / 0.5)
		variance := network.Initial.Variances()[0]
		for i, want := range []float64{1, variance, third, rate, decay, variance * decay * decay, third * decay * decay * decay} {
			if z := zOf(measured[i], want); math.Abs(z) > networktest.FalseAlarmZ {
				t.Errorf("%s: moment %d is off by z = %.1f", name, i, z)
			}
		}
		if z := zOf(measured[2], 0); math.Abs(z) < networktest.FalseAlarmZ {
			t.Errorf("%s: a Gaussian start goes unseen, z = %.1f", name, z)
		}
	}
}

// With a spread the rate at time 0 is that of a potential of the variance K + spread², and neurons
// keep their offsets: where nothing is heard and potentials stay, the spikes of one neuron go with
// them.
func TestSpreadInClosedForm(t *testing.T) {
	verification.Long(t)
	const n, replicas, spread = 40, 300, 0.8
	rate := bnn.Probit{Max: 2, Slope: 12, Threshold: 0.7}
	network := &bnn.Network{
		Name:        "spread",
		Populations: []bnn.Population{{Name: "E", Tau: 1e9, Size: 1, Rate: rate, Spread: spread}},
		Weights:     [][]float64{{0}},
		Initial:     bnn.Initial{Mean: []float64{0}, Variance: []float64{0.3}},
	}
	want := bnn.Expect(rate, 0, 0.3+spread*spread).Value
	for name, method := range map[string]Method{"exact": Exact{}, "pairwise": Pairwise{}, "leap": Leap{Step: 0.05}, "mean field": MeanField{}, "shared spikes": SharedSpikes{}} {
		var rates, later, variances, counts []float64
		eachReplica(t, network, n, replicas, method, []float64{0, 1}, func(_ *StateRecorder, m *MomentRecorder, spikes *SpikeRecorder) {
			rates, later = append(rates, m.Rate[0][0]), append(later, m.Rate[1][0]-m.Rate[0][0])
			variances = append(variances, m.Variance[0][0])
			counts = append(counts, float64(spikes.Spikes[1][0][0])/(n*(n-1))-m.Rate[0][0])
		})
		if z := zOf(rates, want); math.Abs(z) > networktest.FalseAlarmZ {
			t.Errorf("%s: the rate is off by z = %.1f", name, z)
		}
		if z := zOf(rates, rate.Expectation(0, 0.3).Value); math.Abs(z) < networktest.FalseAlarmZ {
			t.Errorf("%s: no spread goes unseen, z = %.1f", name, z)
		}
		if z := zOf(variances, 0.3); math.Abs(z) > networktest.FalseAlarmZ {
			t.Errorf("%s: the variance is off by z = %.1f", name, z)
		}
		if z := zOf(counts, 0); math.Abs(z) > networktest.FalseAlarmZ {
			t.Errorf("%s: spikes do not come at the rates, z = %.1f", name, z)
		}
		for _, change := range later {
			if math.Abs(change) > 1e-6 {
				t.Fatalf("%s: rates change by %g: offsets are not kept", name, change)
			}
		}
	}
}
