package simulate

import (
	"context"
	"errors"
	"fmt"

	"balanced/bnn/store"
)

// A quantity is what an ensemble computes of each of its replicas.
type quantity struct {
	recipe  store.Recipe                 // what determines it
	check   func(values []float64) error // tells why a list cannot be it
	compute replicaFunc
}

// exactly checks the length of a list.
func exactly(count int) func([]float64) error {
	return func(values []float64) error {
		if len(values) != count {
			return fmt.Errorf("it holds %d values instead of %d", len(values), count)
		}
		return nil
	}
}

// recipe tells the store what is kept of the replicas of a plan; "" for their moments.
func (e Ensemble) recipe(plan *plan, engine *engine, keeps string) store.Recipe {
	return store.Recipe{Kind: "replica", Method: engine.identity, Network: e.Network.Fingerprint(), N: e.N, Seed: e.Seed, Times: plan.times, Start: plan.startMean, Keeps: keeps}
}

// collect computes a quantity of all replicas and hands it to take in the order of their
// numbers.
func (e Ensemble) collect(ctx context.Context, q quantity, take func([]float64)) error {
	compute, ahead, err := e.kept(ctx, q, 0, e.Replicas)
	if err != nil {
		return err
	}
	finished, err := e.takeStored(ctx, ahead, take)
	if err == nil && finished < e.Replicas {
		err = e.inOrder(ctx, finished, compute, take)
	}
	return errors.Join(err, ahead.close())
}
