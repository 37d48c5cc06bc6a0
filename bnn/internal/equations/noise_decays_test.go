package equations

import (
	"math"
	"testing"

	"balanced/bnn/internal/ode"
)

// Steps that are short for all modes need fewer decays than there are modes, and these tell e^{−xu} to what is promised.
func TestDecaysNeeded(t *testing.T) {
	for _, c := range []struct {
		w     float64
		count int
	}{{0, 1}, {1e-6, 3}, {0.25, 9}, {1, 13}, {3, NoiseModes}, {1e9, NoiseModes}} {
		count := decaysNeeded(c.w)
		if count != c.count {
			t.Errorf("w = %g: %d decays, want %d", c.w, count, c.count)
		}
		if count == NoiseModes {
			continue // those of the modes
		}
		least, most := 0.1, 0.1+2*c.w
		nodes := chebyshev(least, most, count)
		for _, share := range []float64{0, 0.03, 0.5, 0.77, 1} {
			for _, u := range []float64{0, 0.4, 1} {
				x, got := least+share*(most-least), 0.0
				for j, node := range nodes {
					got += ode.Lagrange(nodes, j, x) * math.Exp(-node*u)
				}
				if off := math.Abs(got - math.Exp(-x*u)); off > 2*decayInterpolation {
					t.Errorf("w = %g: e^(−%g·%g) is off by %g", c.w, x, u, off)
				}
			}
		}
	}
}
