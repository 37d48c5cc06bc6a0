package equations

import (
	"math"
	"testing"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/internal/verification"
)

// The covariances are those of the linear equations with all modes, whose structure is not looked at.
func TestNoiseAgainstPlain(t *testing.T) {
	verification.Long(t)
	frozen := networktest.ReadNetwork(t, "abstract")
	frozen.Initial.Variance = []float64{0, 0.3}
	unequal := networktest.ReadNetwork(t, "classes/circuit")
	for a := range unequal.Populations {
		unequal.Populations[a].Tau = 1 + 0.01*float64(a)
	}
	deaf := networktest.ReadNetwork(t, "abstract")
	deaf.Weights = [][]float64{{0, 0}, {0, 0}}
	deaf.Initial.OnManifold = false
	times := []float64{0, 0.01, 0.3}
	for name, network := range map[string]*bnn.Network{"abstract": networktest.ReadNetwork(t, "abstract"), "steep": networktest.ReadNetwork(t, "steep"),
		"two timescales": networktest.ReadNetwork(t, "two-timescales"), "circuit": networktest.ReadNetwork(t, "classes/circuit"), "one with variance 0": frozen,
		"unequal": unequal, "deaf": deaf, "slow Hopf": networktest.ReadNetwork(t, "oscillations/slow-hopf"), "ring": ringOf(t, 6)} {
		sizes := []int{1000}
		if name == "abstract" {
			sizes = []int{100, 10000}
		}
		for _, n := range sizes {
			f := finiteOf(t, network, n, 0.3)
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
func plainNoiseAlong(t *testing.T, m *manifold.Manifold, rootN float64, times []float64,
	solve func(times []float64) (*bnn.Trajectory, error)) (result [][][]float64) {
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

// The work of a step grows like P where weights have a low rank, also with a time constant for each population, and like P³
// otherwise, with a factor of some hundred. As one covariance of all, 64 populations would take 10¹¹ multiplications.
func TestNoiseWorkAtManyPopulations(t *testing.T) {
	work := func(network *bnn.Network) (multiplications float64, states int) {
		f := finiteOf(t, network, 10000, 1)
		p := f.populations
		row := bnn.NewTrajectory(f.Network.PopulationNames(), []float64{0})
		for a := range p {
			row.Mean[0][a], row.Variance[0][a], row.Rate[0][a] = network.Initial.Mean[a], network.Initial.Variance[a], 0.5
		}
		s, err := newNoiseEquations(t.Context(), f.Manifold, f.rootN)
		if err != nil {
			t.Fatal(err)
		}
		propagator, err := s.propagator(t.Context(), 1./NoiseStepsPerTau, row, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.apply(t.Context(), propagator); err != nil {
			t.Fatal(err)
		}
		return float64(s.multiplications.Load()), len(s.leaks)
	}
	for _, c := range []struct {
		name   string
		of     func(p int) *bnn.Network
		p      int
		states int
		most   float64 // million multiplications a step
	}{
		{"ring", func(p int) *bnn.Network { return ringOf(t, p) }, 16, 8, 1}, {"ring", func(p int) *bnn.Network { return ringOf(t, p) }, 64, 8, 2},
		{"classes", networktest.ManyClasses, 16, 32, 5}, {"classes", networktest.ManyClasses, 64, 40, 20},
		{"full rank", networktest.ManyInhibitory, 16, 32, 4}, {"full rank", networktest.ManyInhibitory, 64, 128, 250},
	} {
		multiplications, states := work(c.of(c.p))
		t.Logf("%s, %d populations: %d states, %.3g multiplications", c.name, c.p, states, multiplications)
		if states > c.states || multiplications > c.most*1e6 {
			t.Errorf("%s, %d populations: %d states and %.3g multiplications a step, want no more than %d and %g million",
				c.name, c.p, states, multiplications, c.states, c.most)
		}
	}
}

// Whatever enters, each population makes of it what its own leak does: the slow states answer a pulse from b with weights_ab e^{−u/τ_a}.
func TestSlowStates(t *testing.T) {
	for _, c := range []struct {
		network *bnn.Network
		most    int
	}{{ringOf(t, 16), 3}, {networktest.ManyClasses(40), 18}, {networktest.ManyInhibitory(6), 6}, {networktest.ReadNetwork(t, "two-timescales"), 2}} {
		weights := bnn.Must(manifold.New(t.Context(), c.network)).B
		states, err := slowStates(t.Context(), c.network, weights)
		if err != nil {
			t.Fatal(err)
		}
		if len(states) > c.most {
			t.Errorf("%s: %d states, want %d at most", c.network.Name, len(states), c.most)
		}
		for _, u := range []float64{0, 0.3, 1, 5, 30} {
			for a, population := range c.network.Populations {
				for b := range c.network.Populations {
					got, want := 0.0, math.Exp(-u/population.Tau)*weights.At(a, b)
					for _, state := range states {
						got += state.along[a] * math.Exp(-state.leak*u) * state.enters[b]
					}
					if math.Abs(got-want) > 1e-13 {
						t.Fatalf("%s, after %g: %d answers %d with %g, want %g", c.network.Name, u, a, b, got, want)
					}
				}
			}
		}
	}
}
