package simulate

import (
	"math"
	"strings"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/theory"
)

// The leap chooses its step with spread thresholds too, by its own halves, and says so; its moments
// are those of the finite-n equations, which know what potentials and thresholds have in common.
func TestLeapChoosesItsStepWithSpreadThresholds(t *testing.T) {
	network := networktest.ReadNetwork(t, "abstract")
	network.Populations[0].Spread, network.Populations[1].Spread = 0.8, 0.6
	const n = 400
	times := []float64{1.5, 3}
	runs := bnn.Must(Ensemble{Network: network, N: n, Replicas: 100, Seed: 3, Method: Leap{}}.Run(t.Context(), times))
	if !strings.Contains(runs.Fallback, "spread thresholds") {
		t.Errorf("fallback %q", runs.Fallback)
	}
	want := bnn.Must(theory.FiniteSize(t.Context(), network, n, times))
	for row := range times {
		for a := range network.Populations {
			for _, pair := range [2][3]float64{{runs.Mean[row][a], want.Mean[row][a], runs.StandardError.Mean[row][a]},
				{runs.Variance[row][a], want.Variance[row][a], runs.StandardError.Variance[row][a]}} {
				if off := math.Abs(pair[0] - pair[1]); off > 4*pair[2]+1./n {
					t.Errorf("at t = %g, class %d: %g ± %g, finite n %g", times[row], a, pair[0], pair[2], pair[1])
				}
			}
		}
	}
}
