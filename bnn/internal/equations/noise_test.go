package equations

import (
	"fmt"
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
)

// The covariances are those of the linear equations with all modes, whose structure is not looked at.
func TestNoiseAgainstPlain(t *testing.T) {
	frozen := networktest.ReadNetwork(t, "abstract")
	frozen.Initial.Variance = []float64{0, 0.3}
	unequal := networktest.ReadNetwork(t, "classes/circuit")
	unequal.Populations[1].Tau = 0.6
	deaf := networktest.ReadNetwork(t, "abstract")
	deaf.Weights = [][]float64{{0, 0}, {0, 0}}
	deaf.Initial.OnManifold = false
	times := []float64{0, 0.01, 0.4, 1}
	for name, network := range map[string]*bnn.Network{"abstract": networktest.ReadNetwork(t, "abstract"), "steep": networktest.ReadNetwork(t, "steep"),
		"two timescales": networktest.ReadNetwork(t, "two-timescales"), "circuit": networktest.ReadNetwork(t, "classes/circuit"), "one with variance 0": frozen,
		"unequal": unequal, "deaf": deaf, "slow Hopf": networktest.ReadNetwork(t, "oscillations/slow-hopf"), "ring": ringOf(t, 4)} {
		for _, n := range []int{100, 10000} {
			f := finiteOf(t, network, n, 1)
			start := f.Start(network.Initial.Mean, network.Initial.Variance)
			solve := func(times []float64) (*bnn.Trajectory, error) { return f.Trajectory(t.Context(), times, start) }
			got, err := NoiseAlong(t.Context(), f.Manifold, f.rootN, times, solve)
			if err != nil {
				t.Fatal(err)
			}
			want := plainNoiseAlong(t, f.Manifold, f.rootN, times, solve)
			for row := range times {
				largest, off := 0.0, 0.0
				for a := range want[row] {
					for b := range want[row] {
						largest, off = math.Max(largest, math.Abs(want[row][a][b])), math.Max(off, math.Abs(got[row][a][b]-want[row][a][b]))
					}
				}
				if off > 1e-8*largest {
					t.Errorf("%s, n = %d, t = %g: off by %g of %g", name, n, times[row], off, largest)
				}
			}
		}
	}
}

// plainNoiseAlong is NoiseAlong by the plain equations.
func plainNoiseAlong(t *testing.T, m *manifold.Manifold, rootN float64, times []float64, solve func(times []float64) (*bnn.Trajectory, error)) (result [][][]float64) {
	t.Helper()
	steps := noiseSteps(m.Network, times)
	var middles []float64
	for _, step := range steps {
		middles = append(middles, step.middle)
	}
	trajectory, ends := bnn.Must(solve(middles)), bnn.Must(solve(times))
	s := newPlainNoise(m, rootN)
	for i, step := range steps {
		if err := s.advance(t.Context(), step.length, trajectory, i); err != nil {
			t.Fatal(err)
		}
		if step.last {
			result = append(result, s.covariance(ends.Variance[len(result)]))
		}
	}
	return result
}

var _ = fmt.Sprint
