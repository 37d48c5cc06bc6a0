package ode

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// factored is a square matrix and its factors P·L·U. Unlike mat.LU it does not estimate a
// condition number, and it solves for one vector by dot products over rows, which
// is several times faster.
type factored struct {
	matrix *mat.Dense // on factorise, overwritten by L and U
	pivots []int
	ok     bool
}

func newFactored(dimension int) *factored {
	return &factored{matrix: mat.NewDense(dimension, dimension, nil), pivots: make([]int, dimension)}
}

// factorise replaces the matrix by its factors.
func (f *factored) factorise() {
	f.ok = lapack64.Getrf(f.matrix.RawMatrix(), f.pivots)
}

// solve replaces x by the solution of (matrix)·y = x. It returns false, with x of no
// meaning, when the matrix is singular or the solution not finite.
func (f *factored) solve(x []float64) bool {
	if !f.ok {
		return false
	}
	for i, pivot := range f.pivots {
		x[i], x[pivot] = x[pivot], x[i]
	}
	vector := blas64.Vector{N: len(x), Data: x, Inc: 1}
	lu := f.matrix.RawMatrix()
	blas64.Trsv(blas.NoTrans, blas64.Triangular{Uplo: blas.Lower, Diag: blas.Unit, N: lu.Rows, Data: lu.Data, Stride: lu.Stride}, vector)
	blas64.Trsv(blas.NoTrans, blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: lu.Rows, Data: lu.Data, Stride: lu.Stride}, vector)
	for _, value := range x {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return false
		}
	}
	return true
}
