package leap

import (
	"math"

	"balanced/bnn/internal/normal"
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
	// What Count told last, by population and pathway: the expected spikes, and by how many more than
	// expected and in excess were told.
	Told, Ahead [][]float64

	normals []float64 // one a pathway, and one for what is not spikes
	words   []uint64
	// The last mean of each pathway, and its root: most are the same for all targets.
	means, roots []float64
}

func newSpikes(source random.Fast, populations, pathways int) Spikes {
	return Spikes{Random: source, Excess: numbers.Table(populations, pathways),
		Told: numbers.Table(populations, pathways), Ahead: numbers.Table(populations, pathways), normals: make([]float64, pathways+1), words: make([]uint64, pathways+1),
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

// fewSpikes is the expected number of spikes between two output times from which on a normal number of them,
// rounded, is one: it is negative with a probability of 10⁻¹⁵.
const fewSpikes = 64

// Count writes the spikes since time 0: whole numbers that do not decrease. A pathway of few spikes since the
// last time has a Poisson number of them, the quantile at which the normal excess is in its law, so that it
// goes on telling which pathways carried more than expected.
func (s *Spikes) Count(spikes, sourceSpikes [][]int64, expected func(a, pathway int) float64) {
	for a, row := range s.Excess {
		for i, excess := range row {
			counts, b := spikes[a], i
			if b >= len(counts) {
				counts, b = sourceSpikes[a], b-len(counts)
			}
			told, ahead := &s.Told[a][i], &s.Ahead[a][i]
			mean := expected(a, i) - *told
			*told += mean
			all := *told + excess
			if mean >= fewSpikes {
				counts[b] = max(counts[b], int64(math.Round(all+*ahead)))
				continue
			}
			if mean > 0 {
				deviation := all + *ahead - float64(counts[b]) - mean
				counts[b] += poissonQuantile(mean, normal.Distribution(deviation/math.Sqrt(mean)))
			}
			*ahead = float64(counts[b]) - all
		}
	}
}

// poissonQuantile is the least number whose distribution function reaches a probability.
func poissonQuantile(mean, probability float64) int64 {
	term := math.Exp(-mean)
	sum, k := term, 0.0
	for sum < probability && term > 1e-18*sum {
		k++
		term *= mean / k
		sum += term
	}
	return int64(k)
}
