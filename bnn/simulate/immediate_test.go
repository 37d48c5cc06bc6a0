package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// relay is two pairs of neurons. Those of A fire at the rate max, and switch on those of B that
// hear them; those of B then fire at max, and switch off those of A that hear them. Nothing of
// it takes longer than some 1/max, in which no potential leaks.
func relay(max float64) *bnn.Network {
	const weight = 100
	jump := weight / math.Sqrt2 // at n = 2
	rate := func(threshold float64) bnn.Rate { return bnn.Logistic{Max: max, Slope: 2, Threshold: threshold} }
	return &bnn.Network{Name: "relay",
		Populations: []bnn.Population{{Name: "A", Tau: 1, Size: 1, Rate: rate(-jump / 2)}, {Name: "B", Tau: 1, Size: 1, Rate: rate(jump / 2)}},
		Weights:     [][]float64{{0, -weight}, {weight, 0}},
		Initial:     bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{0, 0}}}
}

// What a neuron hears changes its intensity at once. In the relay let a neurons of A and b of B be
// on. Each pair of them has a process of rate max, so that A sends spikes to B at the rate
// 2a·max, another one is switched on at the rate a(2−b)max and off at ab·max: on average one
// spike while a state lasts. From (2, 0) those with a > 0 are visited 1 + 1 + 1/2 + 1/2 + 3/4
// times, which is how many spikes A sends to B. Whoever looked at potentials late by d would let
// it send some 3d·max more: with max = 10⁴ this sees d = 10⁻⁵.
func TestSpikesAreFeltAtOnce(t *testing.T) {
	verification.Long(t)
	const expected = 1 + 1 + 0.5 + 0.5 + 0.75
	for _, method := range []Method{Exact{}, Pairwise{}} {
		ensemble := Ensemble{Network: relay(1e4), N: 2, Replicas: 10000, Seed: 1, Method: method}
		summary, err := ensemble.Run(context.Background(), []float64{3e-3})
		if err != nil {
			t.Fatal(err)
		}
		measured, deviation := summary.Spikes[0][1][0], summary.SpikesError[0][1][0]
		if !(math.Abs(measured-expected) < 5*deviation) || deviation > 0.03 {
			t.Errorf("%T: A sends %v ± %v spikes to B, want %v", method, measured, deviation, expected)
		}
	}
}
