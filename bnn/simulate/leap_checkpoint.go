package simulate

import "math"

// checkpoint implements resumable. Between two steps the laws of the last one and the sums
// over blocks are of no use any more.
func (r *leapRun) checkpoint(c *stateCoder) {
	s := r.scheme
	c.numbers(s.before)
	c.numbers(s.after)
	c.numbers(s.input)
	c.number(&s.previous)
	c.numbers(s.pending)
	c.table(s.expected)
	c.index(&s.taken, math.MaxInt)
	c.flag(&s.stopped)
	c.table(r.state.Potentials)
	for i := range r.neurons.blocks {
		random := &r.neurons.blocks[i].random
		c.words(&random.S0, &random.S1, &random.S2, &random.S3)
	}
	c.table(r.neurons.spikes.excess)
	c.counts(r.state.Spikes)
	c.counts(r.state.SourceSpikes)
}
