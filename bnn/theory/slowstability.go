package theory

import (
	"context"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// slowEigenvalue returns the leading eigenvalue of the limit equations linearised at a
// state on the balanced manifold, along it.
func (l *limitPiece) slowEigenvalue(ctx context.Context, e []bnn.Expectation) (complex128, error) {
	slow, err := l.slowMatrix(ctx, e)
	if err != nil {
		return 0, err
	}
	size, _ := slow.Dims()
	return patiently(ctx, size, func() complex128 { return leadingEigenvalue(slow) })
}

// slowMatrix returns the matrix of 2P − r rows whose eigenvalues are the finite ones μ of
// the pencil G_X − μ diag(1_P, 1_P, 0_r) (theory.md §8). With x = (δm, δK) and ψ the
// linearised equations are
//
//	x′ = J x + E ψ,   C x = 0,   E = (U, 0),   C = (W diag(F′), ½ W diag(F″))
//
// Coordinates z = Yᵀx that do not see U are enough: x = (1 − E S⁻¹ C) Y z is the
// displacement on the manifold that belongs to z, and z′ = Yᵀ J x.
func (l *limitPiece) slowMatrix(ctx context.Context, e []bnn.Expectation) (*mat.Dense, error) {
	p, r := len(e), l.rank
	d := 2*p - r
	// The rows of x, first without the shift along U.
	x := mat.NewDense(2*p, d, nil)
	for a := range p {
		for c := range p - r {
			x.Set(a, c, l.complement.At(a, c))
		}
		x.Set(p+a, p-r+a, 1)
	}
	if r > 0 {
		gains := mat.NewDense(r, 2*p, nil)
		for i := range r {
			for b := range p {
				gains.Set(i, b, l.w.At(i, b)*e[b].First)
				gains.Set(i, p+b, l.w.At(i, b)*e[b].Second/2)
			}
		}
		_, err := abandonable(ctx, func() (*mat.Dense, error) {
			var imbalance, shift, move mat.Dense
			imbalance.Mul(gains, x)
			if err := shift.Solve(l.sensitivity(e), &imbalance); err != nil {
				if _, nearly := err.(mat.Condition); !nearly {
					return nil, err
				}
			}
			move.Mul(l.u, &shift)
			means := x.Slice(0, p, 0, d).(*mat.Dense)
			means.Sub(means, &move)
			return x, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return patiently(ctx, p, func() *mat.Dense {
		moved := mat.NewDense(2*p, d, nil)
		rates := mat.NewDense(p, d, nil)
		quadratic := mat.NewDense(p, p, nil)
		for a, population := range l.network.Populations {
			for c := range d {
				moved.Set(a, c, -x.At(a, c)/population.Tau)
				rates.Set(a, c, e[a].First*x.At(a, c)+e[a].Second/2*x.At(p+a, c))
			}
			for b, source := range l.network.Populations {
				weight := l.network.Weights[a][b]
				quadratic.Set(a, b, source.Size*weight*weight)
			}
		}
		variances := moved.Slice(p, 2*p, 0, d).(*mat.Dense)
		variances.Mul(quadratic, rates)
		for a, population := range l.network.Populations {
			for c := range d {
				variances.Set(a, c, variances.At(a, c)-2*x.At(p+a, c)/population.Tau)
			}
		}
		slow := mat.NewDense(d, d, nil)
		if r < p {
			slow.Slice(0, p-r, 0, d).(*mat.Dense).Mul(l.complement.T(), moved.Slice(0, p, 0, d))
		}
		slow.Slice(p-r, d, 0, d).(*mat.Dense).Copy(variances)
		return slow
	})
}
