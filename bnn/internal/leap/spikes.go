package leap

import (
	"math"

	"balanced/bnn/internal/numbers"
	"balanced/bnn/internal/random"
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
	Random random.Fast
	Excess [][]float64 // since time 0, by population and pathway

	normals []float64 // one a pathway, and one for what is not spikes
	words   []uint64
	// The last mean of each pathway, and its root: most are the same for all targets.
	means, roots []float64
}

func newSpikes(source random.Fast, populations, pathways int) Spikes {
	return Spikes{Random: source, Excess: numbers.Table(populations, pathways), normals: make([]float64, pathways+1), words: make([]uint64, pathways+1),
		means: make([]float64, pathways), roots: make([]float64, pathways)}
}

// add draws the excess of one step for the pathways to a population of so many
// targets, whose noise adds up to the given sum.
func (s *Spikes) add(a int, law *Law, targets, noise float64) {
	clear(s.normals)
	s.Random.AddSkewed(s.normals, s.words, 0, 1, 0)
	draws := s.normals[:len(law.Pathways)]
	variance := law.Diffusion
	rest := noise - math.Sqrt(targets*variance)*s.normals[len(draws)]
	root := math.Sqrt(targets)
	for i, pathway := range law.Pathways {
		if pathway.Mean != s.means[i] {
			s.means[i], s.roots[i] = pathway.Mean, math.Sqrt(pathway.Mean)
		}
		draws[i] *= root * s.roots[i]
		rest -= pathway.Jump * draws[i]
		variance += pathway.Mean * pathway.Jump * pathway.Jump
	}
	if variance > 0 {
		rest /= variance
	}
	row := s.Excess[a]
	for i, pathway := range law.Pathways {
		row[i] += draws[i] + pathway.Mean*pathway.Jump*rest
	}
}

// Count writes the spikes since time 0: whole numbers that do not decrease.
func (s *Spikes) Count(spikes, sourceSpikes [][]int64, expected func(a, pathway int) float64) {
	for a, row := range s.Excess {
		for i, excess := range row {
			counts, b := spikes[a], i
			if b >= len(counts) {
				counts, b = sourceSpikes[a], b-len(counts)
			}
			counts[b] = max(counts[b], int64(math.Round(expected(a, i)+excess)))
		}
	}
}
