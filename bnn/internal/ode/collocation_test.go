package ode

import (
	"math"
	"math/cmplx"
	"testing"
)

// The constants for three stages are known in closed form (E. Hairer and G. Wanner, Solving Ordinary
// Differential Equations II, section IV.8).
func TestCollocationOfThreeStages(t *testing.T) {
	c := newCollocation(3)
	root6 := math.Sqrt(6)
	want := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-13*math.Max(1, math.Abs(want)) {
			t.Errorf("%s is %.16g, want %.16g", what, got, want)
		}
	}
	for i, node := range []float64{(4 - root6) / 10, (4 + root6) / 10, 1} {
		want("a node", c.nodes[i], node)
	}
	for i, row := range [][]float64{
		{(88 - 7*root6) / 360, (296 - 169*root6) / 1800, (-2 + 3*root6) / 225},
		{(296 + 169*root6) / 1800, (88 + 7*root6) / 360, (-2 - 3*root6) / 225},
		{(16 - root6) / 36, (16 + root6) / 36, 1. / 9},
	} {
		for j, a := range row {
			want("an entry of A", c.a[i][j], a)
		}
	}
	for j, weight := range []float64{-(13 + 7*root6) / 3, (-13 + 7*root6) / 3, -1. / 3} {
		want("a weight of the estimate", c.estimate[j], weight)
	}
	want("γ", c.gamma, 30/(6+math.Cbrt(81)-math.Cbrt(9)))
	want("the determinant of A⁻¹", c.gamma*math.Pow(cmplx.Abs(c.pairs[0]), 2), 60)
}

// Collocation integrates polynomials of degrees below the number of stages exactly up to each node, and up to
// the last those below twice that number less one.
func TestCollocationIntegrates(t *testing.T) {
	for _, s := range []int{3, stages} {
		c := newCollocation(s)
		for i, row := range c.a {
			most := s
			if i == s-1 {
				most = 2*s - 1
			}
			for k := 1; k <= most; k++ {
				sum := 0.0
				for j, weight := range row {
					sum += weight * math.Pow(c.nodes[j], float64(k-1))
				}
				if want := math.Pow(c.nodes[i], float64(k)) / float64(k); math.Abs(sum-want) > 1e-15 {
					t.Errorf("%d stages, degree %d up to node %d: %g, want %g", s, k-1, i, sum, want)
				}
			}
		}
	}
}
