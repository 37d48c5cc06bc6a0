package simulate

import (
	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// A State is a network at one moment of a simulation. It belongs to the simulation,
// which goes on changing it: a Recorder copies what it wants to keep.
type State struct {
	Time       float64     // in synaptic time constants
	Potentials [][]float64 // by population, then neuron
	// Offsets has the distance of the threshold of each neuron from that of its population, by
	// population; nil for one without a spread, and nil if none has any.
	Offsets [][]float64
	// Spikes counts the spikes since time 0 by pathway, from population b (column) to
	// population a (row), over all pairs of neurons.
	Spikes [][]int64
	// SourceSpikes counts those of the feedforward sources (columns).
	SourceSpikes [][]int64
}

// A Recorder keeps what it is made for from the states of one replica. The
// implementations are MomentRecorder, SpikeRecorder, StateRecorder and
// TraceRecorder.
type Recorder interface {
	// Start is called once, before the run, with the number of neurons of each
	// population and the times at which Record will be called. It forgets any
	// earlier run.
	Start(network *bnn.Network, counts []int, times []float64) error
	// Record is called at each time, in order.
	Record(row int, state *State)
}

func newCounts(rows, columns int) [][]int64 {
	counts := make([][]int64, rows)
	for i := range counts {
		counts[i] = make([]int64, columns)
	}
	return counts
}

// copyCounts returns a copy of a table of counts.
func copyCounts(counts [][]int64) [][]int64 {
	copied := make([][]int64, len(counts))
	for i := range counts {
		copied[i] = append([]int64(nil), counts[i]...)
	}
	return copied
}

// A SpikeRecorder keeps the spike counts by pathway.
type SpikeRecorder struct {
	Times        []float64
	Spikes       [][][]int64 // by time, target population, source population
	SourceSpikes [][][]int64 // by time, target population, feedforward source

	populations, sources int
}

// Start implements Recorder.
func (r *SpikeRecorder) Start(network *bnn.Network, _ []int, times []float64) error {
	*r = SpikeRecorder{Times: times, populations: len(network.Populations), sources: len(network.Feedforward)}
	return nil
}

// checkpoint implements resumable.
func (r *SpikeRecorder) checkpoint(c *checkpoint.Coder) {
	rows := c.Length(len(r.Spikes), 8*r.populations*r.populations)
	c.Tables(&r.Spikes, rows, r.populations, r.populations)
	c.Tables(&r.SourceSpikes, rows, r.populations, r.sources)
}

// Record implements Recorder.
func (r *SpikeRecorder) Record(_ int, state *State) {
	r.Spikes = append(r.Spikes, copyCounts(state.Spikes))
	r.SourceSpikes = append(r.SourceSpikes, copyCounts(state.SourceSpikes))
}
