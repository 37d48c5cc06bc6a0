package ode

import (
	"context"
	"slices"

	"balanced/bnn/internal/linear"

	"gonum.org/v1/gonum/mat"
)

// Newton's matrix I − hA⊗J of the three stages falls apart, in the basis of eigenvectors
// of A⁻¹, into a real matrix γ/h − J and one for the complex pair of eigenvalues α ± iβ:
// E. Hairer and G. Wanner, Solving Ordinary Differential Equations II, section IV.8.
// Factorising the two takes a third of the operations.
type splitting struct {
	real *linear.Factors // (γ/h) − J, d×d, which also filters the error estimate
	pair *linear.Factors // the complex pair as a real matrix, 2d×2d

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

func newSplitting(d int) *splitting {
	return &splitting{real: linear.New(d), pair: linear.New(2 * d), stages: make([]float64, 3*d)}
}

// factorise prepares solve for steps of length h, unless the context ends.
func (s *splitting) factorise(ctx context.Context, h float64, jacobian *mat.Dense) error {
	d, _ := jacobian.Dims()
	single, pair := s.real.Matrix.RawMatrix(), s.pair.Matrix.RawMatrix()
	clear(pair.Data)
	for r := range d {
		row := jacobian.RawRowView(r)
		first, second := pair.Data[r*pair.Stride:], pair.Data[(d+r)*pair.Stride:]
		for c, x := range row {
			single.Data[r*single.Stride+c] = -x
			first[c] = -x
			second[d+c] = -x
		}
		single.Data[r*single.Stride+r] += radauBasis.gamma / h
		first[r] += radauBasis.alpha / h
		first[d+r] = radauBasis.beta / h
		second[r] = -radauBasis.beta / h
		second[d+r] += radauBasis.alpha / h
	}
	if err := s.real.FactoriseUnless(ctx); err != nil {
		return err
	}
	return s.pair.FactoriseUnless(ctx)
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
	if !s.real.Solve(s.stages[:d]) || !s.pair.Solve(s.stages[d:]) {
		return false
	}
	for c := range d {
		for i, row := range basis.t {
			x[i*d+c] = row[0]*s.stages[c] + row[1]*s.stages[d+c] + row[2]*s.stages[2*d+c]
		}
	}
	return true
}
