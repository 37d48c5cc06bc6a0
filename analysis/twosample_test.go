package analysis

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"balanced/analysis/internal/twosample"
	"balanced/bnn"
)

// The p-value is the share of all orders: 3 of one and 3 of the other are together in 20.
func TestKolmogorovSmirnovTwoCountsOrders(t *testing.T) {
	for _, c := range []struct {
		x, y        []float64
		distance, p float64
	}{
		{[]float64{1, 2, 3}, []float64{4, 5, 6}, 1, 2.0 / 20},
		{[]float64{1, 2, 4}, []float64{3, 5, 6}, 2.0 / 3, 12.0 / 20},
		{[]float64{1, 3, 5}, []float64{2, 4, 6}, 1.0 / 3, 1},
		{[]float64{7, 7}, []float64{7, 7, 7}, 0, 1},
		{[]float64{1, 2}, []float64{3, 4, 5}, 1, 2.0 / 10},
	} {
		distance, p, err := KolmogorovSmirnovTwo(c.x, c.y)
		if err != nil || math.Abs(distance-c.distance) > 1e-12 || math.Abs(p-c.p) > 1e-12 {
			t.Errorf("%v, %v: %v, %v, %v", c.x, c.y, distance, p, err)
		}
		if other, q, _ := KolmogorovSmirnovTwo(c.y, c.x); other != distance || math.Abs(q-p) > 1e-12 {
			t.Errorf("exchanged: %v, %v", other, q)
		}
	}
	// Where the exact p-value ends the limit takes over: 3100² < 10⁷ < 3200².
	random := rand.New(rand.NewPCG(14, 1))
	x, y := replicas(3200, random.NormFloat64), replicas(3200, func() float64 { return 0.04 + random.NormFloat64() })
	distance, p, err := KolmogorovSmirnovTwo(x, y)
	if exact := twosample.PathsBeyond(twosample.LargestDifference(x, y), 3200, 3200); err != nil || math.Abs(p/exact-1) > 0.1 || p == exact {
		t.Errorf("D = %v: p = %v by the limit, %v exactly, %v", distance, p, exact, err)
	}
	var input *bnn.InputError
	if _, _, err := KolmogorovSmirnovTwo(x, []float64{1}); !errors.As(err, &input) || input.Path != "y" {
		t.Error(err)
	}
}

// p-values of samples of one law are uniform, to what the lattice of distances allows, and a
// shifted law is caught.
func TestKolmogorovSmirnovTwoKeepsItsFalseAlarm(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 1))
	const repetitions = 2000
	low, shifted := 0, 0
	for range repetitions {
		x := replicas(40, random.NormFloat64)
		if _, p, _ := KolmogorovSmirnovTwo(x, replicas(60, random.NormFloat64)); p <= 0.1 {
			low++
		}
		if _, p, _ := KolmogorovSmirnovTwo(x, replicas(60, func() float64 { return 1 + random.NormFloat64() })); p <= 0.1 {
			shifted++
		}
	}
	if low > 254 || low < 120 || shifted < repetitions*9/10 {
		t.Errorf("of %d samples of one law %d are rejected at 0.1, of shifted ones %d", repetitions, low, shifted)
	}
}
