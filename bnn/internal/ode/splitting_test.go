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
			want, x := make([]float64, 3*d), make([]float64, 3*d)
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
			for i := range 3 {
				for r := range d {
					got := x[i*d+r]
					for j := range 3 {
						for c := range d {
							got -= h * radauA[i][j] * jacobian.At(r, c) * x[j*d+c]
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

// The real eigenvalue of A⁻¹ is known in closed form (Hairer and Wanner, section IV.8).
func TestRadauBasis(t *testing.T) {
	if want := 30 / (6 + math.Cbrt(81) - math.Cbrt(9)); math.Abs(radauBasis.gamma-want) > 1e-13 {
		t.Errorf("γ = %.15g, want %.15g", radauBasis.gamma, want)
	}
	// The product of all eigenvalues is det A⁻¹ = 60.
	if product := radauBasis.gamma * (radauBasis.alpha*radauBasis.alpha + radauBasis.beta*radauBasis.beta); math.Abs(product-60) > 1e-11 {
		t.Errorf("det A⁻¹ = %.15g, want 60", product)
	}
}
