package thinning

import (
	"math"
	"math/rand/v2"
	"testing"

	"balanced/bnn"
)

// However unlike the bounds, each class has candidates at its own rate: slots and bins together say so.
func TestClassesHaveTheirRates(t *testing.T) {
	network := &bnn.Network{
		Name: "unlike",
		Populations: []bnn.Population{
			{Name: "E", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 1, Slope: 1, Threshold: 0}},
			{Name: "I", Tau: 1, Size: 1, Rate: bnn.Logistic{Max: 5, Slope: 1, Threshold: 0}},
		},
		Weights: [][]float64{{1, -1}, {1, -1}},
		Initial: bnn.Initial{Mean: []float64{-40, 3}, Variance: []float64{0, 1}},
	}
	for _, n := range []int{3, 300, 30_000} {
		r := New(sized(t, network, n), rand.New(rand.NewPCG(1, 1)))
		for j := range n - 1 {
			r.x[j] = -14 // all neurons of E but one are at a bound a little less rare
		}
		r.Hold(Following, Few)
		rates := map[uint16]float64{}
		for _, i := range r.slots {
			rates[i] += 1 / (classSlots * r.gap * float64(r.neurons)) * binsOfTable / float64(r.classes[i].bins)
		}
		worst, rarest, overflow := 0.0, math.Inf(1), 0
		for i, c := range r.classes[:len(r.counts)*classesPerEmitter] {
			if c.count == 0 {
				continue
			}
			want := float64(c.count) * r.rest[i/classesPerEmitter].bound * c.table.Bound
			worst, rarest = max(worst, math.Abs(rates[uint16(i)]/want-1)), min(rarest, want)
			if ratio := 1 / (classSlots * r.gap * float64(r.neurons)) / (float64(c.count) * r.rest[i/classesPerEmitter].bound * 3.4e-9); ratio*binsOfTable >= 1<<64 {
				overflow++ // had the class the bound of the last level
			}
		}
		if worst > 1e-5 {
			t.Errorf("n = %d: a rate is off by %g of itself", n, worst)
		}
		if n == 30_000 && (overflow == 0 || rarest > 1) {
			t.Errorf("n = %d: no class is rare: %d, %g", n, overflow, rarest)
		}
	}
}

// binsOfTable is class.bins of a class with no more slots than it needs.
const binsOfTable = 1024 << binFraction
