package manifold

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/linear"
)

// Polish moves means that are nearly balanced onto the manifold, along U, by
// Newton's method. It returns false when the iteration does not converge, as in the
// tail of a sigmoid where each step is as long as the one before.
func (m *Manifold) Polish(b, mean, variance []float64) ([]float64, bool) {
	x := append([]float64(nil), mean...)
	if m.Rank == 0 {
		return x, true
	}
	s, e := linear.New(m.Rank), make([]bnn.Expectation, len(x))
	step, moves := make([]float64, m.Rank), make([]float64, len(x))
	previous := math.Inf(1)
	for range 50 {
		m.FillExpectations(e, x, variance)
		m.fillImbalance(step, e, b)
		m.FillSensitivity(s.Matrix, e)
		s.Factorise()
		if !s.Solve(step) {
			return x, false
		}
		size := linear.Norm(step)
		if size > 1+linear.Norm(x) {
			return x, false
		}
		m.FillAlong(moves, step)
		for a, move := range moves {
			x[a] -= move
		}
		// Quadratic convergence ends in rounding, where a step no longer shrinks; from a very
		// short one the next would be rounding.
		if size <= 1e-11*(1+linear.Norm(x)) {
			return x, true
		}
		if size <= 1e-9*(1+linear.Norm(x)) && (size == 0 || size >= previous/4) {
			return x, true
		}
		previous = size
	}
	return x, previous <= 1e-12*(1+linear.Norm(x))
}

// Saturated tells whether no population answers to its mean, where it could: by more than the
// error of its expectation.
func (m *Manifold) Saturated(e []bnn.Expectation) bool {
	for b, population := range m.Network.Populations {
		leastGain := 1e-12
		if _, own := population.Rate.(bnn.ExpectedRate); !own {
			leastGain = 1e-9
		}
		if math.Abs(e[b].First) > leastGain*population.Rate.Bound() {
			return false
		}
	}
	return m.Rank > 0
}
