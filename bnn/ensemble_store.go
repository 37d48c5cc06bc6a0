package bnn

import (
	"context"
	"sync"
	"time"

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
	network, err := e.Network.MarshalJSON()
	if err != nil {
		return nil, nil, err
	}
	shelf, err := e.Store.Shelf(ctx, q.recipe, store.About{Name: e.Network.Name, Network: network, Version: Version})
	if err != nil {
		return nil, nil, err
	}
	ahead = &readAhead{shelf: shelf, check: q.check, next: from, end: to, found: map[int][]float64{}}
	compute = func(ctx context.Context, replica int) ([]float64, error) {
		values, err := ahead.take(ctx, replica)
		if values != nil || err != nil {
			return values, err
		}
		if err := shelf.Writable(); err != nil {
			return nil, err
		}
		if values, err = q.compute(ctx, replica); err != nil {
			return nil, err
		}
		return values, shelf.WriteNumbers(replica, values)
	}
	return compute, ahead, nil
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
func (e Ensemble) takeStored(ctx context.Context, ahead *readAhead, take func([]float64)) (finished int, err error) {
	if ahead.shelf == nil {
		return 0, nil
	}
	for begin := time.Now(); finished < e.Replicas; {
		if ctx.Err() != nil {
			return finished, context.Cause(ctx)
		}
		values, err := ahead.take(ctx, finished)
		if values == nil || err != nil {
			return finished, err
		}
		take(values)
		finished++
		if e.Progress != nil {
			e.Progress(progressSince(begin, finished, e.Replicas))
		}
	}
	return finished, nil
}

// progressSince is what replicas that took so long tell.
func progressSince(begin time.Time, finished, replicas int) Progress {
	rate := float64(finished) / max(time.Since(begin), time.Nanosecond).Seconds()
	left := time.Duration(float64(replicas-finished) / rate * float64(time.Second))
	return Progress{Finished: finished, Replicas: replicas, PerSecond: rate, Left: left}
}
