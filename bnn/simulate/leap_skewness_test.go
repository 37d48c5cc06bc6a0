package simulate

import (
	"context"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/internal/verification"
)

// barrage is a population T of many neurons that hear a few, S, of a high constant rate: so many
// spikes a step that a leap has no table of their number, and draws a polynomial of a normal.
func barrage(rate float64) *bnn.Network {
	return &bnn.Network{Name: "barrage",
		Populations: []bnn.Population{{Name: "S", Tau: 1, Size: 1, Rate: bnn.ConstantRate{Value: rate}}, {Name: "T", Tau: 1, Size: 1e4, Rate: bnn.ConstantRate{Value: 0}}},
		Weights:     [][]float64{{0, 0}, {1, 0}},
		Initial:     bnn.Initial{Mean: []float64{0, 0}, Variance: []float64{0, 0}}}
}

// The noise of a leap has the variance and the third cumulant of shot noise also where a normal
// variable stands for the number of spikes: λ(1−e^{−2t})/2 and n^{−1/2}λ(1−e^{−3t})/3 for J = 1
// (theory.md §4). Normal noise, without the second, is 20 standard errors off.
func TestLeapNoiseIsSkewed(t *testing.T) {
	verification.Long(t)
	const n, rate = 10, 40.0
	ensemble := Ensemble{Network: barrage(rate), N: n, Replicas: 16, Seed: 1, Method: Leap{Step: 0.1}}
	summary, err := ensemble.Run(context.Background(), []float64{0.5, 2})
	if err != nil {
		t.Fatal(err)
	}
	for row, at := range summary.Times {
		variance, third := rate*(1-math.Exp(-2*at))/2, rate*(1-math.Exp(-3*at))/3/math.Sqrt(n)
		if off := (summary.Variance[row][1] - variance) / summary.StandardError.Variance[row][1]; math.Abs(off) > 6 {
			t.Errorf("t = %g: the variance is %v, want %v (z = %.1f)", at, summary.Variance[row][1], variance, off)
		}
		deviation := summary.StandardError.Third[row][1]
		if off := (summary.Third[row][1] - third) / deviation; math.Abs(off) > 6 || third < 15*deviation {
			t.Errorf("t = %g: the third cumulant is %v ± %v, want %v (z = %.1f)", at, summary.Third[row][1], deviation, third, off)
		}
	}
}
