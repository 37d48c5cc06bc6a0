package linear

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// Factors are a square matrix and its factors P·L·U. Unlike mat.LU they do not estimate a
// condition number, they need no memory beyond their own, and they solve for one vector by
// dot products over rows, which together is several times faster.
type Factors struct {
	// Matrix is filled by the caller; Factorise overwrites it by L and U.
	Matrix *mat.Dense

	pivots []int
	ok     bool
}

// New returns Factors of a matrix of zeros, with d > 0 rows and columns.
func New(d int) *Factors {
	return &Factors{Matrix: mat.NewDense(d, d, nil), pivots: make([]int, d)}
}

// Factorise replaces the matrix by its factors, in a time of order d³.
func (f *Factors) Factorise() {
	if len(f.pivots) == 1 { // as it is by Getrf, without its overhead
		f.ok = f.Matrix.RawMatrix().Data[0] != 0
		return
	}
	f.ok = lapack64.Getrf(f.Matrix.RawMatrix(), f.pivots)
}

// Solve replaces x by the solution of (matrix)·y = x, in a time of order d². It returns
// false, with x of no meaning, when the matrix is singular or the solution not finite.
func (f *Factors) Solve(x []float64) bool {
	if !f.ok {
		return false
	}
	if len(f.pivots) == 1 {
		x[0] /= f.Matrix.RawMatrix().Data[0]
		return !math.IsNaN(x[0]) && !math.IsInf(x[0], 0)
	}
	for i, pivot := range f.pivots {
		x[i], x[pivot] = x[pivot], x[i]
	}
	vector := blas64.Vector{N: len(x), Data: x, Inc: 1}
	lu := f.Matrix.RawMatrix()
	blas64.Trsv(blas.NoTrans, blas64.Triangular{Uplo: blas.Lower, Diag: blas.Unit, N: lu.Rows, Data: lu.Data, Stride: lu.Stride}, vector)
	blas64.Trsv(blas.NoTrans, blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: lu.Rows, Data: lu.Data, Stride: lu.Stride}, vector)
	for _, value := range x {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return false
		}
	}
	return true
}

// Sign returns the sign of the determinant: 1, −1, or 0 when the matrix is singular or
// not finite.
func (f *Factors) Sign() float64 {
	sign := 1.0
	for i, pivot := range f.pivots {
		diagonal := f.Matrix.At(i, i)
		if diagonal == 0 || math.IsNaN(diagonal) || math.IsInf(diagonal, 0) {
			return 0
		}
		if (diagonal < 0) != (pivot != i) { // an exchange of rows turns the sign, too
			sign = -sign
		}
	}
	return sign
}
