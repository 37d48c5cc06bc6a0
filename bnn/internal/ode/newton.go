package ode

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/linear"
)

// A newton solves the linear systems of Newton's iteration, those of σ − J with the Jacobian J = ∂f/∂y
// of a moment and shifts σ: a real number and complex ones, whose right-hand sides are real parts
// and then imaginary parts.
type newton interface {
	// linearise finds J at time t and state y.
	linearise(t float64, y []float64)
	// factorise prepares for a real shift and one for each pair of eigenvalues, unless the context ends.
	factorise(ctx context.Context, single float64, shifts []complex128) error
	// solveSingle and solvePair, of the k-th complex shift, replace x, of d and 2d numbers, by the solution, and
	// tell whether there is one.
	solveSingle(x []float64) bool
	solvePair(k int, x []float64) bool
}

// dense knows no more of the Jacobian than its entries.
type dense struct {
	jacobian   JacobianFunc
	derivative *mat.Dense
	single     *linear.Factors
	pair       [pairs]*linear.Factors // as real matrices, 2d×2d
}

func newDense(jacobian JacobianFunc, d int) *dense {
	n := &dense{jacobian: jacobian, derivative: mat.NewDense(d, d, nil), single: linear.New(d)}
	for k := range n.pair {
		n.pair[k] = linear.New(2 * d)
	}
	return n
}

func (n *dense) linearise(t float64, y []float64) { n.jacobian(t, y, n.derivative) }

func (n *dense) factorise(ctx context.Context, single float64, shifts []complex128) error {
	d, _ := n.derivative.Dims()
	one := n.single.Matrix
	one.Scale(-1, n.derivative)
	for r := range d {
		one.Set(r, r, one.At(r, r)+single)
	}
	if err := n.single.FactoriseUnless(ctx); err != nil {
		return err
	}
	for k, shift := range shifts {
		two := n.pair[k].Matrix.RawMatrix()
		clear(two.Data)
		for r := range d {
			first, second := two.Data[r*two.Stride:], two.Data[(d+r)*two.Stride:]
			for c, x := range n.derivative.RawRowView(r) {
				first[c] = -x
				second[d+c] = -x
			}
			first[r] += real(shift)
			first[d+r] = -imag(shift)
			second[r] = imag(shift)
			second[d+r] += real(shift)
		}
		if err := n.pair[k].FactoriseUnless(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (n *dense) solveSingle(x []float64) bool      { return n.single.Solve(x) }
func (n *dense) solvePair(k int, x []float64) bool { return n.pair[k].Solve(x) }
