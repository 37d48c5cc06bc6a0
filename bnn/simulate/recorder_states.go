package simulate

import (
	"fmt"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/numbers"
)

// A StateRecorder keeps the potentials of all neurons at chosen times, each one of
// the times of the simulation; at all of them if At is nil. It keeps 8 bytes a
// neuron and time.
type StateRecorder struct {
	At []float64

	Times      []float64
	Potentials [][][]float64 // by time, population, neuron
}

// Start implements Recorder. A time at which the simulation does not stop is an
// *InputError.
func (r *StateRecorder) Start(_ *bnn.Network, _ []int, times []float64) error {
	for i, t := range r.At {
		if !slices.Contains(times, t) {
			return &bnn.InputError{Path: bnn.IndexPath("at", i), Value: numbers.Text(t), Allowed: fmt.Sprintf("one of the %d times of the simulation", len(times))}
		}
	}
	r.Times, r.Potentials = nil, nil
	return nil
}

// Record implements Recorder.
func (r *StateRecorder) Record(_ int, state *State) {
	if r.At != nil && !slices.Contains(r.At, state.Time) {
		return
	}
	potentials := make([][]float64, len(state.Potentials))
	for a := range potentials {
		potentials[a] = append([]float64(nil), state.Potentials[a]...)
	}
	r.Times = append(r.Times, state.Time)
	r.Potentials = append(r.Potentials, potentials)
}
