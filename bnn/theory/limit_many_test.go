package theory

import (
	"errors"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// Many populations are solved by S and eigenvalues of earlier moments. Few beside them have
// the solution that they have alone, and lose their balance at the same moment in the same
// way; the certificate, the only one that looks at most of the steps, must see it.
func TestLimitOfManyPopulations(t *testing.T) {
	verification.Long(t)
	t.Parallel()
	many := networktest.ManyInhibitory(64) // from where on the limit looks at S less often
	for name, c := range map[string]struct {
		few   *bnn.Network
		times []float64
	}{
		"kept":        {networktest.ReadNetwork(t, "feedforward"), bnn.Every(0.25, 1)},
		"fold":        {folding(), bnn.Every(0.1, 1)},
		"oscillation": {networktest.LosesBalance(t, "fast-hopf"), []float64{1, 3, 4}},
	} {
		few, times := c.few, c.times
		alone, wanted := Limit(t.Context(), few, times)
		both, ended := Limit(t.Context(), networktest.Besides(few, many), times)
		if len(both.Times) != len(alone.Times) {
			t.Errorf("%s: %d rows, alone %d (%v and %v)", name, len(both.Times), len(alone.Times), ended, wanted)
			continue
		}
		for row, mean := range alone.Mean {
			p := len(mean)
			if off := networktest.DistanceOf(both.Mean[row][:p], mean) + networktest.DistanceOf(both.Variance[row][:p], alone.Variance[row]); !(off < 1e-9) {
				t.Errorf("%s: off by %g at t = %g", name, off, alone.Times[row])
			}
		}
		var loss, want *BalanceLostError
		if errors.As(ended, &loss) != errors.As(wanted, &want) {
			t.Errorf("%s: %v, alone %v", name, ended, wanted)
		} else if want != nil && (loss.Kind != want.Kind || math.Abs(loss.Time-want.Time) > 1e-8 || math.Abs(loss.Frequency-want.Frequency) > 1e-6) {
			t.Errorf("%s: %v, alone %v", name, loss, want)
		}
	}
}
