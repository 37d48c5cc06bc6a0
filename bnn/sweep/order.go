package sweep

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"time"
)

// ahead is how many items are under way or wait for one before them: one that takes long
// holds up nobody soon, and memory does not grow with the number of items.
const ahead = 1024

// lookEvery is how often somebody is told how far the work is. It is a variable for tests.
var lookEvery = 200 * time.Millisecond

// workersOf is the number of processors to use.
func workersOf(workers int) int {
	if workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return workers
}

// inOrder computes something of each item on so many workers and hands the results to take,
// in the order of the items, until it returns false; look is called several times a second
// meanwhile, by the same goroutine. The first error of an item, of computing, or the cause of
// the context ends it. No goroutine is left when it returns, or when take panics.
func inOrder[I, O any](ctx context.Context, workers int, items iter.Seq2[I, error], compute func(context.Context, I) (O, error), take func(O) bool, look func()) error {
	ctx, cancel := context.WithCancelCause(ctx)
	type job struct {
		item   I
		result chan O // of one
	}
	work, order := make(chan job), make(chan job, ahead)
	complete := false // written before order is closed
	var running sync.WaitGroup
	running.Go(func() {
		defer close(work)
		defer close(order)
		for item, err := range items {
			if err != nil {
				cancel(err)
				return
			}
			j := job{item, make(chan O, 1)}
			for _, queue := range []chan job{order, work} {
				select {
				case queue <- j:
				case <-ctx.Done():
					return
				}
			}
		}
		complete = true
	})
	for range workersOf(workers) {
		running.Go(func() {
			for j := range work {
				if ctx.Err() != nil {
					return
				}
				result, err := compute(ctx, j.item)
				if err != nil {
					cancel(err)
					return
				}
				j.result <- result
			}
		})
	}
	defer running.Wait()
	defer cancel(nil)
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for j := range order {
		for waiting := true; waiting; {
			select {
			case result := <-j.result:
				if !take(result) {
					return nil
				}
				waiting = false
			case <-ticker.C:
				look()
			case <-ctx.Done():
				// What was finished before the end is taken all the same.
				select {
				case result := <-j.result:
					if !take(result) {
						return nil
					}
					waiting = false
				default:
					return context.Cause(ctx)
				}
			}
		}
	}
	if complete {
		return nil
	}
	return context.Cause(ctx)
}
