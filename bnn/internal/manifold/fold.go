package manifold

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// Singular returns ℓ and v of length 1 for which ℓᵀ S and S v are smallest, or zeros should they not be found.
func (m *Manifold) Singular(e []bnn.Expectation) [2][]float64 {
	var svd mat.SVD
	if !svd.Factorize(m.Sensitivity(e), mat.SVDThin) {
		return [2][]float64{make([]float64, m.Rank), make([]float64, m.Rank)}
	}
	var left, right mat.Dense
	svd.UTo(&left)
	svd.VTo(&right)
	return [2][]float64{mat.Col(nil, m.Rank-1, &left), mat.Col(nil, m.Rank-1, &right)}
}

// WayOut returns where the fast flow leaves a fold, in its coordinates s, so far that it does
// not count as settled. With S v = 0 and ℓᵀ S = 0 the flow along v is that of
//
//	da/dθ = a² ℓᵀ (W diag(F″) (U v)²) / (2 ℓᵀ v),
//
// the normal form of a saddle-node, which leaves to one side only. Across v it relaxes, which
// ℓᵀ does not see.
func (f *FastFlow) WayOut(e []bnn.Expectation, l, v []float64) []float64 {
	s, slope := make([]float64, f.Rank), make([]float64, f.Rank)
	curvature, along := 0.0, 0.0
	moves := f.Along(v)
	for i := range f.Rank {
		along += l[i] * v[i]
		for b, move := range moves {
			curvature += l[i] * f.W.At(i, b) * e[b].Second * move * move
		}
	}
	sign := math.Copysign(1, curvature*along)
	for size := 1e-3 * (1 + linear.Norm(f.mean)); ; size *= 2 {
		push := 0.0
		for i := range s {
			s[i] = sign * size * v[i]
		}
		f.slope(s, slope)
		for i := range s {
			push += l[i] * slope[i]
		}
		if math.Abs(push) > 2*settledFraction*f.scale || size > 1+linear.Norm(f.mean) {
			return s
		}
	}
}
