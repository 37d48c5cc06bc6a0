package theory

import (
	"context"

	"balanced/bnn"
	"balanced/bnn/internal/manifold"
)

// Start returns the means from which a network starts, at any size, those of its populations if
// it starts from a mixture, whose components move together: its initial law does
// not depend on n, and if it asks to be projected it is so onto the balanced manifold of the
// limit. The error is a *NotBalancedError when that cannot be, or the cause of the context.
func Start(ctx context.Context, network *bnn.Network) ([]float64, error) {
	initial := network.Initial
	if !initial.OnManifold {
		return initial.Mean, nil
	}
	mixture := newMixture(network)
	m, err := manifold.New(ctx, mixture.parts)
	if err != nil {
		return nil, err
	}
	mean, err := startOn(ctx, m)
	if err != nil {
		return nil, mixture.tell(err)
	}
	return mixture.average(mean), nil
}

// startOn is Start on the manifold of the limit.
func startOn(ctx context.Context, m *manifold.Manifold) ([]float64, error) {
	initial := m.Network.Initial
	if !initial.OnManifold {
		return initial.Mean, nil
	}
	return project(ctx, m, 0, initial.Mean, initial.Variance)
}
