package bnn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"time"
)

// An Ensemble is a number of independent replicas of a network at one size, and how
// to run them. The same Network, N, Replicas, Seed and times give the same bytes for
// any number of workers.
type Ensemble struct {
	Network  *Network
	N        int    // size n ≥ 1: population a has round(q_a n) neurons, at least 2
	Replicas int    // ≥ 1
	Seed     uint64 // replicas of different seeds are independent
	Method   Method // nil for Exact
	Workers  int    // processors used at once; 0 for all

	// Store, if not nil, keeps each finished replica; asked again, it is read instead of
	// simulated. The result is the same.
	Store *Store
	// Progress, if not nil, is called after each replica, never twice at once.
	Progress func(Progress)
}

// Progress tells how far an Ensemble is.
type Progress struct {
	Finished, Replicas int
	PerSecond          float64       // replicas finished a second, so far
	Left               time.Duration // until the end, at this rate
}

// A Summary is what an Ensemble found: averages over its replicas of what each
// measured.
type Summary struct {
	N, Replicas int
	Seed        uint64
	Step        float64 // the step of a leap, 0 for exact methods

	// Moments are averages over replicas of the empirical mean, the unbiased variance,
	// the third central moment and the empirical rate of each population.
	Moments
	// StandardError holds the standard errors of these averages; NaN for a single
	// replica, which cannot tell.
	StandardError Moments

	// Spikes is the number of spikes since time 0, averaged over replicas, by time,
	// target population and source population; SourceSpikes that of the feedforward
	// sources. SpikesError and SourceSpikesError are their standard errors.
	Spikes, SpikesError             [][][]float64
	SourceSpikes, SourceSpikesError [][][]float64
}

// Run simulates all replicas from time 0 to the last of the given times, and averages
// what they measure at each, in the order of the replicas' numbers. The start is the
// initial law of the network, projected onto the balanced manifold if it asks for that.
// The cost of a replica is told by its Method; memory is one replica a worker besides
// the result, however many replicas there are.
//
// The first error of a replica, or the end of the context, ends the run: an *InputError,
// a *NotBalancedError when the start cannot be projected, one of the store, or the cause
// of the context. There is no summary then, but finished replicas are in the store.
func (e Ensemble) Run(ctx context.Context, times []float64) (*Summary, error) {
	plan, engine, err := e.prepare(times)
	if err != nil {
		return nil, err
	}
	compute := func(ctx context.Context, replica int) ([]float64, error) {
		return e.measure(ctx, plan, engine, replica)
	}
	if e.Store != nil {
		if compute, err = e.stored(plan, engine, compute); err != nil {
			return nil, err
		}
	}
	fold := newAverages(plan)
	err = e.inOrder(ctx, compute, fold.add)
	if err != nil {
		return nil, err
	}
	return fold.summary(e, engine.step), nil
}

// prepare checks the ensemble and makes its method ready.
func (e Ensemble) prepare(times []float64) (*plan, *engine, error) {
	if e.Network == nil {
		return nil, nil, &InputError{Path: "network", Value: "nil", Allowed: "a network"}
	}
	if e.Replicas < 1 {
		return nil, nil, &InputError{Path: "replicas", Value: fmt.Sprint(e.Replicas), Allowed: "a whole number ≥ 1"}
	}
	if e.Workers < 0 {
		return nil, nil, &InputError{Path: "workers", Value: fmt.Sprint(e.Workers), Allowed: "a whole number ≥ 0"}
	}
	plan, err := newPlan(e.Network, e.N, times)
	if err != nil {
		return nil, nil, err
	}
	method := e.Method
	if method == nil {
		method = Exact{}
	}
	// Processors that have no replica of their own help with one.
	engine, err := method.prepare(plan, max(1, e.workers()/e.Replicas))
	return plan, engine, err
}

// workers is the number of processors to use.
func (e Ensemble) workers() int {
	if e.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return e.Workers
}

// random is the stream of a replica.
func (e Ensemble) random(replica int) *rand.Rand {
	return newRandom(e.Seed, e.Network.Fingerprint(), e.N, replica)
}

// stored wraps the computation of replicas by the store.
func (e Ensemble) stored(plan *plan, engine *engine, compute func(context.Context, int) ([]float64, error)) (func(context.Context, int) ([]float64, error), error) {
	shelf, err := e.Store.open(recipe{Format: storeFormat, Method: engine.identity, Network: e.Network.Fingerprint(), N: e.N, Seed: e.Seed, Times: plan.times}, e.Network)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, replica int) ([]float64, error) {
		measured, err := shelf.read(replica, plan.measurements())
		if measured != nil || err != nil {
			return measured, err
		}
		if measured, err = compute(ctx, replica); err != nil {
			return nil, err
		}
		return measured, shelf.write(replica, measured)
	}, nil
}

// measurements is the number of values that one replica gives.
func (p *plan) measurements() int {
	populations := len(p.counts)
	return len(p.times) * populations * (4 + populations + len(p.sources))
}

// measure runs one replica and returns its measurements, in the order of layout.
func (e Ensemble) measure(ctx context.Context, plan *plan, engine *engine, replica int) ([]float64, error) {
	var moments MomentRecorder
	var spikes SpikeRecorder
	if err := engine.simulate(ctx, plan, e.random(replica), []Recorder{&moments, &spikes}); err != nil {
		return nil, err
	}
	var measured []float64
	for _, table := range moments.tables() {
		for _, row := range table {
			measured = append(measured, row...)
		}
	}
	for _, counts := range [2][][][]int64{spikes.Spikes, spikes.SourceSpikes} {
		for _, table := range counts {
			for _, row := range table {
				for _, count := range row {
					measured = append(measured, float64(count))
				}
			}
		}
	}
	return measured, nil
}

// inOrder computes all replicas on the workers and hands the results to take in the
// order of their numbers. At most two replicas a worker are ahead of the next one to
// take, so that memory does not grow with the number of replicas.
func (e Ensemble) inOrder(ctx context.Context, compute func(context.Context, int) ([]float64, error), take func([]float64)) error {
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
			rate := float64(finished) / max(time.Since(begin), time.Nanosecond).Seconds()
			left := time.Duration(float64(e.Replicas-finished) / rate * float64(time.Second))
			e.Progress(Progress{Finished: finished, Replicas: e.Replicas, PerSecond: rate, Left: left})
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
