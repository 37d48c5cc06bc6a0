package simulate

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// withWeights returns a network with all weights times a factor.
func withWeights(network *bnn.Network, factor float64) *bnn.Network {
	scaled := *network
	scaled.Weights = nil
	for _, row := range network.Weights {
		scaled.Weights = append(scaled.Weights, multiplied(row, factor))
	}
	scaled.Feedforward = slices.Clone(network.Feedforward)
	for x, source := range network.Feedforward {
		scaled.Feedforward[x].Weights = multiplied(source.Weights, factor)
	}
	return &scaled
}

func multiplied(row []float64, factor float64) []float64 {
	var scaled []float64
	for _, x := range row {
		scaled = append(scaled, x*factor)
	}
	return scaled
}

// watch runs one replica of a plan, by a method and with a random stream, and returns its
// recorders.
func watch(t testing.TB, p *plan, method Method, random *rand.Rand) (*StateRecorder, *SpikeRecorder) {
	t.Helper()
	engine, err := method.prepare(context.Background(), p, 1)
	if err != nil {
		t.Fatal(err)
	}
	var states StateRecorder
	var spikes SpikeRecorder
	if err := engine.simulate(context.Background(), p, random, []Recorder{&states, &spikes}); err != nil {
		t.Fatal(err)
	}
	return &states, &spikes
}

// A mean field is a balanced network with weights smaller by √n: at n = 16, where both
// divisions are exact, bit by bit.
func TestMeanFieldIsPairwiseWithSmallWeights(t *testing.T) {
	const n = 16
	times := []float64{0, 0.35, 1.3}
	for name, network := range lawNetworks(t) {
		network.Initial.OnManifold = false
		network.Populations[0].Noise = 0.4
		plan, err := newPlan(context.Background(), network, n, times)
		if err != nil {
			t.Fatal(err)
		}
		small, err := newPlan(context.Background(), withWeights(network, 0.25), n, times)
		if err != nil {
			t.Fatal(err)
		}
		states, spikes := watch(t, plan, MeanField{}, rand.New(rand.NewPCG(1, 2)))
		wantStates, wantSpikes := watch(t, small, Pairwise{}, rand.New(rand.NewPCG(1, 2)))
		if !reflect.DeepEqual(states, wantStates) || !reflect.DeepEqual(spikes, wantSpikes) {
			t.Errorf("%s: the mean field is not the network of small weights", name)
		}
		// The comparison sees a wrong power of n.
		if balanced, _ := watch(t, plan, Pairwise{}, rand.New(rand.NewPCG(1, 2))); reflect.DeepEqual(states, balanced) {
			t.Errorf("%s: the mean field is the balanced network", name)
		}
	}
}

// Constant rates: mean, variance and third moment in closed form, K′ = −2K/τ + D² +
// n⁻¹ Σ q J² F but for the neuron itself.
func TestMeanFieldAgainstClosedForm(t *testing.T) {
	verification.Only(t)
	const n = 7
	network := networktest.ConstantRates()
	times := []float64{0.2, 1, 3}
	s, err := Ensemble{Network: network, N: n, Replicas: 6000, Seed: 1, Method: MeanField{}}.Run(context.Background(), times)
	if err != nil {
		t.Fatal(err)
	}
	predict := func(network *bnn.Network) bnn.Moments {
		return closedForm(withWeights(network, 1/math.Sqrt(n)), n, times, false)
	}
	if z, where := largestZ(s, predict(network)); z > networktest.FalseAlarmZ {
		t.Errorf("|z| = %.1f for the %s", z, where)
	}
	if z, _ := largestZ(s, closedForm(network, n, times, false)); z <= networktest.FalseAlarmZ {
		t.Errorf("weights of a balanced network go unseen: |z| = %.1f", z)
	}
	bugs := plantedBugs(network)
	bugs["source as in a balanced network"] = func(n *bnn.Network) {
		for a := range n.Feedforward[0].Weights {
			n.Feedforward[0].Weights[a] *= math.Sqrt(7)
		}
	}
	for name, plant := range bugs {
		wrong := networktest.ConstantRates()
		plant(wrong)
		if z, _ := largestZ(s, predict(wrong)); z <= networktest.FalseAlarmZ {
			t.Errorf("planted bug %q goes unseen: |z| = %.1f", name, z)
		}
	}
}

// Without extra noise the variance within a population decays as n grows: what is left of
// it at a late time is of order 1/n.
func TestMeanFieldLosesItsNoise(t *testing.T) {
	verification.Long(t)
	left := func(n int) float64 {
		s, err := Ensemble{Network: unprojected(t, "abstract"), N: n, Replicas: 40, Seed: 1, Method: MeanField{}}.Run(context.Background(), []float64{5})
		if err != nil {
			t.Fatal(err)
		}
		return s.Variance[0][0]
	}
	// The sampling error of the ratio is 6 %, at 2/(40 n) relative variance each; the
	// terms of order n^{-2} are smaller.
	if ratio := left(20) / left(80); math.Abs(ratio/4-1) > 0.3 {
		t.Errorf("four times the neurons divide the variance by %.2f, want 4", ratio)
	}
}
