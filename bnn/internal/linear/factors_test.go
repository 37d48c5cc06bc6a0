package linear

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func randomMatrix(random *rand.Rand, d int) *mat.Dense {
	matrix := mat.NewDense(d, d, nil)
	for r := range d {
		for c := range d {
			matrix.Set(r, c, random.NormFloat64())
		}
	}
	return matrix
}

// A solution fulfils the equation, and the sign is that of gonum's determinant.
func TestSolveAndSign(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for d := 1; d <= 12; d++ {
		for range 20 {
			matrix := randomMatrix(random, d)
			right := make([]float64, d)
			for i := range right {
				right[i] = random.NormFloat64()
			}
			f := New(d)
			f.Matrix.Copy(matrix)
			f.Factorise()
			x := append([]float64(nil), right...)
			if !f.Solve(x) {
				t.Fatalf("no solution of %v", mat.Formatted(matrix))
			}
			var product mat.VecDense
			product.MulVec(matrix, mat.NewVecDense(d, x))
			for i, want := range right {
				if got := product.AtVec(i); math.Abs(got-want) > 1e-9 {
					t.Errorf("d = %d: row %d gives %g, want %g", d, i, got, want)
				}
			}
			if want := math.Copysign(1, mat.Det(matrix)); f.Sign() != want {
				t.Errorf("d = %d: the sign is %g, want %g", d, f.Sign(), want)
			}
		}
	}
}

func TestSingularMatrix(t *testing.T) {
	for name, values := range map[string][]float64{
		"rank 1": {1, 2, 2, 4}, "zeros": {0, 0, 0, 0}, "NaN": {math.NaN(), 1, 1, 1}, "infinite": {math.Inf(1), 1, 1, 1},
	} {
		f := New(2)
		f.Matrix.Copy(mat.NewDense(2, 2, values))
		f.Factorise()
		if x := []float64{1, 1}; name != "infinite" && f.Solve(x) {
			t.Errorf("%s: a solution %v", name, x)
		}
		if sign := f.Sign(); sign != 0 {
			t.Errorf("%s: the sign is %g, want 0", name, sign)
		}
	}
}

func BenchmarkSolve(b *testing.B) {
	for _, d := range []int{1, 2, 8} {
		matrix := randomMatrix(rand.New(rand.NewPCG(1, 2)), d)
		b.Run(fmt.Sprintf("factors/d=%d", d), func(b *testing.B) {
			b.ReportAllocs()
			f, x := New(d), make([]float64, d)
			for b.Loop() {
				f.Matrix.Copy(matrix)
				f.Factorise()
				x[0] = 1
				f.Solve(x)
			}
		})
		b.Run(fmt.Sprintf("mat.LU/d=%d", d), func(b *testing.B) {
			b.ReportAllocs()
			x := mat.NewVecDense(d, nil)
			for b.Loop() {
				var lu mat.LU
				lu.Factorize(matrix)
				x.SetVec(0, 1)
				if err := lu.SolveVecTo(x, false, x); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
