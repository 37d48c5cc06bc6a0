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
	return store.Recipe{Kind: "replica", Method: engine.identity, Network: plan.fingerprint, N: e.N, Seed: e.Seed, Times: plan.times, Start: plan.startMean, Keeps: keeps}
}

// errEnough is the end of an ensemble of which no more replicas are wanted.
var errEnough = errors.New("no more replicas are wanted")

// collect computes a quantity of all replicas and hands it to take in the order of their
// numbers, until take returns false; the error is errEnough then, or one of the store. No
// replica is under way any more when it returns, or when take panics.
func (e Ensemble) collect(ctx context.Context, q quantity, take func([]float64) bool) (err error) {
	compute, ahead, err := e.kept(ctx, q, 0, e.Replicas)
	if err != nil {
		return err
	}
	defer func() {
		if closed := ahead.close(); closed != nil {
			if err == errEnough {
				err = closed
			} else {
				err = errors.Join(err, closed)
			}
		}
	}()
	finished, err := e.takeStored(ctx, ahead, take)
	if err == nil && finished < e.Replicas {
		err = e.inOrder(ctx, finished, compute, take)
	}
	return err
}
