package simulate

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"balanced/bnn"
	"balanced/bnn/store"
)

// kept wraps the computation of a quantity of the replicas from a number to another by the
// store, if there is one; what it has of them can be read ahead until that is closed.
func (e Ensemble) kept(ctx context.Context, q quantity, from, to int) (compute replicaFunc, ahead *readAhead, err error) {
	if e.Store == nil {
		return q.compute, &readAhead{}, nil
	}
	if q.recipe.Code, err = CodeIdentity(); err != nil {
		return nil, nil, err
	}
	network, err := e.Network.Describe()
	if err != nil {
		return nil, nil, err
	}
	shelf, err := e.Store.Shelf(ctx, q.recipe, store.About{Name: e.Network.Name, Network: network, Version: bnn.Version})
	if err != nil {
		return nil, nil, err
	}
	ahead = &readAhead{shelf: shelf, check: q.check, next: from, end: to, found: map[int][]float64{}}
	compute = func(ctx context.Context, replica int) ([]float64, error) {
		values, err := ahead.take(ctx, replica)
		if values != nil || err != nil {
			return values, err
		}
		if err := errors.Join(shelf.Writable(), e.watched(ctx, shelf, replica)); err != nil {
			return nil, err
		}
		if values, err = q.compute(ctx, replica); err != nil {
			return nil, err
		}
		return values, shelf.WriteNumbers(replica, values)
	}
	return compute, ahead, nil
}

// watched gives the watch of a replica the checkpoint that the store has of it, and a place
// for more.
func (e Ensemble) watched(ctx context.Context, shelf *store.Shelf, replica int) error {
	w := watchOf(ctx)
	if w == nil {
		return nil
	}
	var err error
	if w.found, err = shelf.Checkpoint(ctx, replica); err != nil {
		return err
	}
	report := func(message string) {
		if e.Store.Report != nil {
			e.Store.Report(fmt.Sprintf("replica %d %s", replica, message))
		}
	}
	w.report = report
	// The last checkpoint is made when the context has ended.
	lasting := context.WithoutCancel(ctx)
	w.keep = func(state []byte) error { return shelf.KeepCheckpoint(lasting, replica, state) }
	w.reject = func(reason error) error {
		report(fmt.Sprintf("starts again without its checkpoint: %v", reason))
		return shelf.DropCheckpoint(lasting, replica)
	}
	return nil
}

// A readAhead reads the replicas of a shelf many at a time, for workers that ask for one
// each, about in the order of their numbers. Without a shelf it has none.
type readAhead struct {
	shelf *store.Shelf
	check func([]float64) error // tells why what was read cannot be a replica
	end   int

	mutex sync.Mutex
	next  int // the first that was not looked up
	found map[int][]float64
}

// take returns a replica, or nil if the store does not have it. Each can be asked for once.
func (r *readAhead) take(ctx context.Context, replica int) ([]float64, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for r.next <= replica {
		records, err := r.shelf.ReadNumbers(ctx, r.next, r.end)
		if err != nil {
			return nil, err
		}
		for i, values := range records {
			if values != nil {
				r.found[r.next+i] = values
			}
		}
		r.next += len(records)
	}
	values := r.found[replica]
	delete(r.found, replica)
	if values == nil {
		return nil, nil
	}
	if damage := r.check(values); damage != nil {
		return nil, r.shelf.Reject(ctx, replica, damage)
	}
	return values, nil
}

// close ends the use of the shelf.
func (r *readAhead) close() error {
	if r.shelf == nil {
		return nil
	}
	return r.shelf.Close()
}

// takeStored hands over the replicas that the store has before the first that it has not,
// and tells how many they are: a filled store needs no workers.
func (e Ensemble) takeStored(ctx context.Context, ahead *readAhead, take func([]float64) bool) (finished int, err error) {
	if ahead.shelf == nil {
		return 0, nil
	}
	watches := &watches{replicas: e.Replicas, report: e.Progress}
	for finished < e.Replicas {
		if ctx.Err() != nil {
			watches.kept = finished
			return finished, watches.interrupted(context.Cause(ctx), true)
		}
		values, err := ahead.take(ctx, finished)
		if values == nil || err != nil {
			return finished, err
		}
		finished++
		watches.count()
		if !take(values) {
			return finished, errEnough
		}
	}
	return finished, nil
}
