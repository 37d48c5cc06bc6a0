package simulate

import (
	"math"

	"balanced/bnn/internal/checkpoint"
)

// checkpoint implements resumable. Between two steps the laws of the last one and the sums
// over blocks are of no use any more.
func (r *leapRun) checkpoint(c *checkpoint.Coder) {
	s := r.scheme
	c.Numbers(s.Before)
	c.Numbers(s.After)
	c.Numbers(s.Input)
	c.Number(&s.Previous)
	c.Numbers(s.Pending)
	c.Table(s.Expected)
	c.Index(&s.Taken, math.MaxInt)
	c.Flag(&s.Stopped)
	c.Table(r.state.Potentials)
	for i := range r.neurons.Blocks {
		random := &r.neurons.Blocks[i].Random
		c.Words(&random.S0, &random.S1, &random.S2, &random.S3)
	}
	c.Table(r.neurons.Spikes.Excess)
	c.Counts(r.state.Spikes)
	c.Counts(r.state.SourceSpikes)
}
