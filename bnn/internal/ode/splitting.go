package ode

import (
	"context"
	"math/cmplx"
)

// Newton's matrix I − hA⊗J of all stages falls apart, in the basis of eigenvectors
// of A⁻¹, into a real matrix γ/h − J and one for each complex pair of eigenvalues α ± iβ:
// E. Hairer and G. Wanner, Solving Ordinary Differential Equations II, section IV.8.
// Of seven stages that takes a fourteenth of the operations.
type splitting struct {
	newton
	stages []float64 // right-hand sides and solutions: one of length d, others of 2d
}

func newSplitting(n newton, d int) *splitting {
	return &splitting{newton: n, stages: make([]float64, stages*d)}
}

// prepare is for steps of length h, unless the context ends.
func (s *splitting) prepare(ctx context.Context, h float64) error {
	var shifts [pairs]complex128
	for i, value := range radau.pairs {
		shifts[i] = cmplx.Conj(value) / complex(h, 0)
	}
	return s.factorise(ctx, radau.gamma/h, shifts[:])
}

// solve replaces x, the stages one after the other, by the solution of
// (I − hA⊗J)·y = x, and tells whether there is one.
func (s *splitting) solve(h float64, x []float64) bool {
	d := len(x) / stages
	for c := range d {
		var part [stages]float64
		for i, row := range radau.inverse {
			sum := 0.0
			for j, weight := range row {
				sum += weight * x[j*d+c]
			}
			part[i] = sum / h
		}
		s.stages[c] = radau.gamma * part[0]
		for k, value := range radau.pairs {
			i := 2*k + 1
			s.stages[i*d+c] = real(value)*part[i] + imag(value)*part[i+1]
			s.stages[(i+1)*d+c] = real(value)*part[i+1] - imag(value)*part[i]
		}
	}
	if !s.solveSingle(s.stages[:d]) {
		return false
	}
	for k := range pairs {
		if !s.solvePair(k, s.stages[(2*k+1)*d:(2*k+3)*d]) {
			return false
		}
	}
	for c := range d {
		for i, row := range radau.t {
			sum := 0.0
			for j, weight := range row {
				sum += weight * s.stages[j*d+c]
			}
			x[i*d+c] = sum
		}
	}
	return true
}
