package theory

import (
	"context"
	"slices"

	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"

	"gonum.org/v1/gonum/mat"
)

// A branchKind is the equations whose stationary states make a branch: those of the limit or of
// a finite network. The unknowns X begin with the P means and the P variances.
type branchKind interface {
	// network prepares the network of one value of the parameter.
	network(f *family, value float64) (*manifold.Manifold, error)
	// seeds returns states at one value, each of them the unknowns.
	seeds(ctx context.Context, f *family, value float64) ([][]float64, error)
	// equations writes the values at X and their derivatives by X.
	equations(m *manifold.Manifold, x, value []float64, jacobian *mat.Dense)
	// spectra returns the eigenvalues of S, none at finite n, and the others.
	spectra(ctx context.Context, m *manifold.Manifold, x []float64) (fast, slow []complex128, err error)
	// describe fills third cumulants and rates.
	describe(m *manifold.Manifold, x []float64, point *BranchPoint)
	// hopf names the point where a complex pair crosses that is not one of S.
	hopf() PointKind
}

// limitBranch is the limit equations at rest, with unknowns (m, K): ψ is eliminated by looking
// at −m/τ + I in the complement of the range of U only.
type limitBranch struct{}

func (limitBranch) hopf() PointKind { return SlowHopf }

func (limitBranch) network(f *family, value float64) (*manifold.Manifold, error) { return f.at(value) }

func (limitBranch) seeds(ctx context.Context, f *family, value float64) ([][]float64, error) {
	network, err := f.network(value)
	if err != nil {
		return nil, err
	}
	states, err := StationaryStates(ctx, network)
	var seeds [][]float64
	for _, state := range states {
		seeds = append(seeds, slices.Concat(state.Mean, state.Variance))
	}
	return seeds, err
}

func (limitBranch) equations(m *manifold.Manifold, x, value []float64, jacobian *mat.Dense) {
	equations.StationaryLimit(m, x, value, jacobian)
}

func (limitBranch) spectra(ctx context.Context, m *manifold.Manifold, x []float64) (fast, slow []complex128, err error) {
	p := len(x) / 2
	e := m.Expectations(x[:p], x[p:])
	if m.Rank > 0 {
		if fast, err = linear.Patiently(ctx, m.Rank, func() []complex128 { return linear.Eigenvalues(m.Sensitivity(e)) }); err != nil {
			return nil, nil, err
		}
	}
	matrix, err := m.SlowMatrix(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	slow, err = linear.Patiently(ctx, p, func() []complex128 { return linear.Eigenvalues(matrix) })
	return fast, slow, err
}

func (limitBranch) describe(m *manifold.Manifold, x []float64, point *BranchPoint) {
	p := len(x) / 2
	for _, e := range m.Expectations(x[:p], x[p:]) {
		point.Rate = append(point.Rate, e.Value)
	}
}
