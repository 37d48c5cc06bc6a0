package theory

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"balanced/bnn"
)

// leave follows a network away from the fold at which its balance ended, and completes the
// course.
func (m *manifold) leave(ctx context.Context, course *Course) error {
	p := projection{manifold: m, time: course.Time, drive: m.drive(course.Time), mean: course.Mean, variance: course.Variance}
	flow := m.newFastFlow(p.drive, p.mean, p.variance)
	e := m.expectations(p.mean, p.variance)
	across, err := patiently(ctx, m.rank, func() [2][]float64 { return m.singular(e) })
	if err != nil {
		return err
	}
	end, err := flow.follow(ctx, flow.wayOut(e, across[0], across[1]))
	if err != nil {
		return err
	}
	course.NextMean, err = p.arrive(ctx, end)
	var refused *NotBalancedError
	var lost *BalanceLostError
	where := "to another balanced state"
	switch {
	case err == nil:
		course.Next = RegimeBalanced
	case errors.As(err, &refused):
		course.Next, course.NextMean, where = refused.regime(), refused.Mean, refused.Reason
	case errors.As(err, &lost):
		course.Next, course.NextMean, where = Regime(lost.Kind), lost.Mean, lost.Reason
	default:
		return err
	}
	course.Why += fmt.Sprintf("; the network leaves it (%s): %s", course.Next, where)
	return nil
}

// singular returns ℓ and v of length 1 for which ℓᵀ S and S v are smallest, or zeros should they not be found.
func (m *manifold) singular(e []bnn.Expectation) [2][]float64 {
	var svd mat.SVD
	if !svd.Factorize(m.sensitivity(e), mat.SVDThin) {
		return [2][]float64{make([]float64, m.rank), make([]float64, m.rank)}
	}
	var left, right mat.Dense
	svd.UTo(&left)
	svd.VTo(&right)
	return [2][]float64{mat.Col(nil, m.rank-1, &left), mat.Col(nil, m.rank-1, &right)}
}

// wayOut returns where the fast flow leaves a fold, in its coordinates s, so far that it does
// not count as settled. With S v = 0 and ℓᵀ S = 0 the flow along v is that of
//
//	da/dθ = a² ℓᵀ (W diag(F″) (U v)²) / (2 ℓᵀ v),
//
// the normal form of a saddle-node, which leaves to one side only. Across v it relaxes, which
// ℓᵀ does not see.
func (f *fastFlow) wayOut(e []bnn.Expectation, l, v []float64) []float64 {
	s, slope := make([]float64, f.rank), make([]float64, f.rank)
	curvature, along := 0.0, 0.0
	moves := f.along(v)
	for i := range f.rank {
		along += l[i] * v[i]
		for b, move := range moves {
			curvature += l[i] * f.w.At(i, b) * e[b].Second * move * move
		}
	}
	sign := math.Copysign(1, curvature*along)
	for size := 1e-3 * (1 + norm(f.mean)); ; size *= 2 {
		push := 0.0
		for i := range s {
			s[i] = sign * size * v[i]
		}
		f.slope(s, slope)
		for i := range s {
			push += l[i] * slope[i]
		}
		if math.Abs(push) > 2*settledFraction*f.scale || size > 1+norm(f.mean) {
			return s
		}
	}
}
