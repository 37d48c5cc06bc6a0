package simulate

import (
	"math"
	"math/rand/v2"
)

// leapSpikes tells by how much the spikes of each pathway exceed their expectation.
//
// A neuron of population a gets the noise Σ_b A_ab(N_ab − μ_ab), without the counts N_ab
// being known one by one when a normal stands for them. But their sums over the
// population are nearly normal, of variance N_a μ_ab, and the sum of the noise is known:
// they are drawn from their law given it. So a pathway that by chance carried too
// many spikes is the one that moved the potentials, which the network then corrects
// as it does in exact simulation. Independent Poisson counts would have the right mean
// too, but may vary twice as much.
type leapSpikes struct {
	random *rand.Rand
	excess [][]float64 // since time 0, by population and pathway
	draws  []float64
}

// add draws the excess of one step for the pathways to a population of so many
// targets, whose noise adds up to the given sum.
func (s *leapSpikes) add(a int, law *leapLaw, targets, noise float64) {
	variance := targets * law.diffusion
	rest := noise - math.Sqrt(variance)*s.random.NormFloat64()
	for i, pathway := range law.pathways {
		s.draws[i] = math.Sqrt(targets*pathway.mean) * s.random.NormFloat64()
		rest -= pathway.jump * s.draws[i]
		variance += targets * pathway.mean * pathway.jump * pathway.jump
	}
	if variance > 0 {
		rest /= variance
	}
	for i, pathway := range law.pathways {
		s.excess[a][i] += s.draws[i] + targets*pathway.mean*pathway.jump*rest
	}
}

// count writes the spikes since time 0: whole numbers that do not decrease.
func (s *leapSpikes) count(state *State, expected [][]float64) {
	for a, row := range s.excess {
		for i, excess := range row {
			counts, b := state.Spikes[a], i
			if b >= len(counts) {
				counts, b = state.SourceSpikes[a], b-len(counts)
			}
			counts[b] = max(counts[b], int64(math.Round(expected[a][i]+excess)))
		}
	}
}
