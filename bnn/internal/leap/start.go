package leap

import (
	"math"

	"balanced/bnn"
)

// Start draws the potentials at time 0 around the means of the populations, normal ones with the
// variances of the start: each block from its own stream, so that workers share the work. The potentials
// of a mixture are drawn beforehand (random.Start).
func (n *Neurons) Start(initial bnn.Initial, means []float64) {
	if initial.Components != nil {
		return
	}
	n.deviations = n.deviations[:0]
	for _, variance := range initial.Variance {
		n.deviations = append(n.deviations, math.Sqrt(variance))
	}
	copy(n.shift, means)
	n.run(startTask, nil)
}

func (b *Block) start(mean, deviation float64, scratch *workspace) {
	for rest := b.potentials; len(rest) > 0; {
		now := rest[:min(noiseAtOnce, len(rest))]
		rest = rest[len(now):]
		for j := range now {
			now[j] = mean
		}
		if deviation > 0 {
			b.Random.AddSkewed(now, scratch.words[:], 0, deviation, 0)
		}
	}
}
