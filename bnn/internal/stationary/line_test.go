package stationary

import (
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// A rate that does not listen tells nothing of its mean: then many starts are needed, and find
// the means that the others' balance demands.
func TestStatesBesideAConstantRate(t *testing.T) {
	network := networktest.ReadNetwork(t, "feedforward")
	network.Populations[1].Rate = bnn.ConstantRate{Value: 0.6}
	m := bnn.Must(manifold.New(t.Context(), network))
	if _, applies := NewSearch(m).rateLine(); applies {
		t.Error("a line of rates that tells no mean")
	}
}

// A mean is found again from its rate, far into both tails.
func TestMeanOfRate(t *testing.T) {
	for _, rate := range []bnn.Rate{bnn.Logistic{Max: 2, Slope: 3, Threshold: 0.4}, bnn.Logistic{Max: 1, Slope: 500, Threshold: -1}, bnn.Probit{Max: 3, Slope: 2, Threshold: 0.1}} {
		for _, variance := range []float64{0, 0.2, 3} {
			for _, mean := range []float64{-3, -0.5, 0, 0.4, 0.9, 5} {
				value := bnn.Expect(rate, mean, variance).Value
				rest := bnn.Expect(rate, 2*newResponse(rate).center-mean, variance).Value
				if value < 1e-200 || rest < 1e-200 {
					continue
				}
				for _, guess := range []float64{mean, 0, -40, 60} {
					if got := newResponse(rate).meanOf(value, rest, variance, guess); got-mean > 1e-4 || got-mean < -1e-4 {
						t.Errorf("%+v of variance %g: %g from %g, want %g", rate, variance, got, guess, mean)
					}
				}
			}
		}
	}
}
