package equations

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/networktest"
	"balanced/bnn/internal/ode"
	"balanced/bnn/space"
	"balanced/internal/verification"
)

// ringOf is the network of the abstract on a ring, of so many populations.
func ringOf(t *testing.T, populations int) *bnn.Network {
	t.Helper()
	places := populations / 2
	return bnn.Must(space.Spread(networktest.ReadNetwork(t, "abstract"), places, space.Ring(places, 0.4), space.Ring(places, 0.15)))
}

func finiteOf(t *testing.T, network *bnn.Network, n int, end float64) *Finite {
	t.Helper()
	return NewFinite(bnn.Must(manifold.New(t.Context(), bnn.Must(network.AtSize(n)))), n, end, true, true)
}

// The Jacobian in groups is the whole one, but for how a third cumulant that changes makes others change, by F‴/6 and cubes of
// weights over √n, which no step can tell.
func TestGroupedJacobian(t *testing.T) {
	const n = 400
	spread := networktest.ReadNetwork(t, "abstract")
	spread.Populations[0].Spread = 0.7
	for name, network := range map[string]*bnn.Network{"two timescales": networktest.ReadNetwork(t, "two-timescales"), "ring": ringOf(t, 16),
		"full rank": networktest.ManyInhibitory(5), "classes": networktest.ManyClasses(6), "spread": spread} {
		f := finiteOf(t, network, n, 1)
		if err := f.couple(t.Context()); err != nil {
			t.Fatal(err)
		}
		state := f.Start(network.Initial.Mean, network.Initial.Variance)
		for i := 2 * f.populations; i < len(state); i++ {
			state[i] = 0.01 * math.Cos(float64(i))
		}
		d := len(state)
		want, got, outputs := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil), mat.NewDense(f.populations, d, nil)
		f.jacobian(0.1, state, want)
		form := &ode.Grouped{}
		for a := range f.populations {
			form.Groups = append(form.Groups, f.components(a))
			form.Local, form.Output = append(form.Local, make([]float64, 36)), append(form.Output, make([]float64, 6))
			size := len(form.Groups[a])
			form.Local[a], form.Output[a] = form.Local[a][:size*size], form.Output[a][:size]
		}
		f.groupedJacobian(0.1, state, form)
		for a, group := range form.Groups {
			for i, component := range group {
				outputs.Set(a, component, form.Output[a][i])
			}
		}
		if f.from != nil {
			var heard mat.Dense
			heard.Mul(f.from, outputs)
			outputs = &heard
		}
		got.Slice(0, 3*f.populations, 0, d).(*mat.Dense).Mul(f.into, outputs)
		for a, group := range form.Groups {
			for i, row := range group {
				for j, column := range group {
					got.Set(row, column, got.At(row, column)+form.Local[a][i*len(group)+j])
				}
			}
		}
		for r := range d {
			for c := range d {
				if r/f.populations == 2 && c >= 2*f.populations {
					continue
				}
				if off := math.Abs(got.At(r, c) - want.At(r, c)); off > 1e-9*(1+math.Abs(want.At(r, c))) {
					t.Errorf("%s: row %d, column %d is %g, want %g", name, r, c, got.At(r, c), want.At(r, c))
				}
			}
		}
	}
}

// What the structure saves changes no solution: it is the one by the whole Jacobian.
func TestFiniteByGroups(t *testing.T) {
	verification.Long(t)
	times := []float64{0.5, 2}
	for name, network := range map[string]*bnn.Network{"abstract": networktest.ReadNetwork(t, "abstract"), "steep": networktest.ReadNetwork(t, "steep"),
		"two timescales": networktest.ReadNetwork(t, "two-timescales"), "circuit": networktest.ReadNetwork(t, "classes/circuit"),
		"slow Hopf": networktest.ReadNetwork(t, "oscillations/slow-hopf"), "full rank": networktest.ManyInhibitory(5), "ring": ringOf(t, 8)} {
		f := finiteOf(t, network, 1000, 2)
		start := f.Start(network.Initial.Mean, network.Initial.Variance)
		got, err := f.Trajectory(t.Context(), times, start)
		if err != nil {
			t.Fatal(err)
		}
		whole := ode.NewRadau(f.slope, f.jacobian, 0, start, f.tolerance)
		whole.KeepNonNegative(f.populations, 2*f.populations)
		for row, time := range times {
			for whole.Time() < time {
				if err := whole.Step(t.Context(), time); err != nil {
					t.Fatal(err)
				}
			}
			want := whole.State()
			for a := range f.populations {
				mean := bnn.Response(f.ripple[a], time, network.Populations[a].Tau) + want[a]
				for _, pair := range [3][2]float64{{got.Mean[row][a], mean}, {got.Variance[row][a], want[f.populations+a]}, {got.Third[row][a], want[2*f.populations+a]}} {
					if math.Abs(pair[0]-pair[1]) > 1e-9*(1+math.Abs(pair[1])) {
						t.Errorf("%s, t = %g, population %d: %.12g, by the whole Jacobian %.12g", name, time, a, pair[0], pair[1])
					}
				}
			}
		}
	}
}

// Newton's systems have as many rows as weights, their squares and cubes have dimensions, however many populations there are, and
// the number of steps does not grow with them either.
func TestFiniteWorkAtManyPopulations(t *testing.T) {
	verification.Long(t)
	evaluations := map[int]int{}
	for _, p := range []int{16, 64} {
		network := ringOf(t, p)
		f := finiteOf(t, network, 10000, 0.5)
		trajectory, err := f.Trajectory(t.Context(), []float64{0.5}, f.Start(network.Initial.Mean, network.Initial.Variance))
		if err != nil {
			t.Fatal(err)
		}
		if _, rows := f.into.Dims(); rows > 12 {
			t.Errorf("%d populations: %d rows, want 7 Fourier modes, up to the third, and 5 more of squares", p, rows)
		}
		evaluations[p] = trajectory.Stats.Evaluations
	}
	if evaluations[64] > evaluations[16]*11/10 {
		t.Errorf("evaluations by number of populations: %v", evaluations)
	}
}
