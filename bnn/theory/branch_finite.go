package theory

import (
	"context"
	"math"
	"slices"

	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"

	"gonum.org/v1/gonum/mat"
)

// finiteBranch is the finite-n equations at rest, with the unknowns (m, K, C) and those of
// spread thresholds and shared sources. The strength √n of
// what is cancelled is a number of its own, along which states are followed down from the limit,
// with the sizes of the network of size n.
type finiteBranch struct {
	n     int
	rootN float64
}

func newFiniteBranch(n int) finiteBranch { return finiteBranch{n, math.Sqrt(float64(n))} }

func (finiteBranch) hopf() PointKind { return Hopf }

func (k finiteBranch) network(f *family, value float64) (*manifold.Manifold, error) {
	m, err := f.at(value)
	if err != nil {
		return nil, err
	}
	sized, err := m.Network.AtSize(k.n)
	if err != nil {
		return nil, err
	}
	for i, along := range f.resizes { // a whole number of neurons has no neighbours to go to
		if p := len(sized.Populations); along && i < p {
			sized.Populations[i].Size = m.Network.Populations[i].Size
		} else if along {
			sized.Feedforward[i-p].Size = m.Network.Feedforward[i-p].Size
		}
	}
	if resized(m.Network, sized) == nil {
		return m, nil
	}
	return manifold.Decompose(sized)
}

// equations are those for the means in the complement of the range of U and in the range.
func (k finiteBranch) equations(m *manifold.Manifold, x, value []float64, jacobian *mat.Dense) {
	equations.NewFiniteAtRest(m, k.rootN).Stationary(x, value, jacobian)
}

func (k finiteBranch) spectra(ctx context.Context, m *manifold.Manifold, x []float64) (fast, slow []complex128, err error) {
	f := equations.NewFiniteAtRest(m, k.rootN)
	slow, err = linear.Patiently(ctx, len(x), func() []complex128 { return linear.Eigenvalues(f.ExactJacobian(x)) })
	return nil, slow, err
}

func (k finiteBranch) describe(m *manifold.Manifold, x []float64, point *BranchPoint) {
	p := len(m.Network.Populations)
	point.Third = slices.Clone(x[2*p : 3*p])
	point.other = append(point.other, x[3*p:]...)
	_, point.Rate = equations.NewFiniteAtRest(m, k.rootN).Evaluate(0, x)
}
