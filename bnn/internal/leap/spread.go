package leap

import "balanced/bnn/internal/checkpoint"

// A spread is what a block needs where each neuron has a threshold of its own, δ above that of its
// population. The block then moves v − δ, at which the rate is λ: it obeys the law of v, but for a
// pull of −δ/τ, which a step turns into −δ(1 − e^{−h/τ}).
type spread struct {
	offsets []float64 // δ
	total   float64   // of the offsets
	shown   []float64 // the potentials v
}

// Spread gives the neurons their offsets, by population, nil for one without; it is called once,
// before the first step.
func (n *Neurons) Spread(offsets [][]float64) {
	if offsets == nil {
		return
	}
	first := make([]int, len(offsets))
	for i := range n.Blocks {
		block := &n.Blocks[i]
		a := block.population
		if offsets[a] == nil {
			continue
		}
		s := &spread{offsets: offsets[a][first[a]:][:len(block.potentials)], shown: block.potentials}
		first[a] += len(s.shown)
		block.potentials = make([]float64, len(s.shown))
		for j, v := range s.shown {
			block.potentials[j] = v - s.offsets[j]
			s.total += s.offsets[j]
		}
		block.spread = s
	}
}

// pull adds what a step of a decay does by the offsets, to those of the neurons from first on.
func (s *spread) pull(added []float64, first int, decay float64) {
	for j, offset := range s.offsets[first:][:len(added)] {
		added[j] -= offset * (1 - decay)
	}
}

// show writes the potentials where the recorders see them.
func (b *Block) show() {
	if b.spread == nil {
		return
	}
	for j, v := range b.potentials {
		b.spread.shown[j] = v + b.spread.offsets[j]
	}
}

// Checkpoint shows the coder what the blocks hold, besides the potentials that are shown.
func (n *Neurons) Checkpoint(c *checkpoint.Coder) {
	for i := range n.Blocks {
		block := &n.Blocks[i]
		c.Words(&block.Random.S0, &block.Random.S1, &block.Random.S2, &block.Random.S3)
		if block.spread != nil {
			c.Numbers(block.potentials)
			c.Numbers(block.spread.offsets)
			c.Number(&block.spread.total)
		}
	}
	words := &n.Spikes.Random
	c.Words(&words.S0, &words.S1, &words.S2, &words.S3)
	c.Table(n.Spikes.Excess)
	c.Table(n.Spikes.Told)
	c.Table(n.Spikes.Ahead)
}
