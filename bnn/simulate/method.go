package simulate

import (
	"context"
	"math/rand/v2"
)

// A Method is a way to simulate a replica of a network.
type Method interface {
	// prepare makes the method ready for the replicas of a plan, each of which may use
	// so many processors. The context ends long preparations only.
	prepare(ctx context.Context, p *plan, processors int) (*engine, error)
}

// An engine is a method that is ready for the replicas of one plan.
type engine struct {
	// identity names all that determines what a replica is, given its random stream:
	// the method, its version and its parameters; the version counts how moments are
	// estimated, too. The store keeps replicas apart by it, so that a change that gives
	// other bytes has to change it.
	identity string
	name     string  // what runs
	fallback string  // why it is not what the method is made for, "" if it is
	step     float64 // of a leap, 0 for the exact methods
	steps    int     // of a leap
	run      func(ctx context.Context, random *rand.Rand, recorders []Recorder) error
}

// simulate runs one replica and shows it to the recorders.
func (e *engine) simulate(ctx context.Context, p *plan, random *rand.Rand, recorders []Recorder) error {
	for _, recorder := range recorders {
		if err := recorder.Start(p.network, p.counts, p.times); err != nil {
			return err
		}
	}
	return e.run(ctx, random, recorders)
}
