package ode

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The two small systems solve the large one: multiplying by I − hA⊗J gives back the
// right-hand side.
func TestSplittingSolves(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, d := range []int{1, 2, 7, 40} {
		for _, h := range []float64{1e-6, 0.1, 100} {
			jacobian := mat.NewDense(d, d, nil)
			for r := range d {
				for c := range d {
					jacobian.Set(r, c, random.NormFloat64())
				}
				jacobian.Set(r, r, jacobian.At(r, r)-2*float64(d))
			}
			want, x := make([]float64, stages*d), make([]float64, stages*d)
			for i := range want {
				want[i] = random.NormFloat64()
			}
			copy(x, want)
			s := newSplitting(newDense(func(_ float64, _ []float64, to *mat.Dense) { to.Copy(jacobian) }, d), d)
			s.linearise(0, nil)
			if err := s.prepare(context.Background(), h); err != nil {
				t.Fatal(err)
			}
			if !s.solve(h, x) {
				t.Fatalf("dimension %d, step %g: no solution", d, h)
			}
			for i := range stages {
				for r := range d {
					got := x[i*d+r]
					for j := range stages {
						for c := range d {
							got -= h * radau.a[i][j] * jacobian.At(r, c) * x[j*d+c]
						}
					}
					if math.Abs(got-want[i*d+r]) > 1e-11*(1+h) {
						t.Fatalf("dimension %d, step %g: the product is off by %g", d, h, got-want[i*d+r])
					}
				}
			}
		}
	}
}
