package theory

import (
	"cmp"
	"context"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A branchKind is the equations whose stationary states make a branch: those of the limit or of
// a finite network. The unknowns X begin with the P means and the P variances.
type branchKind interface {
	// network prepares the network of one value of the parameter.
	network(f *family, value float64) (*manifold, error)
	// seeds returns states at one value, each of them the unknowns.
	seeds(ctx context.Context, f *family, value float64) ([][]float64, error)
	// equations writes the values at X and their derivatives by X.
	equations(m *manifold, x, value []float64, jacobian *mat.Dense)
	// spectra returns the eigenvalues of S, none at finite n, and the others.
	spectra(ctx context.Context, m *manifold, x []float64) (fast, slow []complex128, err error)
	// describe fills third cumulants and rates.
	describe(m *manifold, x []float64, point *BranchPoint)
	// hopf names the point where a complex pair crosses that is not one of S.
	hopf() PointKind
}

// limitBranch is the limit equations at rest, with unknowns (m, K): ψ is eliminated by looking
// at −m/τ + I in the complement of the range of U only.
type limitBranch struct{}

func (limitBranch) hopf() PointKind { return SlowHopf }

func (limitBranch) network(f *family, value float64) (*manifold, error) { return f.at(value) }

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

func (limitBranch) equations(m *manifold, x, value []float64, jacobian *mat.Dense) {
	p, r := len(x)/2, m.rank
	mean, variance := x[:p], x[p:]
	e := m.expectations(mean, variance)
	jacobian.Zero()
	for c := range p - r {
		value[c] = 0
		for a, population := range m.network.Populations {
			entry := m.complement.At(a, c)
			value[c] += entry * (population.External().At(0) - mean[a]/population.Tau)
			jacobian.Set(c, a, -entry/population.Tau)
		}
	}
	copy(value[p-r:], m.imbalance(e, m.drive(0)))
	for i := range r {
		for b, entry := range m.w.RawRowView(i) {
			jacobian.Set(p-r+i, b, entry*e[b].First)
			jacobian.Set(p-r+i, p+b, entry*e[b].Second/2)
		}
	}
	noise := value[p:]
	for a, population := range m.network.Populations {
		noise[a] = -2 * variance[a] / population.Tau
		for b, square := range m.squares.RawRowView(a) {
			jacobian.Set(p+a, b, square*e[b].First)
			jacobian.Set(p+a, p+b, square*e[b].Second/2)
		}
		jacobian.Set(p+a, p+a, jacobian.At(p+a, p+a)-2/population.Tau)
	}
	m.addNoise(noise, 0, func(b int) float64 { return e[b].Value })
}

func (limitBranch) spectra(ctx context.Context, m *manifold, x []float64) (fast, slow []complex128, err error) {
	p := len(x) / 2
	e := m.expectations(x[:p], x[p:])
	if m.rank > 0 {
		if fast, err = patiently(ctx, m.rank, func() []complex128 { return eigenvalues(m.sensitivity(e)) }); err != nil {
			return nil, nil, err
		}
	}
	piece := &limitPiece{manifold: m}
	matrix, err := piece.slowMatrix(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	slow, err = patiently(ctx, p, func() []complex128 { return eigenvalues(matrix) })
	return fast, slow, err
}

func (limitBranch) describe(m *manifold, x []float64, point *BranchPoint) {
	p := len(x) / 2
	for _, e := range m.expectations(x[:p], x[p:]) {
		point.Rate = append(point.Rate, e.Value)
	}
}

// eigenvalues returns those of a square matrix, nil if they cannot be computed.
func eigenvalues(matrix *mat.Dense) []complex128 {
	if rows, _ := matrix.Dims(); rows == 1 {
		return []complex128{complex(matrix.At(0, 0), 0)}
	}
	var eigen mat.Eigen
	if !eigen.Factorize(matrix, mat.EigenNone) {
		return nil
	}
	return eigen.Values(nil)
}

// finiteEigenvalues returns the slow eigenvalues at a fast fold, where one of them is infinite:
// the inverses of the eigenvalues ν of G_X⁻¹ diag(1_P, 1_P, 0_r), but for the r+1 smallest,
// which are 0 (theory.md §9).
func finiteEigenvalues(ctx context.Context, m *manifold, x []float64) ([]complex128, error) {
	p, r := len(x)/2, m.rank
	e := m.expectations(x[:p], x[p:])
	return patiently(ctx, 2*p+r, func() []complex128 {
		pencil, mass, product := mat.NewDense(2*p+r, 2*p+r, nil), mat.NewDense(2*p+r, 2*p+r, nil), &mat.Dense{}
		for a, population := range m.network.Populations {
			pencil.Set(a, a, -1/population.Tau)
			for b, square := range m.squares.RawRowView(a) {
				pencil.Set(p+a, b, square*e[b].First)
				pencil.Set(p+a, p+b, square*e[b].Second/2)
			}
			pencil.Set(p+a, p+a, pencil.At(p+a, p+a)-2/population.Tau)
			for i := range r {
				pencil.Set(a, 2*p+i, m.u.At(a, i))
				pencil.Set(2*p+i, a, m.w.At(i, a)*e[a].First)
				pencil.Set(2*p+i, p+a, m.w.At(i, a)*e[a].Second/2)
			}
			mass.Set(a, a, 1)
			mass.Set(p+a, p+a, 1)
		}
		if product.Solve(pencil, mass) != nil {
			return nil
		}
		inverse := eigenvalues(product)
		slices.SortFunc(inverse, func(a, b complex128) int { return cmp.Compare(cmplx.Abs(b), cmplx.Abs(a)) })
		var finite []complex128
		for _, value := range inverse[:max(2*p-r-1, 0)] {
			finite = append(finite, 1/value)
		}
		return finite
	})
}
