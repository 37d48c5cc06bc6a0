package response

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// Numbers by hand: det B = 0.35 in feedforward.json, and 17 for the matrix of Baker et al. (2019).
func TestGainsAreThoseByHand(t *testing.T) {
	feedforward := networktest.ReadNetwork(t, "feedforward")
	baker := networktest.ReadNetwork(t, "classics/baker-means")
	for _, c := range []struct {
		network  *bnn.Network
		row      int
		expected float64
	}{{feedforward, 0, -1 / 0.35}, {feedforward, 1, -0.5 / 0.35}, {baker, 1, -2.0 / 17}, {baker, 0, -3.0 / 17}} {
		gain, err := Gain(c.network)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(gain[c.row][1]-c.expected) > 1e-12 {
			t.Errorf("%s: dF_%d/db_I = %g, and not %g", c.network.Name, c.row, gain[c.row][1], c.expected)
		}
	}
	rates, err := LinearRates(baker) // per 10 ms
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(100*rates[0]-5.8235) > 1e-4 || math.Abs(100*rates[1]-15.8824) > 1e-4 {
		t.Errorf("rates %v, and not 5.824 and 15.882 Hz", rates)
	}
	var refused *bnn.InputError
	if _, err := LinearRates(networktest.ReadNetwork(t, "abstract")); !errors.As(err, &refused) {
		t.Errorf("rank 1: %v", err)
	}
}

func driveBy(t *testing.T, e, i float64) *bnn.Network {
	t.Helper()
	network := networktest.ReadNetwork(t, "classics/van-vreeswijk-sompolinsky")
	network.Feedforward[0].Rate, network.Feedforward[1].Rate = bnn.ConstantStimulus{Value: e}, bnn.ConstantStimulus{Value: i}
	return network
}

// Where the finite-n equations come to rest for large n, and not the linear rates cut at 0 and the bound.
func TestPlateausAreWhereLargeNetworksRest(t *testing.T) {
	for _, c := range []struct {
		e, i float64
		says string
		word theory.Regime
	}{{1, 0.6, "balanced", theory.RegimeBalanced}, {1, 1, "E silent", theory.RegimeSilent}, {2.5, 0.5, "E saturated", theory.RegimeRunaway}} {
		network := driveBy(t, c.e, c.i)
		plateaus, err := Plateaus(network)
		if err != nil || len(plateaus) != 1 || plateaus[0].String() != c.says || plateaus[0].Regime() != c.word {
			t.Fatalf("drives %g and %g: %v, %v", c.e, c.i, plateaus, err)
		}
		finite, err := theory.FiniteSize(t.Context(), network, 1_000_000, []float64{10})
		if err != nil {
			t.Fatal(err)
		}
		if d := networktest.DistanceOf(finite.Rate[0], plateaus[0].Rate); d > 5e-3 {
			t.Errorf("%s: rates %v at n = 10⁶, and %v here", c.says, finite.Rate[0], plateaus[0].Rate)
		}
		if seen := Observed(network, finite.Rate[0]).String(); seen != c.says {
			t.Errorf("rates %v look like %s, and not like %s", finite.Rate[0], seen, c.says)
		}
		linear, err := LinearRates(network)
		if err != nil {
			t.Fatal(err)
		}
		cut := math.Min(math.Max(linear[1], 0), 3)
		if far := math.Abs(cut - plateaus[0].Rate[1]); (far > 0.1) == (c.says == "balanced") {
			t.Errorf("%s: the linear rate of I, cut, is off by %g", c.says, far)
		}
	}
}

// With strong drives to both all may fire as fast as they can beside a balanced state.
func TestPlateausTellAll(t *testing.T) {
	plateaus, err := Plateaus(driveBy(t, 4, 2.7))
	if err != nil || len(plateaus) != 2 || plateaus[0].String() != "balanced" || plateaus[1].String() != "E saturated, I saturated" {
		t.Errorf("%v, %v", plateaus, err)
	}
	if plateaus, err = Plateaus(driveBy(t, 0, 0)); err != nil || len(plateaus) != 0 {
		t.Errorf("on the border, without a drive: %v, %v", plateaus, err)
	}
	var refused *bnn.InputError
	if _, err := Plateaus(networktest.ReadNetwork(t, "classes/ring")); !errors.As(err, &refused) {
		t.Errorf("a ring of many populations: %v", err)
	}
}
