package manifold

import (
	"cmp"
	"context"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// SlowEigenvalue returns the leading eigenvalue of the limit equations linearised at a
// state on the balanced manifold, along it.
func (m *Manifold) SlowEigenvalue(ctx context.Context, e []bnn.Expectation) (complex128, error) {
	slow, err := m.SlowMatrix(ctx, e)
	if err != nil {
		return 0, err
	}
	size, _ := slow.Dims()
	return linear.Patiently(ctx, size, func() complex128 { return linear.LeadingEigenvalue(slow) })
}

// SlowMatrix returns the matrix of 2P − r rows whose eigenvalues are the finite ones μ of
// the pencil G_X − μ diag(1_P, 1_P, 0_r) (theory.md §8). With x = (δm, δK) and ψ the
// linearised equations are
//
//	x′ = J x + E ψ,   C x = 0,   E = (U, 0),   C = (W diag(F′), ½ W diag(F″))
//
// Coordinates z = Yᵀx that do not see U are enough: x = (1 − E S⁻¹ C) Y z is the
// displacement on the manifold that belongs to z, and z′ = Yᵀ J x.
func (m *Manifold) SlowMatrix(ctx context.Context, e []bnn.Expectation) (*mat.Dense, error) {
	p, r := len(e), m.Rank
	d := 2*p - r
	// The rows of x, first without the shift along U.
	x := mat.NewDense(2*p, d, nil)
	for a := range p {
		for c := range p - r {
			x.Set(a, c, m.Complement.At(a, c))
		}
		x.Set(p+a, p-r+a, 1)
	}
	if r > 0 {
		gains := mat.NewDense(r, 2*p, nil)
		for i := range r {
			for b := range p {
				gains.Set(i, b, m.W.At(i, b)*e[b].First)
				gains.Set(i, p+b, m.W.At(i, b)*e[b].Second/2)
			}
		}
		_, err := linear.Abandonable(ctx, func() (*mat.Dense, error) {
			var imbalance, shift, move mat.Dense
			imbalance.Mul(gains, x)
			if err := shift.Solve(m.Sensitivity(e), &imbalance); err != nil {
				if _, nearly := err.(mat.Condition); !nearly {
					return nil, err
				}
			}
			move.Mul(m.U, &shift)
			means := x.Slice(0, p, 0, d).(*mat.Dense)
			means.Sub(means, &move)
			return x, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return linear.Patiently(ctx, p, func() *mat.Dense {
		moved := mat.NewDense(2*p, d, nil)
		rates := mat.NewDense(p, d, nil)
		quadratic := mat.NewDense(p, p, nil)
		for a, population := range m.Network.Populations {
			for c := range d {
				moved.Set(a, c, -x.At(a, c)/population.Tau)
				rates.Set(a, c, e[a].First*x.At(a, c)+e[a].Second/2*x.At(p+a, c))
			}
			for b, source := range m.Network.Populations {
				weight := m.Network.Weights[a][b]
				quadratic.Set(a, b, source.Size*weight*weight)
			}
		}
		variances := moved.Slice(p, 2*p, 0, d).(*mat.Dense)
		variances.Mul(quadratic, rates)
		for a, population := range m.Network.Populations {
			for c := range d {
				variances.Set(a, c, variances.At(a, c)-2*x.At(p+a, c)/population.Tau)
			}
		}
		slow := mat.NewDense(d, d, nil)
		if r < p {
			slow.Slice(0, p-r, 0, d).(*mat.Dense).Mul(m.Complement.T(), moved.Slice(0, p, 0, d))
		}
		slow.Slice(p-r, d, 0, d).(*mat.Dense).Copy(variances)
		return slow
	})
}

// SlowEigenvaluesAtFold returns the slow eigenvalues at a fast fold, where one of them is infinite:
// the inverses of the eigenvalues ν of G_X⁻¹ diag(1_P, 1_P, 0_r), but for the r+1 smallest,
// which are 0 (theory.md §9).
func (m *Manifold) SlowEigenvaluesAtFold(ctx context.Context, e []bnn.Expectation) ([]complex128, error) {
	p, r := len(e), m.Rank
	return linear.Patiently(ctx, 2*p+r, func() []complex128 {
		pencil, mass, product := mat.NewDense(2*p+r, 2*p+r, nil), mat.NewDense(2*p+r, 2*p+r, nil), &mat.Dense{}
		for a, population := range m.Network.Populations {
			pencil.Set(a, a, -1/population.Tau)
			for b, square := range m.Squares.RawRowView(a) {
				pencil.Set(p+a, b, square*e[b].First)
				pencil.Set(p+a, p+b, square*e[b].Second/2)
			}
			pencil.Set(p+a, p+a, pencil.At(p+a, p+a)-2/population.Tau)
			for i := range r {
				pencil.Set(a, 2*p+i, m.U.At(a, i))
				pencil.Set(2*p+i, a, m.W.At(i, a)*e[a].First)
				pencil.Set(2*p+i, p+a, m.W.At(i, a)*e[a].Second/2)
			}
			mass.Set(a, a, 1)
			mass.Set(p+a, p+a, 1)
		}
		if product.Solve(pencil, mass) != nil {
			return nil
		}
		inverse := linear.Eigenvalues(product)
		slices.SortFunc(inverse, func(a, b complex128) int { return cmp.Compare(cmplx.Abs(b), cmplx.Abs(a)) })
		var finite []complex128
		for _, value := range inverse[:max(2*p-r-1, 0)] {
			finite = append(finite, 1/value)
		}
		return finite
	})
}
