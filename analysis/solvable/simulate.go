package solvable

import (
	"context"

	"balanced/bnn/simulate"
	"balanced/bnn/theory/shotnoise"
)

// Simulate makes runs of an ensemble: the potentials of all neurons of its replicas at some times, and the solution of its
// network. Cost, memory and errors are those of simulate.Ensemble.States and of shotnoise.New.
func Simulate(ctx context.Context, name string, ensemble simulate.Ensemble, times []float64) (*Runs, error) {
	solution, err := shotnoise.New(ensemble.Network, ensemble.N)
	if err != nil {
		return nil, err
	}
	replicas, err := simulate.Collect(ensemble.States(ctx, times, 0))
	if err != nil {
		return nil, err
	}
	return &Runs{Name: name, Solution: solution, Times: times, Replicas: replicas}, nil
}
