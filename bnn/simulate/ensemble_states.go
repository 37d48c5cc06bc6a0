package simulate

import (
	"context"
	"fmt"
	"iter"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// States simulates all replicas and yields the membrane potentials of each, by time,
// population and neuron, in the order of their numbers: those of the first neurons of each
// population, so many as asked, of all for 0; a smaller population gives all it has. Neurons
// of a population are alike, so that the first are as good a sample as any. The replicas are
// those of Run, and so are cost and errors, which come as those of Each; a negative number of
// neurons is an *InputError. Memory is 8 bytes a time and neuron for each of the few replicas
// under way, and space in the store that of all.
func (e Ensemble) States(ctx context.Context, times []float64, neurons int) iter.Seq2[[][][]float64, error] {
	return each(ctx, e, func() (quantity, func([]float64) [][][]float64, error) {
		if neurons < 0 {
			return quantity{}, nil, &bnn.InputError{Path: "neurons", Value: fmt.Sprint(neurons), Allowed: "a whole number ≥ 0"}
		}
		plan, engine, err := e.prepare(ctx, times, func(p *plan) float64 {
			// Of each worker one is computed, in a list that grows, and two wait for their turn.
			return float64(min(e.workers(), e.Replicas)) * (2 + 2) * 8 * float64(len(times)) * float64(p.firstNeurons(neurons).total())
		})
		if err != nil {
			return quantity{}, nil, err
		}
		sample := plan.firstNeurons(neurons)
		return e.states(plan, engine, sample), sample.layout, nil
	})
}

// states is the quantity that States returns.
func (e Ensemble) states(plan *plan, engine *engine, sample neuronSample) quantity {
	return quantity{
		recipe: e.recipe(plan, engine, fmt.Sprintf("states of %d neurons", []int(sample))),
		check:  exactly(len(plan.times) * sample.total()),
		compute: func(ctx context.Context, replica int) ([]float64, error) {
			recorder := &sampleRecorder{sample: sample}
			err := e.simulate(ctx, plan, engine, replica, []Recorder{recorder})
			return recorder.flat, err
		},
	}
}

// A neuronSample is the first neurons of each population, so many.
type neuronSample []int

func (p *plan) firstNeurons(neurons int) neuronSample {
	sample := append(neuronSample(nil), p.counts...)
	if neurons > 0 {
		for a, count := range sample {
			sample[a] = min(count, neurons)
		}
	}
	return sample
}

// total is the number of neurons of all populations.
func (s neuronSample) total() int {
	total := 0
	for _, count := range s {
		total += count
	}
	return total
}

// layout cuts a flat list of potentials by time, population and neuron.
func (s neuronSample) layout(flat []float64) [][][]float64 {
	var states [][][]float64
	for len(flat) > 0 {
		state := make([][]float64, len(s))
		for a, count := range s {
			state[a], flat = flat[:count:count], flat[count:]
		}
		states = append(states, state)
	}
	return states
}

// A sampleRecorder keeps the potentials of a sample in one flat list.
type sampleRecorder struct {
	sample neuronSample
	flat   []float64
}

// Start implements Recorder.
func (r *sampleRecorder) Start(*bnn.Network, []int, []float64) error {
	r.flat = nil
	return nil
}

// checkpoint implements resumable.
func (r *sampleRecorder) checkpoint(c *checkpoint.Coder) { c.List(&r.flat) }

// Record implements Recorder.
func (r *sampleRecorder) Record(_ int, state *State) {
	for a, count := range r.sample {
		r.flat = append(r.flat, state.Potentials[a][:count]...)
	}
}
