package ode

import (
	"context"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Newton's matrix I − hA⊗J of the three stages falls apart, in the basis of eigenvectors
// of A⁻¹, into a real matrix γ/h − J and one for the complex pair of eigenvalues α ± iβ:
// E. Hairer and G. Wanner, Solving Ordinary Differential Equations II, section IV.8.
// Factorising the two takes a third of the operations.
type splitting struct {
	newton
	stages []float64 // right-hand sides and solutions: one of length d, one of 2d
}

// radauBasis holds γ, α and β, a matrix T that brings A⁻¹ into the real block form with γ
// and [[α, β], [−β, α]], and the inverse of T.
var radauBasis = func() (basis struct {
	gamma, alpha, beta float64
	t, inverse         [3][3]float64
}) {
	dense := func(rows [3][3]float64) *mat.Dense {
		return mat.NewDense(3, 3, slices.Concat(rows[0][:], rows[1][:], rows[2][:]))
	}
	var inverse mat.Dense
	if err := inverse.Inverse(dense(radauA)); err != nil {
		panic(err) // it is a constant
	}
	var eigen mat.Eigen
	eigen.Factorize(&inverse, mat.EigenRight)
	var vectors mat.CDense
	eigen.VectorsTo(&vectors)
	for column, value := range eigen.Values(nil) {
		for i := range 3 {
			switch entry := vectors.At(i, column); {
			case imag(value) == 0:
				basis.gamma = real(value)
				basis.t[i][0] = real(entry)
			case imag(value) > 0:
				basis.alpha, basis.beta = real(value), imag(value)
				basis.t[i][1], basis.t[i][2] = real(entry), imag(entry)
			}
		}
	}
	if err := inverse.Inverse(dense(basis.t)); err != nil {
		panic(err)
	}
	for i := range 3 {
		mat.Row(basis.inverse[i][:], i, &inverse)
	}
	return basis
}()

func newSplitting(n newton, d int) *splitting {
	return &splitting{newton: n, stages: make([]float64, 3*d)}
}

// prepare is for steps of length h, unless the context ends.
func (s *splitting) prepare(ctx context.Context, h float64) error {
	return s.factorise(ctx, radauBasis.gamma/h, complex(radauBasis.alpha/h, -radauBasis.beta/h))
}

// solve replaces x, three stages one after the other, by the solution of
// (I − hA⊗J)·y = x, and tells whether there is one.
func (s *splitting) solve(h float64, x []float64) bool {
	d := len(x) / 3
	basis := &radauBasis
	for c := range d {
		var part [3]float64
		for i, row := range basis.inverse {
			part[i] = (row[0]*x[c] + row[1]*x[d+c] + row[2]*x[2*d+c]) / h
		}
		s.stages[c] = basis.gamma * part[0]
		s.stages[d+c] = basis.alpha*part[1] + basis.beta*part[2]
		s.stages[2*d+c] = basis.alpha*part[2] - basis.beta*part[1]
	}
	if !s.solveSingle(s.stages[:d]) || !s.solvePair(s.stages[d:]) {
		return false
	}
	for c := range d {
		for i, row := range basis.t {
			x[i*d+c] = row[0]*s.stages[c] + row[1]*s.stages[d+c] + row[2]*s.stages[2*d+c]
		}
	}
	return true
}
