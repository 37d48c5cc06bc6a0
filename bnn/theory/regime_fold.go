package theory

import (
	"context"
	"errors"
	"fmt"

	"balanced/bnn/internal/linear"
	"balanced/bnn/internal/manifold"
)

// leave follows a network away from the fold at which its balance ended, and completes the
// course.
func leave(ctx context.Context, m *manifold.Manifold, course *Course) error {
	p := projection{Manifold: m, time: course.Time, drive: m.Drive(course.Time), mean: course.Mean, variance: course.Variance}
	flow := m.NewFastFlow(p.drive, p.mean, p.variance)
	e := m.Expectations(p.mean, p.variance)
	across, err := linear.Patiently(ctx, m.Rank, func() [2][]float64 { return m.Singular(e) })
	if err != nil {
		return err
	}
	end, err := flow.Follow(ctx, flow.WayOut(e, across[0], across[1]))
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
