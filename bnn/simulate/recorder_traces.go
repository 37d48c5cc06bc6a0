package simulate

import (
	"fmt"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// A NeuronID is a neuron by population and number within it, from 0.
type NeuronID struct{ Population, Index int }

// checkNeurons refuses neurons that a network with so many a population does not have.
func checkNeurons(path string, neurons []NeuronID, counts []int) error {
	for i, neuron := range neurons {
		if neuron.Population < 0 || neuron.Population >= len(counts) ||
			neuron.Index < 0 || neuron.Index >= counts[neuron.Population] {
			return &bnn.InputError{Path: bnn.IndexPath(path, i), Value: fmt.Sprintf("%+v", neuron),
				Allowed: fmt.Sprintf("a neuron of populations of sizes %d", counts)}
		}
	}
	return nil
}

// A TraceRecorder keeps the potentials of chosen neurons at every time.
type TraceRecorder struct {
	Neurons []NeuronID

	Times  []float64
	Traces [][]float64 // by neuron, in the order of Neurons, then time
}

// Start implements Recorder. A neuron that the network does not have is an
// *InputError.
func (r *TraceRecorder) Start(_ *bnn.Network, counts []int, times []float64) error {
	if err := checkNeurons("neurons", r.Neurons, counts); err != nil {
		return err
	}
	r.Times = times
	r.Traces = numbers.Table(len(r.Neurons), len(times))
	return nil
}

// Record implements Recorder.
func (r *TraceRecorder) Record(row int, state *State) {
	for i, neuron := range r.Neurons {
		r.Traces[i][row] = state.Potentials[neuron.Population][neuron.Index]
	}
}
