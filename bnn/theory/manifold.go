package theory

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// The balanced manifold of theory.md §2: B = U W with orthonormal columns in U,
// from the singular value decomposition B = U Σ Vᵀ and W = Σ Vᵀ; the potentials
// are balanced where W F(m, K) + β = 0, with b = U β. It is a network prepared for all that
// is asked of it, once a call.
type manifold struct {
	network *bnn.Network
	rank    int
	b       *mat.Dense // B, populations × populations
	u       *mat.Dense // U, populations × rank
	w       *mat.Dense // W, rank × populations

	complement *mat.Dense // orthonormal, orthogonal to U: populations × (populations − rank)
	squares    *mat.Dense // q_b J_ab², populations × populations

	recent []expected // the last one of each population
}

// rankTolerance is the size, relative to the largest, of a singular value that
// counts as zero: well above the rounding of weights typed as decimals.
const rankTolerance = 1e-10

// newManifold prepares a network that is valid. The error is the cause of the context, or
// tells that there is no decomposition.
func newManifold(ctx context.Context, network *bnn.Network) (*manifold, error) {
	return abandonable(ctx, func() (*manifold, error) { return decompose(network) })
}

func decompose(network *bnn.Network) (*manifold, error) {
	p := len(network.Populations)
	b, squares := mat.NewDense(p, p, nil), mat.NewDense(p, p, nil)
	for a, row := range network.Weights {
		for c, weight := range row {
			b.Set(a, c, network.Populations[c].Size*weight)
			squares.Set(a, c, network.Populations[c].Size*weight*weight)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(b, mat.SVDThin) {
		return nil, fmt.Errorf("the singular values of the weights could not be computed")
	}
	values := svd.Values(nil)
	m := &manifold{network: network, b: b, squares: squares, rank: svd.Rank(rankTolerance), recent: nothingExpected(p)}
	if m.rank == 0 {
		m.complement = mat.NewDense(p, p, nil)
		for a := range p {
			m.complement.Set(a, a, 1)
		}
		return m, nil
	}
	var left, right mat.Dense
	svd.UTo(&left)
	svd.VTo(&right)
	m.u = mat.DenseCopyOf(left.Slice(0, p, 0, m.rank))
	if m.rank < p {
		m.complement = mat.DenseCopyOf(left.Slice(0, p, m.rank, p))
	}
	m.w = mat.DenseCopyOf(right.Slice(0, p, 0, m.rank).T())
	for i := range m.rank {
		for c := range p {
			m.w.Set(i, c, values[i]*m.w.At(i, c))
		}
	}
	return m, nil
}

// rangeTolerance is the part of the feedforward drive that may lie outside the
// range of the weights, relative to the drive: rounding.
const rangeTolerance = 1e-9

// drive returns b(t), one value a population.
func (m *manifold) drive(t float64) []float64 {
	return m.feedforward(func(s bnn.Stimulus) float64 { return s.At(t) })
}

func (m *manifold) feedforward(value func(bnn.Stimulus) float64) []float64 {
	b := make([]float64, len(m.network.Populations))
	m.addFeedforward(b, value)
	return b
}

// addFeedforward adds to each population what the sources send it.
func (m *manifold) addFeedforward(b []float64, value func(bnn.Stimulus) float64) {
	for _, source := range m.network.Feedforward {
		rate := value(source.Rate)
		for a, weight := range source.Weights {
			b[a] += source.Size * weight * rate
		}
	}
}

// coordinates returns Uᵀx, so that x = U·coordinates for an x in the range of B.
func (m *manifold) coordinates(x []float64) []float64 {
	beta := make([]float64, m.rank)
	m.fillCoordinates(beta, x)
	return beta
}

// fillCoordinates writes Uᵀx into beta.
func (m *manifold) fillCoordinates(beta, x []float64) {
	clear(beta)
	if m.rank == 0 {
		return
	}
	for a, value := range x {
		for i, entry := range m.u.RawRowView(a) {
			beta[i] += entry * value
		}
	}
}

// along returns U·s, one value a population.
func (m *manifold) along(s []float64) []float64 {
	x := make([]float64, len(m.network.Populations))
	m.fillAlong(x, s)
	return x
}

// fillAlong writes U·s into x.
func (m *manifold) fillAlong(x, s []float64) {
	clear(x)
	if m.rank == 0 {
		return
	}
	for a := range x {
		for i, entry := range m.u.RawRowView(a) {
			x[a] += entry * s[i]
		}
	}
}

// unbalanceable returns the size of the part of b that lies outside the range of
// B, or 0 if it is rounding.
func (m *manifold) unbalanceable(b []float64) float64 {
	inside := m.along(m.coordinates(b))
	outside := 0.0
	for a := range b {
		outside = math.Hypot(outside, b[a]-inside[a])
	}
	if outside <= rangeTolerance*norm(b) {
		return 0
	}
	return outside
}

// imbalance returns W F + β with β = Uᵀb.
func (m *manifold) imbalance(e []bnn.Expectation, b []float64) []float64 {
	g := make([]float64, m.rank)
	m.fillImbalance(g, e, b)
	return g
}

// fillImbalance writes it into g.
func (m *manifold) fillImbalance(g []float64, e []bnn.Expectation, b []float64) {
	m.fillCoordinates(g, b)
	for i := range g {
		for c, entry := range m.w.RawRowView(i) {
			g[i] += entry * e[c].Value
		}
	}
}

// sensitivity returns S = W diag(F′) U.
func (m *manifold) sensitivity(e []bnn.Expectation) *mat.Dense {
	s := mat.NewDense(m.rank, m.rank, nil)
	m.fillSensitivity(s, e)
	return s
}

// fillSensitivity writes S into a matrix of rank × rank.
func (m *manifold) fillSensitivity(s *mat.Dense, e []bnn.Expectation) {
	const many = 16 // from where on products by blocks are faster
	if m.rank >= many {
		scaled := mat.DenseCopyOf(m.w)
		for i := range m.rank {
			for c := range e {
				scaled.Set(i, c, scaled.At(i, c)*e[c].First)
			}
		}
		s.Mul(scaled, m.u)
		return
	}
	for i := range m.rank {
		for j := range m.rank {
			sum := 0.0
			for c := range e {
				sum += m.w.At(i, c) * e[c].First * m.u.At(c, j)
			}
			s.Set(i, j, sum)
		}
	}
}

// stability returns the largest real part of the eigenvalues of S, or 0 when the
// rank is 0.
func (m *manifold) stability(e []bnn.Expectation) float64 { return real(m.leading(e)) }

// residual returns ‖B F + b‖.
func (m *manifold) residual(e []bnn.Expectation, b []float64) float64 {
	sum := 0.0
	for a := range b {
		input := b[a]
		for c, entry := range m.b.RawRowView(a) {
			input += entry * e[c].Value
		}
		sum = math.Hypot(sum, input)
	}
	return sum
}

// norm returns the Euclidean norm of x.
func norm(x []float64) float64 {
	return floats.Norm(x, 2)
}

// Rank returns the rank of the weights B of a network: how many combinations of the
// inputs have to cancel (theory.md §2). Singular values below 1e-10 of the largest
// count as zero.
func Rank(network *bnn.Network) (int, error) {
	if err := network.Validate(); err != nil {
		return 0, err
	}
	m, err := decompose(network)
	if err != nil {
		return 0, err
	}
	return m.rank, nil
}
