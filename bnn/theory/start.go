package theory

import (
	"context"

	"balanced/bnn"
)

// Start returns the means from which a network starts, at any size: its initial law does
// not depend on n, and if it asks to be projected it is so onto the balanced manifold of the
// limit. The error is a *NotBalancedError when that cannot be, or the cause of the context.
func Start(ctx context.Context, network *bnn.Network) ([]float64, error) {
	initial := network.Initial
	if !initial.OnManifold {
		return initial.Mean, nil
	}
	m, err := newManifold(ctx, network)
	if err != nil {
		return nil, err
	}
	return m.start(ctx)
}

// start is Start on the manifold of the limit.
func (m *manifold) start(ctx context.Context) ([]float64, error) {
	initial := m.network.Initial
	if !initial.OnManifold {
		return initial.Mean, nil
	}
	return m.project(ctx, 0, initial.Mean, initial.Variance)
}
