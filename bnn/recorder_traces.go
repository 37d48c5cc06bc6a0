package bnn

import "fmt"

// A NeuronID is a neuron by population and number within it, from 0.
type NeuronID struct{ Population, Index int }

// A TraceRecorder keeps the potentials of chosen neurons at every time.
type TraceRecorder struct {
	Neurons []NeuronID

	Times  []float64
	Traces [][]float64 // by neuron, in the order of Neurons, then time
}

// Start implements Recorder. A neuron that the network does not have is an
// *InputError.
func (r *TraceRecorder) Start(_ *Network, counts []int, times []float64) error {
	for i, neuron := range r.Neurons {
		if neuron.Population < 0 || neuron.Population >= len(counts) ||
			neuron.Index < 0 || neuron.Index >= counts[neuron.Population] {
			return &InputError{Path: indexPath("neurons", i), Value: fmt.Sprintf("%+v", neuron),
				Allowed: fmt.Sprintf("a neuron of populations of sizes %d", counts)}
		}
	}
	r.Times = times
	r.Traces = newTable(len(r.Neurons), len(times))
	return nil
}

// Record implements Recorder.
func (r *TraceRecorder) Record(row int, state *State) {
	for i, neuron := range r.Neurons {
		r.Traces[i][row] = state.Potentials[neuron.Population][neuron.Index]
	}
}
