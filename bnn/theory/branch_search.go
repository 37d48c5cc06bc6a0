package theory

import (
	"context"
	"math"

	"balanced/bnn/internal/equations"
	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/stationary"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// search looks for stationary states of a finite network from points spread over the potentials
// and variances that it can have, and returns those that the finite-n equations describe: of a
// skewness below 1, and with rates that are neither all at their bounds nor all dead.
func (k finiteBranch) search(ctx context.Context, m *manifold.Manifold) ([][]float64, error) {
	const points = 40
	s := stationary.NewSearch(m)
	var found [][]float64
	tried := 0
	for start := range s.Scattered() {
		if tried++; tried > points {
			break
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		x := equations.NewFiniteAtRest(m, k.rootN).Start(s.Means(start[:m.Rank]), start[m.Rank:])
		if k.newton(m, x) && k.describes(m, x) {
			found = append(found, x)
		}
	}
	return found, nil
}

// newton solves the equations by Newton's method from x, with steps that keep half of each
// variance at least.
func (k finiteBranch) newton(m *manifold.Manifold, x []float64) bool {
	const iterations, tolerance = 30, 1e-12
	d, p := len(x), len(m.Network.Populations)
	value, jacobian, factors := make([]float64, d), mat.NewDense(d, d, nil), linear.New(d)
	for range iterations {
		k.equations(m, x, value, jacobian)
		factors.Matrix.Copy(jacobian)
		factors.Factorise()
		if !factors.Solve(value) || !numbers.Finite(value...) {
			return false
		}
		share := 1.0
		for a := range p {
			if step := value[p+a]; step > x[p+a]/2 {
				share = math.Min(share, x[p+a]/2/step)
			}
		}
		floats.AddScaled(x, -share, value)
		if share == 1 && floats.Norm(value, 2) <= tolerance*(1+floats.Norm(x, 2)) {
			return true
		}
	}
	return false
}

// describes tells whether the finite-n equations mean something at a state.
func (k finiteBranch) describes(m *manifold.Manifold, x []float64) bool {
	const least = 1e-12
	p := len(m.Network.Populations)
	dead, full := true, true
	_, rates := equations.NewFiniteAtRest(m, k.rootN).Evaluate(0, x)
	for a, rate := range rates {
		if math.Abs(x[2*p+a]) > equations.SkewnessOne(x[p+a]) {
			return false
		}
		bound := m.Network.Populations[a].Rate.Bound()
		dead, full = dead && rate < least*bound, full && rate > (1-least)*bound
	}
	return !dead && !full
}
