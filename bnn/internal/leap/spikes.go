package leap

import (
	"math"
	"math/rand/v2"
)

// Spikes tells by how much the spikes of each pathway exceed their expectation.
//
// A neuron of population a gets the noise Σ_b A_ab(N_ab − μ_ab), without the counts N_ab
// being known one by one when a normal stands for them. But their sums over the
// population are nearly normal, of variance N_a μ_ab, and the sum of the noise is known:
// they are drawn from their law given it. So a pathway that by chance carried too
// many spikes is the one that moved the potentials, which the network then corrects
// as it does in exact simulation. Independent Poisson counts would have the right mean
// too, but may vary twice as much.
type Spikes struct {
	Random *rand.Rand
	Excess [][]float64 // since time 0, by population and pathway
	draws  []float64
}

// add draws the excess of one step for the pathways to a population of so many
// targets, whose noise adds up to the given sum.
func (s *Spikes) add(a int, law *Law, targets, noise float64) {
	variance := targets * law.Diffusion
	rest := noise - math.Sqrt(variance)*s.Random.NormFloat64()
	for i, pathway := range law.Pathways {
		s.draws[i] = math.Sqrt(targets*pathway.Mean) * s.Random.NormFloat64()
		rest -= pathway.Jump * s.draws[i]
		variance += targets * pathway.Mean * pathway.Jump * pathway.Jump
	}
	if variance > 0 {
		rest /= variance
	}
	for i, pathway := range law.Pathways {
		s.Excess[a][i] += s.draws[i] + targets*pathway.Mean*pathway.Jump*rest
	}
}

// Count writes the spikes since time 0: whole numbers that do not decrease.
func (s *Spikes) Count(spikes, sourceSpikes [][]int64, expected [][]float64) {
	for a, row := range s.Excess {
		for i, excess := range row {
			counts, b := spikes[a], i
			if b >= len(counts) {
				counts, b = sourceSpikes[a], b-len(counts)
			}
			counts[b] = max(counts[b], int64(math.Round(expected[a][i]+excess)))
		}
	}
}
