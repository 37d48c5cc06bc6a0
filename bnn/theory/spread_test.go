package theory

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
)

// probits gives the network of the abstract probit rates of one slope.
func probits(t *testing.T, slope func(a int) float64) *bnn.Network {
	network := networktest.ReadNetwork(t, "abstract")
	for a, threshold := range []float64{0, 0.5} {
		network.Populations[a].Rate = bnn.Probit{Max: 2 + 2*float64(a), Slope: slope(a), Threshold: threshold}
	}
	return network
}

// A probit of slope β with thresholds of deviation s is, on the average over its neurons, the
// probit of slope β/√(1 + β²s²): the limit cannot tell them apart, nor can finite n where all
// neurons hear themselves; and what they do not hear of themselves is another thing.
func TestSpreadProbitsAreFlatterProbits(t *testing.T) {
	const spread = 0.7
	steep := func(a int) float64 { return 1 + float64(a) }
	network := probits(t, steep)
	for a := range network.Populations {
		network.Populations[a].Spread = spread
	}
	flat := probits(t, func(a int) float64 { return steep(a) / math.Sqrt(1+steep(a)*steep(a)*spread*spread) })
	times := bnn.Every(0.25, 3)
	if d := farthest(bnn.Must(Limit(t.Context(), network, times)), bnn.Must(Limit(t.Context(), flat, times))); d > 1e-12 {
		t.Errorf("the limits differ by %g", d)
	}
	states, same := bnn.Must(StationaryStates(t.Context(), network)), bnn.Must(StationaryStates(t.Context(), flat))
	if len(states) != len(same) || networktest.DistanceOf(states[0].Mean, same[0].Mean) > 1e-10 || math.Abs(states[0].SlowStability-same[0].SlowStability) > 1e-9 {
		t.Errorf("%+v, %+v", states, same)
	}
	const n = 400
	heard := func(network *bnn.Network, without ...Correction) *bnn.Trajectory {
		return bnn.Must(FiniteSize(t.Context(), network, n, times, without...))
	}
	if d := farthest(heard(network, OwnInput, Skewness), heard(flat, OwnInput, Skewness)); d > 1e-9 {
		t.Errorf("without own input and skewness finite n differs by %g", d)
	}
	// The threshold of what skewness counts for is another, which only a start without variance meets.
	if d := farthest(heard(network, OwnInput), heard(flat, OwnInput)); d > 1e-9 {
		t.Errorf("without own input finite n differs by %g", d)
	}
	if d := farthest(heard(network), heard(flat)); d < 1e-3 {
		t.Errorf("with the own input finite n differs by %g only", d)
	}
	mean, variance := states[0].Mean, states[0].Variance
	a, b := bnn.Must(SamplingNoiseAtStart(t.Context(), network, 0, mean, variance)), bnn.Must(SamplingNoiseAtStart(t.Context(), flat, 0, mean, variance))
	if !(a[0][0] > b[0][0]) { // neurons that differ sample their rates worse
		t.Errorf("%g, %g", a, b)
	}
}

// Finite n tends to the limit with spread thresholds like n^{-1/2}.
func TestSpreadConverges(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Spread, network.Populations[1].Spread = 0.8, 0.6
	times := bnn.Every(0.5, 3)
	limit := bnn.Must(Limit(t.Context(), network, times))
	off := func(n int) float64 { return farthest(limit, bnn.Must(FiniteSize(t.Context(), network, n, times))) }
	if ratio := off(40_000) / off(160_000); ratio < 1.9 || ratio > 2.1 {
		t.Errorf("the distance falls by %g where n grows by 4", ratio)
	}
}
