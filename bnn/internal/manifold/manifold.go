package manifold

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// A Manifold is the balanced manifold of theory.md §2: B = U W with orthonormal columns in U,
// from the singular value decomposition B = U Σ Vᵀ and W = Σ Vᵀ; the potentials
// are balanced where W F(m, K) + β = 0, with b = U β. It is a network prepared for all that
// is asked of it, once a call.
type Manifold struct {
	Network *bnn.Network
	Rank    int
	B       *mat.Dense // q_b J_ab, populations × populations
	U       *mat.Dense // populations × rank
	W       *mat.Dense // rank × populations

	Complement *mat.Dense // orthonormal, orthogonal to U: populations × (populations − rank)
	Squares    *mat.Dense // q_b J_ab², populations × populations

	recent []expected // the last one of each population
}

// rankTolerance is the size, relative to the largest, of a singular value that
// counts as zero: well above the rounding of weights typed as decimals.
const rankTolerance = 1e-10

// New prepares a network that is valid. The error is the cause of the context, or
// tells that there is no decomposition.
func New(ctx context.Context, network *bnn.Network) (*Manifold, error) {
	return linear.Abandonable(ctx, func() (*Manifold, error) { return Decompose(network) })
}

// Decompose is New for small networks, whose decomposition no context has to end.
func Decompose(network *bnn.Network) (*Manifold, error) {
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
	m := &Manifold{Network: network, B: b, Squares: squares, Rank: svd.Rank(rankTolerance), recent: nothingExpected(p)}
	if m.Rank == 0 {
		m.Complement = mat.NewDense(p, p, nil)
		for a := range p {
			m.Complement.Set(a, a, 1)
		}
		return m, nil
	}
	var left, right mat.Dense
	svd.UTo(&left)
	svd.VTo(&right)
	m.U = mat.DenseCopyOf(left.Slice(0, p, 0, m.Rank))
	if m.Rank < p {
		m.Complement = mat.DenseCopyOf(left.Slice(0, p, m.Rank, p))
	}
	m.W = mat.DenseCopyOf(right.Slice(0, p, 0, m.Rank).T())
	for i := range m.Rank {
		for c := range p {
			m.W.Set(i, c, values[i]*m.W.At(i, c))
		}
	}
	return m, nil
}

// rangeTolerance is the part of the feedforward drive that may lie outside the
// range of the weights, relative to the drive: rounding.
const rangeTolerance = 1e-9

// Drive returns b(t), one value a population.
func (m *Manifold) Drive(t float64) []float64 {
	return m.feedforward(func(s bnn.Stimulus) float64 { return s.At(t) })
}

func (m *Manifold) feedforward(value func(bnn.Stimulus) float64) []float64 {
	b := make([]float64, len(m.Network.Populations))
	m.AddFeedforward(b, value)
	return b
}

// AddFeedforward adds to each population what the sources send it.
func (m *Manifold) AddFeedforward(b []float64, value func(bnn.Stimulus) float64) {
	for _, source := range m.Network.Feedforward {
		rate := value(source.Rate)
		for a, weight := range source.Weights {
			b[a] += source.Size * weight * rate
		}
	}
}

// Coordinates returns Uᵀx, so that x = U·coordinates for an x in the range of B.
func (m *Manifold) Coordinates(x []float64) []float64 {
	beta := make([]float64, m.Rank)
	m.FillCoordinates(beta, x)
	return beta
}

// FillCoordinates writes Uᵀx into beta.
func (m *Manifold) FillCoordinates(beta, x []float64) {
	clear(beta)
	if m.Rank == 0 {
		return
	}
	for a, value := range x {
		for i, entry := range m.U.RawRowView(a) {
			beta[i] += entry * value
		}
	}
}

// Along returns U·s, one value a population.
func (m *Manifold) Along(s []float64) []float64 {
	x := make([]float64, len(m.Network.Populations))
	m.FillAlong(x, s)
	return x
}

// FillAlong writes U·s into x.
func (m *Manifold) FillAlong(x, s []float64) {
	clear(x)
	if m.Rank == 0 {
		return
	}
	for a := range x {
		for i, entry := range m.U.RawRowView(a) {
			x[a] += entry * s[i]
		}
	}
}

// Unbalanceable returns the size of the part of b that lies outside the range of
// B, or 0 if it is rounding.
func (m *Manifold) Unbalanceable(b []float64) float64 {
	inside := m.Along(m.Coordinates(b))
	outside := 0.0
	for a := range b {
		outside = math.Hypot(outside, b[a]-inside[a])
	}
	if outside <= rangeTolerance*linear.Norm(b) {
		return 0
	}
	return outside
}

// Imbalance returns W F + β with β = Uᵀb.
func (m *Manifold) Imbalance(e []bnn.Expectation, b []float64) []float64 {
	g := make([]float64, m.Rank)
	m.fillImbalance(g, e, b)
	return g
}

// fillImbalance writes it into g.
func (m *Manifold) fillImbalance(g []float64, e []bnn.Expectation, b []float64) {
	m.FillCoordinates(g, b)
	for i := range g {
		for c, entry := range m.W.RawRowView(i) {
			g[i] += entry * e[c].Value
		}
	}
}

// Sensitivity returns S = W diag(F′) U.
func (m *Manifold) Sensitivity(e []bnn.Expectation) *mat.Dense {
	s := mat.NewDense(m.Rank, m.Rank, nil)
	m.FillSensitivity(s, e)
	return s
}

// FillSensitivity writes S into a matrix of rank × rank.
func (m *Manifold) FillSensitivity(s *mat.Dense, e []bnn.Expectation) {
	const many = 16 // from where on products by blocks are faster
	if m.Rank >= many {
		scaled := mat.DenseCopyOf(m.W)
		for i := range m.Rank {
			for c := range e {
				scaled.Set(i, c, scaled.At(i, c)*e[c].First)
			}
		}
		s.Mul(scaled, m.U)
		return
	}
	for i := range m.Rank {
		for j := range m.Rank {
			sum := 0.0
			for c := range e {
				sum += m.W.At(i, c) * e[c].First * m.U.At(c, j)
			}
			s.Set(i, j, sum)
		}
	}
}

// Stability returns the largest real part of the eigenvalues of S, or 0 when the
// rank is 0.
func (m *Manifold) Stability(e []bnn.Expectation) float64 { return real(m.Leading(e)) }

// Residual returns ‖B F + b‖.
func (m *Manifold) Residual(e []bnn.Expectation, b []float64) float64 {
	sum := 0.0
	for a, population := range m.Network.Populations {
		if a > 0 && population.Name == m.Network.Populations[a-1].Name {
			continue // another component of the same population (theory.md §13)
		}
		input := b[a]
		for c, entry := range m.B.RawRowView(a) {
			input += entry * e[c].Value
		}
		sum = math.Hypot(sum, input)
	}
	return sum
}

// Leading returns the leading eigenvalue of S, or 0 when the rank is 0.
func (m *Manifold) Leading(e []bnn.Expectation) complex128 {
	switch m.Rank {
	case 0:
		return 0
	case 1: // without a matrix, since it is asked for after every step
		sum := 0.0
		for c, weight := range m.W.RawRowView(0) {
			sum += weight * e[c].First * m.U.At(c, 0)
		}
		return complex(sum, 0)
	}
	return linear.LeadingEigenvalue(m.Sensitivity(e))
}
