package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
)

// planePoints are points of a plane with normal coordinates of correlation rho.
func planePoints(random *rand.Rand, count int, rho float64) [][]float64 {
	points := make([][]float64, count)
	for i := range points {
		a := random.NormFloat64()
		points[i] = []float64{a, rho*a + math.Sqrt(1-rho*rho)*random.NormFloat64()}
	}
	return points
}

// On a line the distance is 2 ∫ (F − G)², and by its definition elsewhere; a seed gives the same
// p-value, and the order of the samples does not matter for the distance.
func TestEnergyDistanceIsExact(t *testing.T) {
	distance, p, err := EnergyDistance([][]float64{{0}, {1}}, [][]float64{{3}, {4}, {5}}, 999, 1)
	// F − G is 1/2, 1, 2/3, 1/3 on 0…1, 1…3, 3…4, 4…5.
	if want := 2 * (1.0/4 + 2 + 4.0/9 + 1.0/9); err != nil || math.Abs(distance-want) > 1e-12 {
		t.Errorf("distance %v, %v, want %v", distance, err, want)
	}
	if math.Abs(p-0.1) > 0.04 { // 1 of 10 choices of two
		t.Errorf("p = %v, want 0.1", p)
	}
	random := rand.New(rand.NewPCG(16, 1))
	x, y := planePoints(random, 7, 0), planePoints(random, 5, 0.5)
	mean := func(a, b [][]float64) (sum float64) {
		for _, p := range a {
			for _, q := range b {
				sum += math.Hypot(p[0]-q[0], p[1]-q[1]) / float64(len(a)*len(b))
			}
		}
		return sum
	}
	want := 2*mean(x, y) - mean(x, x) - mean(y, y)
	one, p, err := EnergyDistance(x, y, 99, 3)
	other, q, _ := EnergyDistance(x, y, 99, 3)
	exchanged, _, _ := EnergyDistance(y, x, 99, 3)
	if err != nil || math.Abs(one-want) > 1e-12 || one != other || p != q || math.Abs(exchanged-one) > 1e-12 {
		t.Errorf("%v, %v and %v, p %v and %v, want %v; %v", one, other, exchanged, p, q, want, err)
	}
	for _, c := range []struct {
		path         string
		x, y         [][]float64
		permutations int
	}{
		{"x", x[:1], y, 99}, {"permutations", x, y, 98}, {"y[0]", x, [][]float64{{1}, {2}}, 99},
		{"y[1][0]", x, [][]float64{{1, 2}, {math.NaN(), 2}}, 99}, {"y", x, make([][]float64, 1), 99},
	} {
		var input *bnn.InputError
		if _, _, err := EnergyDistance(c.x, c.y, c.permutations, 1); !errors.As(err, &input) || input.Path != c.path {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

// The test keeps its false alarm, and sees a correlation that the marginal laws do not show.
func TestEnergyDistanceSeesJointLaws(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 1))
	const repetitions = 300
	low := 0
	for seed := range uint64(repetitions) {
		if _, p, _ := EnergyDistance(planePoints(random, 20, 0.5), planePoints(random, 30, 0.5), 99, seed); p <= 0.1 {
			low++
		}
	}
	if low < 12 || low > 51 { // 30 ± 4 standard deviations
		t.Errorf("%d of %d samples of one law are rejected at 0.1", low, repetitions)
	}
	x, y := planePoints(random, 300, 0), planePoints(random, 300, 0.7)
	if _, p, err := EnergyDistance(x, y, 199, 1); err != nil || p > 0.005 {
		t.Errorf("a correlation of 0.7 has p = %v, %v", p, err)
	}
	for k := range 2 {
		var a, b []float64
		for i := range x {
			a, b = append(a, x[i][k]), append(b, y[i][k])
		}
		if _, p, _ := KolmogorovSmirnovTwo(a, b); p < 0.001 {
			t.Errorf("coordinate %d has p = %v", k, p)
		}
	}
}
