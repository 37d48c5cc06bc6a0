package theory

import (
	"context"
	"errors"
	"math"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/continuation"
	"balanced/bnn/internal/equations"

	"gonum.org/v1/gonum/mat"
)

// seeds follows the states of the limit to size n, and searches for states at size n that the
// limit does not have.
func (k finiteBranch) seeds(ctx context.Context, f *family, value float64) ([][]float64, error) {
	m, err := k.network(f, value)
	if err != nil {
		return nil, err
	}
	states, err := StationaryStates(ctx, m.Network)
	var none *NotBalancedError
	if errors.As(err, &none) { // rounded sizes may turn the drive of several sources out of the range
		var exact *bnn.Network
		if exact, err = f.network(value); err == nil {
			states, err = StationaryStates(ctx, exact)
		}
	}
	if err != nil && !errors.As(err, &none) {
		return nil, err
	}
	var seeds [][]float64
	add := func(seed []float64) {
		p := len(m.Network.Populations)
		if !slices.ContainsFunc(seeds, func(other []float64) bool {
			return BalancedState{Mean: other[:p], Variance: other[p : 2*p]}.near(seed[:p], seed[p:2*p])
		}) {
			seeds = append(seeds, seed)
		}
	}
	for _, state := range states {
		limit := equations.NewFiniteAtRest(m, k.rootN).Start(state.Mean, state.Variance)
		found, err := k.fromLimit(ctx, newBranchTracer(f, k, limit), limit, value)
		if err != nil {
			return nil, err
		}
		for _, seed := range found {
			add(seed)
		}
	}
	found, searchErr := k.search(ctx, m)
	for _, seed := range found {
		add(seed)
	}
	if searchErr != nil || len(seeds) > 0 {
		return seeds, searchErr
	}
	return nil, err
}

// fromLimit follows a state of the limit along n^{-1/2} and returns the states where the curve
// passes size n: none if it turns back to the limit before, more than one if it turns behind.
func (k finiteBranch) fromLimit(ctx context.Context, t *branchTracer, limit []float64, value float64) ([][]float64, error) {
	const infinite, beyond, steps = 1e-6, 2, 500
	m, err := k.network(t.family, value)
	if err != nil {
		return nil, err
	}
	d, p, end := len(limit), len(m.Network.Populations), 1/k.rootN
	strength := func(z float64) finiteBranch { return finiteBranch{k.n, 1 / z} }
	low, high, unused := make([]float64, d), make([]float64, d), mat.NewDense(d, d, nil)
	problem := &continuation.Problem{
		Unknowns: d,
		Equations: func(z, value []float64, jacobian *mat.Dense) error {
			if z[d] <= 0 {
				return errOutside
			}
			if slices.Min(z[p:2*p]) < 0 {
				return errNegativeVariance
			}
			strength(z[d]).equations(m, z[:d], value, jacobian)
			return nil
		},
		ByParameter: func(z, derivative []float64) error {
			const step = 1e-4
			strength(z[d]*(1-step)).equations(m, z[:d], low, unused)
			strength(z[d]*(1+step)).equations(m, z[:d], high, unused)
			for i := range derivative {
				derivative[i] = (high[i] - low[i]) / (2 * step * z[d])
			}
			return nil
		},
		Scale: slices.Clone(t.Scale),
	}
	problem.Scale[d] = end
	curve := continuation.Curve[struct{}]{Problem: problem, Longest: 0.2, Label: func(_, _ []float64) (struct{}, float64, error) { return struct{}{}, 0, nil }}
	z := append(slices.Clone(limit), math.Min(infinite, end))
	if problem.At(z) != nil {
		return nil, nil
	}
	along := make([]float64, d+1)
	along[d] = end
	at, err := curve.Start(z, along)
	if err != nil {
		return nil, nil
	}
	var found [][]float64
	if z[d] == end {
		return append(found, z[:d]), nil
	}
	length := 0.05
	for range steps {
		next, longer, err := curve.Next(ctx, at, length)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			break
		}
		if (at.Z[d]-end)*(next.Z[d]-end) <= 0 {
			share := (end - at.Z[d]) / (next.Z[d] - at.Z[d])
			z := slices.Clone(at.Z)
			for i := range d {
				z[i] += share * (next.Z[i] - z[i])
			}
			if z[d] = end; problem.At(z) == nil {
				found = append(found, z[:d])
			}
		}
		if next.Z[d] < infinite || next.Z[d] > beyond*end {
			break
		}
		at, length = next, longer
	}
	return found, nil
}
