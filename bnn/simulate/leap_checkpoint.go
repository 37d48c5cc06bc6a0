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
	c.Numbers(s.Expected)
	c.Index(&s.Taken, math.MaxInt)
	c.Flag(&s.Stopped)
	c.Table(r.state.Potentials)
	r.neurons.Checkpoint(c)
	for _, response := range s.Following {
		if response != nil {
			response.Checkpoint(c)
		}
	}
	c.Counts(r.state.Spikes)
	c.Counts(r.state.SourceSpikes)
}
