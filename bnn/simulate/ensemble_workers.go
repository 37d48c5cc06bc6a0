package simulate

import (
	"context"
	"sync"
	"time"
)

// A replicaFunc computes something of a replica, as a flat list.
type replicaFunc func(ctx context.Context, replica int) ([]float64, error)

// inOrder computes all replicas from a number on on the workers and hands the results to
// take in the order of their numbers. At most two replicas a worker are ahead of the next one to
// take, so that memory does not grow with the number of replicas. Once take returns false, or
// panics, the others are left where they are.
func (e Ensemble) inOrder(ctx context.Context, from int, compute replicaFunc, take func([]float64) bool) error {
	workers := min(e.workers(), e.Replicas-from)
	outside := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	watches := &watches{replicas: e.Replicas, report: e.Progress, finished: from, kept: from}

	type result struct {
		replica  int
		measured []float64
	}
	tickets := make(chan int)
	ahead := make(chan struct{}, 2*workers)
	results := make(chan result)
	var running sync.WaitGroup
	running.Go(func() {
		defer close(tickets)
		for replica := from; replica < e.Replicas; replica++ {
			select {
			case ahead <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case tickets <- replica:
			case <-ctx.Done():
				return
			}
		}
	})
	for range workers {
		running.Go(func() {
			for replica := range tickets {
				watch := watches.begin(replica)
				measured, err := compute(withWatch(ctx, watch), replica)
				watches.end(watch, err)
				if err != nil {
					cancel(err)
					return
				}
				select {
				case results <- result{replica, measured}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		running.Wait()
		close(results)
	}()

	// However this ends, no worker outlives it.
	defer func() {
		cancel(nil)
		for range results {
		}
	}()

	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	waiting := map[int][]float64{}
	next := from
	for open := true; open; {
		var r result
		select {
		case <-ticker.C:
			watches.look()
			continue
		case r, open = <-results:
		}
		if !open {
			break
		}
		watches.count()
		waiting[r.replica] = r.measured
		for measured, ok := waiting[next]; ok; measured, ok = waiting[next] {
			if !take(measured) {
				return errEnough
			}
			delete(waiting, next)
			<-ahead
			next++
		}
	}
	switch {
	case next == e.Replicas:
		return nil
	case outside.Err() != nil && context.Cause(ctx) == context.Cause(outside):
		return watches.interrupted(context.Cause(outside), e.Store != nil)
	}
	return context.Cause(ctx)
}
