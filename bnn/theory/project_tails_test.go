package theory

import (
	"testing"

	"balanced/bnn"
)

// A start below an unstable balance in the tails of the rates falls silent: it is not on that
// balance, though the force that is left there hardly counts.
func TestFallingAwayFromATippingPoint(t *testing.T) {
	network := &bnn.Network{
		Name: "tails",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 4.275, Slope: 7.026, Threshold: 1.786}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 4.109, Slope: 3.669, Threshold: 1.388}},
		},
		Weights: [][]float64{{0.652, -0.547}, {0.652, -0.547}},
		Initial: bnn.Initial{Mean: []float64{-0.505, -1.982}, Variance: []float64{0.143, 0.021}},
	}
	force := func(s float64) (sum float64) {
		for b, population := range network.Populations {
			sum += network.Weights[0][b] * population.Expectation(network.Initial.Mean[b]+s, network.Initial.Variances()[b]).Value
		}
		return sum
	}
	for s := 0.0; s > -4; s -= 0.001 {
		if force(s) >= 0 {
			t.Fatalf("a balance at a shift of %g", s)
		}
	}
	_, err := Project(t.Context(), network, 0, network.Initial.Mean, network.Initial.Variances())
	refused(t, err, Silent, "the rates die out")
}
