package linear

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"
)

// The factors of a matrix of several panels and blocks are those of Factorise, pivots too.
func TestFactoriseUnless(t *testing.T) {
	for _, d := range []int{3, panelColumns, panelColumns + 1, 700} {
		matrix := randomMatrix(rand.New(rand.NewPCG(1, uint64(d))), d)
		plain, large := New(d), New(d)
		plain.Matrix.Copy(matrix)
		large.Matrix.Copy(matrix)
		plain.Factorise()
		if err := large.FactoriseUnless(context.Background()); err != nil {
			t.Fatal(err)
		}
		x, y := make([]float64, d), make([]float64, d)
		for i := range x {
			x[i] = math.Cos(float64(i))
		}
		copy(y, x)
		if !plain.Solve(x) || !large.Solve(y) {
			t.Fatalf("d = %d: not solved", d)
		}
		for i := range x {
			if math.Abs(x[i]-y[i]) > 1e-9*(1+math.Abs(x[i])) || plain.pivots[i] != large.pivots[i] {
				t.Fatalf("d = %d: %g and %g, pivots %d and %d", d, x[i], y[i], plain.pivots[i], large.pivots[i])
			}
		}
		if plain.Sign() != large.Sign() {
			t.Errorf("d = %d: signs differ", d)
		}
	}
	singular := New(200)
	singular.Matrix.Copy(mat.NewDense(200, 200, nil))
	if err := singular.FactoriseUnless(context.Background()); err != nil || singular.Solve(make([]float64, 200)) {
		t.Errorf("a matrix of zeros: %v", err)
	}
}

func TestFactoriseUnlessStops(t *testing.T) {
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	f := New(3000)
	f.Matrix.Copy(randomMatrix(rand.New(rand.NewPCG(1, 2)), 3000))
	var asked time.Time
	time.AfterFunc(50*time.Millisecond, func() { asked = time.Now(); cancel(stop) })
	if err := f.FactoriseUnless(ctx); !errors.Is(err, stop) || time.Since(asked) > time.Second/2 {
		t.Errorf("%v, %v after the end of the context", err, time.Since(asked))
	}
}
