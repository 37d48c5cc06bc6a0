package response

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// A population in two halves that are treated alike is the population.
func TestSplitChangesNothing(t *testing.T) {
	whole := networktest.ReadNetwork(t, "feedforward")
	split, err := Split(whole, 1, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	if split.Populations[1].Name != "I1" || split.Populations[2].Size != 0.75 || whole.Populations[1].Name != "I" || len(whole.Weights[0]) != 2 {
		t.Errorf("populations %+v", split.Populations)
	}
	times := []float64{0.5, 2}
	one, err := theory.Limit(t.Context(), whole, times)
	if err != nil {
		t.Fatal(err)
	}
	two, err := theory.Limit(t.Context(), split, times)
	if err != nil {
		t.Fatal(err)
	}
	for row := range times {
		expected := []float64{one.Mean[row][0], one.Mean[row][1], one.Mean[row][1]}
		if d := networktest.DistanceOf(two.Mean[row], expected); d > 1e-6 {
			t.Errorf("at %g the means of the parts are off by %g", times[row], d)
		}
	}
	var refused *bnn.InputError
	for _, share := range []float64{0, 1, math.NaN()} {
		if _, err := Split(whole, 1, share); !errors.As(err, &refused) {
			t.Errorf("share %g: %v", share, err)
		}
	}
	if _, err := Split(whole, 2, 0.5); !errors.As(err, &refused) {
		t.Errorf("population 2: %v", err)
	}
}

// The share at which the finite-n equations have no answer: the planted bug is a constant without τ.
func TestPartConstantIsThatOfLargeNetworks(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	constant, err := PartConstant(t.Context(), network, 1)
	if err != nil {
		t.Fatal(err)
	}
	const n = 100_000_000
	answer := func(share float64) float64 {
		part, err := Split(network, 1, share)
		if err != nil {
			t.Fatal(err)
		}
		part.Feedforward[0].Rate = bnn.ConstantStimulus{Value: part.Feedforward[0].Rate.Rest()}
		var rates []float64
		for _, stimulus := range []float64{-0.05, 0.05} {
			part.Populations[1].Stimulus = bnn.ConstantStimulus{Value: stimulus}
			finite, err := theory.FiniteSize(t.Context(), part, n, []float64{20})
			if err != nil {
				t.Fatal(err)
			}
			rates = append(rates, finite.Rate[0][1])
		}
		return rates[1] - rates[0]
	}
	turn := func(c float64) float64 { return 1 / (1 + c/math.Sqrt(n)) }
	before, after := answer(turn(1.02*constant)), answer(turn(0.98*constant))
	if !(before > 0 && after < 0) {
		t.Errorf("around c = %g the answers are %g and %g, and do not change their sign", constant, before, after)
	}
	if e, err := PartConstant(t.Context(), network, 0); err != nil || e >= 0 {
		t.Errorf("E: %g, %v; its answer is never paradoxical here", e, err)
	}
}

// The answer to a stimulus of order 1 is the gain over √n, and that of a part has another sign.
func TestAnswerIsTheGainOverTheRoot(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Feedforward[0].Rate = bnn.ConstantStimulus{Value: 1}
	gain, err := Gain(network)
	if err != nil {
		t.Fatal(err)
	}
	var off []float64
	for _, n := range []int{10_000, 1_000_000} {
		answer, err := Answer(t.Context(), network, 1, n)
		if err != nil {
			t.Fatal(err)
		}
		off = append(off, math.Abs(answer[1]*math.Sqrt(float64(n))/gain[1][1]-1))
	}
	if off[1] > 0.01 || off[1] > off[0]/5 {
		t.Errorf("√n times the answer is off the gain by the shares %v", off)
	}
	half, err := Split(network, 1, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := Answer(t.Context(), half, 1, 10_000)
	if err != nil || answer[1] < 0.3 || math.Abs(answer[1]+answer[2]) > 0.02 {
		t.Errorf("half of the class: %v, %v; the halves should answer by as much, one up and one down", answer, err)
	}
}
