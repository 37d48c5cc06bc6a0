package simulate

import (
	"context"

	"balanced/bnn"
)

// Simulate runs one replica of the network at size n ≥ 1 exactly, from time 0 to the
// last of the given times, and shows its state to the recorders at each of them. The
// start is the initial law of the network, projected onto the balanced manifold if
// the network asks for it. It is the first replica of an Ensemble of the same seed; see
// Ensemble.Replica for others, and for other methods.
//
// The error is an *InputError, a *NotBalancedError when the start cannot be
// projected, or that of the context.
func Simulate(ctx context.Context, network *bnn.Network, n int, seed uint64, times []float64, recorders ...Recorder) error {
	return Ensemble{Network: network, N: n, Replicas: 1, Seed: seed}.Replica(ctx, 0, times, recorders...)
}

// Replica runs one replica of the ensemble, counted from 0, and shows its state to the
// recorders at each of the times. It is the replica that Run would average; the store is
// not used, since it cannot know what recorders want. The errors are those of Run, but for
// the cause of the context, which comes as it is.
func (e Ensemble) Replica(ctx context.Context, replica int, times []float64, recorders ...Recorder) error {
	plan, engine, err := e.prepare(ctx, times, nil)
	if err != nil {
		return err
	}
	if err := bnn.CheckIndex("replica", replica, e.Replicas); err != nil {
		return err
	}
	return e.alone(ctx, func(ctx context.Context) error {
		return e.simulate(ctx, plan, engine, replica, recorders)
	})
}
