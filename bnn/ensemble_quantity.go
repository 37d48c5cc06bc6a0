package bnn

import (
	"context"
	"fmt"
)

// A quantity is what an ensemble computes of each of its replicas.
type quantity struct {
	recipe  recipe                       // what determines it
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
func (e Ensemble) recipe(plan *plan, engine *engine, keeps string) recipe {
	return recipe{Format: storeFormat, Method: engine.identity, Network: e.Network.Fingerprint(), N: e.N, Seed: e.Seed, Times: plan.times, Keeps: keeps}
}

// collect computes a quantity of all replicas and hands it to take in the order of their
// numbers.
func (e Ensemble) collect(ctx context.Context, q quantity, take func([]float64)) error {
	compute, err := e.kept(q)
	if err != nil {
		return err
	}
	return e.inOrder(ctx, compute, take)
}

// kept wraps the computation of a quantity by the store, if there is one.
func (e Ensemble) kept(q quantity) (replicaFunc, error) {
	if e.Store == nil {
		return q.compute, nil
	}
	code, err := codeIdentity()
	if err != nil {
		return nil, err
	}
	q.recipe.Code = code
	shelf, err := e.Store.open(q.recipe, e.Network)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, replica int) ([]float64, error) {
		values, err := shelf.read(replica, q.check)
		if values != nil || err != nil {
			return values, err
		}
		if err := shelf.watched(watchOf(ctx), replica); err != nil {
			return nil, err
		}
		if values, err = q.compute(ctx, replica); err != nil {
			return nil, err
		}
		if err := shelf.write(replica, values); err != nil {
			return nil, err
		}
		return values, shelf.dropCheckpoint(replica)
	}, nil
}
