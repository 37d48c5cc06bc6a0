package linear

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The basis is orthonormal, has as many rows as there are dimensions, and every row of the matrix is made of it.
func TestRowSpace(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct{ rows, columns, rank int }{{1, 1, 1}, {7, 4, 4}, {4, 7, 4}, {40, 20, 3}, {20, 40, 1}, {30, 30, 29}} {
		var matrix, back, rest, gram mat.Dense
		left, right := mat.NewDense(c.rows, c.rank, nil), mat.NewDense(c.rank, c.columns, nil)
		for _, m := range []*mat.Dense{left, right} {
			m.Apply(func(int, int, float64) float64 { return random.NormFloat64() }, m)
		}
		matrix.Mul(left, right)
		basis, err := RowSpace(t.Context(), &matrix, 1e-12)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := basis.Dims(); got != c.rank {
			t.Errorf("%d×%d: %d dimensions, want %d", c.rows, c.columns, got, c.rank)
		}
		gram.Mul(basis, basis.T())
		for i := range c.rank {
			gram.Set(i, i, gram.At(i, i)-1)
		}
		back.Mul(&matrix, basis.T())
		rest.Mul(&back, basis)
		rest.Sub(&rest, &matrix)
		if off, missing := mat.Norm(&gram, 2), mat.Norm(&rest, 2); off > 1e-13*float64(c.rank) || missing > 1e-11*mat.Norm(&matrix, 2) {
			t.Errorf("%d×%d: %g from orthonormal, and %g is missing", c.rows, c.columns, off, missing)
		}
	}
	if basis, err := RowSpace(t.Context(), mat.NewDense(3, 2, nil), 1e-12); basis != nil || err != nil {
		t.Errorf("a matrix of zeros has the basis %v, %v", basis, err)
	}
	if basis, _ := RowSpace(t.Context(), mat.NewDense(2, 2, []float64{1, 0, 1, 1e-13}), 1e-12); basis.RawMatrix().Rows != 1 || math.Abs(basis.At(0, 0)) != 1 {
		t.Error("rounding counts as a dimension")
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	cancel(cause)
	if _, err := RowSpace(ctx, mat.NewDense(2, 2, []float64{1, 0, 0, 1}), 0); !errors.Is(err, cause) {
		t.Errorf("after the end of the context: %v", err)
	}
}
