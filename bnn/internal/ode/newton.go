package ode

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/linear"
)

// A newton solves the linear systems of Newton's iteration, those of σ − J with the Jacobian J = ∂f/∂y
// of a moment and two shifts σ: a real number and a complex one, whose right-hand sides are real parts
// and then imaginary parts.
type newton interface {
	// linearise finds J at time t and state y.
	linearise(t float64, y []float64)
	// factorise prepares for two shifts, unless the context ends.
	factorise(ctx context.Context, single float64, pair complex128) error
	// solveSingle and solvePair replace x, of d and 2d numbers, by the solution, and tell whether there is one.
	solveSingle(x []float64) bool
	solvePair(x []float64) bool
}

// dense knows no more of the Jacobian than its entries.
type dense struct {
	jacobian     JacobianFunc
	derivative   *mat.Dense
	single, pair *linear.Factors // the latter as a real matrix, 2d×2d
}

func newDense(jacobian JacobianFunc, d int) *dense {
	return &dense{jacobian: jacobian, derivative: mat.NewDense(d, d, nil), single: linear.New(d), pair: linear.New(2 * d)}
}

func (n *dense) linearise(t float64, y []float64) { n.jacobian(t, y, n.derivative) }

func (n *dense) factorise(ctx context.Context, single float64, pair complex128) error {
	d, _ := n.derivative.Dims()
	one, two := n.single.Matrix.RawMatrix(), n.pair.Matrix.RawMatrix()
	clear(two.Data)
	for r := range d {
		row := n.derivative.RawRowView(r)
		first, second := two.Data[r*two.Stride:], two.Data[(d+r)*two.Stride:]
		for c, x := range row {
			one.Data[r*one.Stride+c] = -x
			first[c] = -x
			second[d+c] = -x
		}
		one.Data[r*one.Stride+r] += single
		first[r] += real(pair)
		first[d+r] = -imag(pair)
		second[r] = imag(pair)
		second[d+r] += real(pair)
	}
	if err := n.single.FactoriseUnless(ctx); err != nil {
		return err
	}
	return n.pair.FactoriseUnless(ctx)
}

func (n *dense) solveSingle(x []float64) bool { return n.single.Solve(x) }
func (n *dense) solvePair(x []float64) bool   { return n.pair.Solve(x) }
