package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// SpikeTrains are the spikes that chosen neurons heard, one train a pair: every source
// has a Poisson process of its own to each of its targets (theory.md §1), and so the trains
// of one source to two targets differ.
type SpikeTrains struct {
	Targets []NeuronID
	// Trains holds the times of the spikes, increasing, by target in the order of Targets,
	// source population and source neuron. A pair without a spike has nil, and so has a
	// target from itself.
	Trains [][][][]float64
}

// SpikeTrains simulates one replica, counted from 0, up to time end ≥ 0 and returns the
// spikes that reached the given targets, one or more different neurons, from the neurons of
// the network; feedforward sources are Poisson processes of known rate and not kept.
//
// Method is Exact, also if nil, or Pairwise; another one is an *InputError. With Pairwise the replica is the
// one with the single time end. With Exact it has its law, but random numbers of its own. The cost is that of
// the method, of order n² a unit of time, whatever the targets, but for Exact some three times as much, since
// only its loop for few candidates tells of spikes (methods.md); memory is 8 bytes a spike to them and 24 a pair. The store keeps the trains, Workers
// is not used, and the other errors are those of Replica.
func (e Ensemble) SpikeTrains(ctx context.Context, replica int, end float64, targets ...NeuronID) (*SpikeTrains, error) {
	switch e.Method.(type) {
	case nil, Exact, Pairwise:
	default:
		return nil, &bnn.InputError{Path: "method", Value: fmt.Sprintf("%T", e.Method), Allowed: "nil, Exact or Pairwise for spike trains"}
	}
	plan, engine, err := e.prepare(ctx, []float64{end}, nil)
	if err != nil {
		return nil, err
	}
	if err := bnn.CheckIndex("replica", replica, e.Replicas); err != nil {
		return nil, err
	}
	if err := plan.checkTargets(targets); err != nil {
		return nil, err
	}
	layout := trainLayout{counts: plan.counts, targets: len(targets)}
	compute, ahead, err := e.kept(ctx, quantity{
		recipe: e.recipe(plan, engine, fmt.Sprintf("spike trains to %v", targets)),
		check:  func(flat []float64) error { _, err := layout.cut(flat); return err },
		compute: func(ctx context.Context, replica int) ([]float64, error) {
			var trains [][][][]float64
			listening := *engine // with an ear
			listening.run = func(ctx context.Context, random *rand.Rand, _ []Recorder) error {
				trains = layout.empty()
				keep := func(c *checkpoint.Coder) { layout.checkpoint(trains, c) }
				if engine.name == "thinning" {
					run := newExactRun(plan, random)
					run.replica.Listen(layout.ear(targets, trains))
					run.others = keep
					return run.run(ctx, plan.times, nil)
				}
				run := newPairwiseRun(plan, random, math.Sqrt(float64(plan.n)))
				run.heard, run.others = layout.ear(targets, trains), keep
				return run.run(ctx, plan.times, nil)
			}
			err := e.simulate(ctx, plan, &listening, replica, nil)
			return layout.flatten(trains), err
		},
	}, replica, replica+1)
	if err != nil {
		return nil, err
	}
	var flat []float64
	err = e.alone(ctx, func(ctx context.Context) (err error) {
		flat, err = compute(ctx, replica)
		return err
	})
	if err = errors.Join(err, ahead.close()); err != nil {
		return nil, err
	}
	trains, err := layout.cut(flat)
	return &SpikeTrains{Targets: slices.Clone(targets), Trains: trains}, err
}

func (p *plan) checkTargets(targets []NeuronID) error {
	if len(targets) == 0 {
		return &bnn.InputError{Path: "targets", Value: "none", Allowed: "at least one neuron"}
	}
	if err := checkNeurons("targets", targets, p.counts); err != nil {
		return err
	}
	for i, target := range targets {
		if slices.Contains(targets[:i], target) {
			return &bnn.InputError{Path: bnn.IndexPath("targets", i), Value: fmt.Sprintf("%+v", target), Allowed: "a neuron that is not there yet"}
		}
	}
	return nil
}

// A trainLayout turns trains into a flat list and back: of each in turn, how many spikes
// it has and their times.
type trainLayout struct {
	counts  []int // neurons a population
	targets int
}

func (l trainLayout) empty() [][][][]float64 {
	trains := make([][][][]float64, l.targets)
	for i := range trains {
		for _, count := range l.counts {
			trains[i] = append(trains[i], make([][]float64, count))
		}
	}
	return trains
}

// ear returns a function that adds spikes to trains. It is told them with the neurons of all populations in
// a row.
func (l trainLayout) ear(targets []NeuronID, trains [][][][]float64) func(t float64, source, target int) {
	place := map[NeuronID]int{}
	for i, target := range targets {
		place[target] = i + 1
	}
	var neurons []NeuronID
	var number []int // among the targets, from 1; or 0
	for a, count := range l.counts {
		for j := range count {
			neurons = append(neurons, NeuronID{a, j})
			number = append(number, place[NeuronID{a, j}])
		}
	}
	return func(t float64, source, target int) {
		if i := number[target]; i > 0 {
			from := neurons[source]
			train := &trains[i-1][from.Population][from.Index]
			*train = append(*train, t)
		}
	}
}

func (l trainLayout) checkpoint(trains [][][][]float64, c *checkpoint.Coder) {
	for _, target := range trains {
		for _, population := range target {
			for k := range population {
				c.List(&population[k])
			}
		}
	}
}

func (l trainLayout) flatten(trains [][][][]float64) []float64 {
	var flat []float64
	for _, target := range trains {
		for _, population := range target {
			for _, train := range population {
				flat = append(append(flat, float64(len(train))), train...)
			}
		}
	}
	return flat
}

// cut is the inverse of flatten. It refuses a list that flatten does not make.
func (l trainLayout) cut(flat []float64) ([][][][]float64, error) {
	trains := l.empty()
	for _, target := range trains {
		for _, population := range target {
			for k := range population {
				if len(flat) == 0 || !(flat[0] >= 0 && flat[0] < float64(len(flat))) || flat[0] != math.Trunc(flat[0]) {
					return nil, errors.New("it does not hold these spike trains")
				}
				spikes := 1 + int(flat[0])
				if spikes > 1 {
					population[k] = flat[1:spikes:spikes]
				}
				flat = flat[spikes:]
			}
		}
	}
	if len(flat) > 0 {
		return nil, errors.New("it holds more than these spike trains")
	}
	return trains, nil
}
