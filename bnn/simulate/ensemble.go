package simulate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"

	"balanced/bnn"
	"balanced/bnn/internal/random"
	"balanced/bnn/store"
)

// An Ensemble is a number of independent replicas of a network at one size, and how
// to run them. The same Network, N, Replicas, Seed and times give the same bytes for
// any number of workers.
type Ensemble struct {
	Network  *bnn.Network
	N        int    // size n ≥ 1: population a has round(q_a n) neurons, at least 2
	Replicas int    // ≥ 1
	Seed     uint64 // replicas of different seeds are independent
	Method   Method // nil for Exact
	Workers  int    // processors used at once; 0 for all
	Force    bool   // also what Cost says this machine cannot do

	// Store, if not nil, keeps each finished replica; asked again, it is read instead of
	// simulated. One that lasts longer than half a minute leaves checkpoints there, from
	// which the next run goes on if this one is stopped or killed. The result is the same.
	Store *store.Store
	// Progress, if not nil, is called after each replica and several times a second while
	// one is under way, never twice at once.
	Progress func(Progress)
}

// A Summary is what an Ensemble found: averages over its replicas of what each
// measured.
type Summary struct {
	N, Replicas int
	Seed        uint64
	Step        float64 // the longest step of a leap, 0 for exact methods
	Steps       int     // so many of them took each replica to its end; 0 for exact methods

	// Engine is what ran: "thinning" or "plain" for Exact, and for other methods their name.
	// Fallback tells why it was not the one that the method is made for, "" if it was.
	Engine, Fallback string

	// Moments are averages over replicas of the empirical mean, the unbiased variance,
	// the unbiased third cumulant (see MomentRecorder) and the empirical rate of each population.
	bnn.Moments
	// StandardError holds the standard errors of these averages; NaN for a single
	// replica, which cannot tell.
	StandardError bnn.Moments

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
// a *CostError before anything is allocated, unless Force is set, a *NotBalancedError when
// the start cannot be projected, one of the store, or an *InterruptedError with the cause
// of the context. There is no summary then, but finished replicas are in the store, and
// checkpoints of long ones that were not.
func (e Ensemble) Run(ctx context.Context, times []float64) (*Summary, error) {
	plan, engine, err := e.prepare(ctx, times, nil)
	if err != nil {
		return nil, err
	}
	fold := newAverages(plan)
	err = e.collect(ctx, e.moments(plan, engine), func(measured []float64) bool { fold.add(measured); return true })
	if err != nil {
		return nil, err
	}
	return fold.summary(e, engine), nil
}

// check refuses numbers that no network and no times make right.
func (e Ensemble) check() error {
	if e.Network == nil {
		return &bnn.InputError{Path: "network", Value: "nil", Allowed: "a network"}
	}
	if e.Replicas < 1 {
		return &bnn.InputError{Path: "replicas", Value: fmt.Sprint(e.Replicas), Allowed: "a whole number ≥ 1"}
	}
	if e.Workers < 0 {
		return &bnn.InputError{Path: "workers", Value: fmt.Sprint(e.Workers), Allowed: "a whole number ≥ 0"}
	}
	return nil
}

// prepare checks the ensemble, refuses what this machine cannot do, unless it is forced, and
// makes the method ready: once for all replicas. What is asked may need more bytes than Run;
// nil for no more.
func (e Ensemble) prepare(ctx context.Context, times []float64, more func(*plan) float64) (*plan, *engine, error) {
	if err := e.check(); err != nil {
		return nil, nil, err
	}
	plan, err := sizedPlan(e.Network, e.N, times)
	if err != nil {
		return nil, nil, err
	}
	cost, err := e.cost(plan)
	if err != nil {
		return nil, nil, err
	}
	if more != nil {
		cost.Bytes += more(plan)
	}
	if err := cost.Check(e.Force); err != nil {
		return nil, nil, err
	}
	if err := plan.begin(ctx); err != nil {
		return nil, nil, err
	}
	method := e.Method
	if method == nil {
		method = Exact{}
	}
	// Processors that have no replica of their own help with one.
	engine, err := method.prepare(ctx, plan, max(1, e.workers()/e.Replicas))
	return plan, engine, err
}

// workers is the number of processors to use.
func (e Ensemble) workers() int {
	if e.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return e.Workers
}

// simulate runs a replica and shows it to the recorders. If the watch in ctx has found a
// checkpoint the replica goes on from there; if that turns out to be of no use, it starts
// again.
func (e Ensemble) simulate(ctx context.Context, plan *plan, engine *engine, replica int, recorders []Recorder) error {
	watch := watchOf(ctx)
	run := func() error {
		source := random.NewSource(e.Seed, plan.fingerprint, e.N, replica)
		watch.begin(plan.times[len(plan.times)-1], source, recorders)
		return engine.simulate(ctx, plan, rand.New(source), recorders)
	}
	err := run()
	var foreign *checkpointError
	if errors.As(err, &foreign) {
		if err := watch.rejectFound(foreign.reason); err != nil {
			return err
		}
		err = run()
	}
	return err
}
