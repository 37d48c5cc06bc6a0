package bnn

import (
	"context"
	"sync"
	"time"
)

// Progress tells how far an Ensemble is.
type Progress struct {
	Finished, Replicas int
	PerSecond          float64       // replicas finished a second, so far
	Left               time.Duration // until the end, at this rate
}

// A replicaFunc computes something of a replica, as a flat list.
type replicaFunc func(ctx context.Context, replica int) ([]float64, error)

// inOrder computes all replicas on the workers and hands the results to take in the
// order of their numbers. At most two replicas a worker are ahead of the next one to
// take, so that memory does not grow with the number of replicas.
func (e Ensemble) inOrder(ctx context.Context, compute replicaFunc, take func([]float64)) error {
	workers := min(e.workers(), e.Replicas)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

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
		for replica := range e.Replicas {
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
				measured, err := compute(ctx, replica)
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

	begin := time.Now()
	waiting := map[int][]float64{}
	next, finished := 0, 0
	for r := range results {
		waiting[r.replica] = r.measured
		finished++
		if e.Progress != nil {
			e.Progress(progressSince(begin, finished, e.Replicas))
		}
		for measured, ok := waiting[next]; ok; measured, ok = waiting[next] {
			take(measured)
			delete(waiting, next)
			<-ahead
			next++
		}
	}
	if next < e.Replicas {
		return context.Cause(ctx)
	}
	return nil
}
