package equations

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// manyRanks is the rank from which on the limit equations avoid what takes r³ operations at
// every evaluation: S itself, its factors and its eigenvalues. They then use those of an
// earlier moment as long as these serve.
const manyRanks = 64

// nearbyContraction is by how much each correction has to be smaller than the one before,
// for an earlier S to count as near.
const nearbyContraction = 1. / 8

// solveNearby replaces x by S⁻¹x by iterative refinement with the factors of an earlier S₀:
// y ← y + S₀⁻¹(x − S y), without forming S. Corrections that shrink fast tell that
// ‖1 − S₀⁻¹S‖ < 1, and then all matrices between S₀ and S are regular: their determinants
// have one sign. It returns false, with x as it was, if S₀ is not near, or the solution not
// found to 1e-13 of itself.
func (l *Limit) solveNearby(e []bnn.Expectation, x []float64) bool {
	y, left := make([]float64, l.Rank), append([]float64(nil), x...)
	product := mat.NewVecDense(l.Rank, nil)
	inner := mat.NewVecDense(len(e), nil)
	previous := math.Inf(1)
	for {
		if !l.s.Solve(left) {
			return false
		}
		size := linear.Norm(left)
		for i, correction := range left {
			y[i] += correction
		}
		if size <= 1e-15*linear.Norm(y) {
			break
		}
		if size > nearbyContraction*previous {
			if size > 1e-13*linear.Norm(y) {
				return false
			}
			break // rounding
		}
		previous = size
		inner.MulVec(l.U, mat.NewVecDense(l.Rank, y))
		for b, rate := range e {
			inner.SetVec(b, inner.AtVec(b)*rate.First)
		}
		product.MulVec(l.W, inner)
		for i := range left {
			left[i] = x[i] - product.AtVec(i)
		}
	}
	copy(x, y)
	return true
}

// Polish is that of the manifold, with the factors of an earlier S where that is near.
func (l *Limit) Polish(b, mean, variance []float64) ([]float64, bool) {
	if l.Rank < manyRanks || !l.current {
		return l.Manifold.Polish(b, mean, variance)
	}
	x := append([]float64(nil), mean...)
	previous := math.Inf(1)
	for {
		step := l.Imbalance(l.Expectations(x, variance), b)
		if !l.s.Solve(step) {
			break
		}
		size, whole := linear.Norm(step), 1+linear.Norm(x)
		if size > nearbyContraction*previous {
			if size <= 1e-13*whole {
				return x, true // rounding
			}
			break
		}
		for a, move := range l.Along(step) {
			x[a] -= move
		}
		if size <= 1e-15*whole {
			return x, true
		}
		previous = size
	}
	return l.Manifold.Polish(b, mean, variance)
}
