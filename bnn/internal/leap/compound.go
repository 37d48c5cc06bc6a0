package leap

import (
	"math"

	"balanced/bnn/internal/random"
)

// A compound draws the spikes of many pathways of small means without drawing a count for each: how
// many there are in all is one Poisson count, and of which pathway each is one draw from the
// alias table of their means (A. J. Walker, ACM Transactions on Mathematical Software 3, 253–256, 1977).
// That is the same law. Since the mean of a pathway is the same for all targets, but for what a
// neuron does not hear from itself, one compound serves all populations in a step. A spike of the own
// population of a target is dropped with the probability that it is its own.
//
// It takes O(P) operations a step and as many draws a neuron as there are spikes. Probabilities are
// multiples of 2⁻³², as those of a PoissonTable.
type compound struct {
	total  float64             // the mean of all spikes to a target
	rounds int                 // in which they are counted, each of a mean that a table serves
	counts random.PoissonTable // of one round
	alias  []aliasBin
	small  []int // of bins, while the table is made
	large  []int
	share  []float64
}

// An aliasBin gives its own index below a threshold for 32 bits, and another from there on.
type aliasBin struct{ own, other uint32 }

// mostRounds bounds how many spikes a neuron draws; more belong to tables or normals.
const mostRounds = 2

// set makes the compound of pathways of the given means, of which some are above 0.
func (c *compound) set(means []float64) {
	c.total = 0
	for _, mean := range means {
		c.total += mean
	}
	c.rounds = max(1, int(math.Ceil(c.total/random.LargestTabulatedMean)))
	if c.rounds > mostRounds || c.total == 0 {
		return
	}
	c.counts.Set(1, c.total/float64(c.rounds))
	count := len(means)
	if c.alias == nil {
		c.alias, c.share = make([]aliasBin, count), make([]float64, count)
		c.small, c.large = make([]int, 0, count), make([]int, 0, count)
	}
	c.small, c.large = c.small[:0], c.large[:0]
	for i, mean := range means {
		c.share[i] = mean / c.total * float64(count)
		c.alias[i] = aliasBin{math.MaxUint32, uint32(i)}
		if c.share[i] < 1 {
			c.small = append(c.small, i)
		} else {
			c.large = append(c.large, i)
		}
	}
	// A bin that is not full is filled up from one that is more than full (M. D. Vose, 1991).
	for len(c.small) > 0 && len(c.large) > 0 {
		i, j := c.small[len(c.small)-1], c.large[len(c.large)-1]
		c.small = c.small[:len(c.small)-1]
		c.alias[i] = aliasBin{uint32(math.Min(math.Round(c.share[i]*0x1p32), math.MaxUint32)), uint32(j)}
		c.share[j] -= 1 - c.share[i]
		if c.share[j] < 1 {
			c.large = c.large[:len(c.large)-1]
			c.small = append(c.small, j)
		}
	}
}

// pick returns the pathway that 32 random bits choose.
func (c *compound) pick(uniform uint32) uint32 {
	product := uint64(uniform) * uint64(len(c.alias))
	i := uint32(product >> 32)
	bin := c.alias[i]
	if uint32(product) >= bin.own {
		i = bin.other
	}
	return i
}

// compoundAtOnce is how many neurons draw together: their spikes fit into a buffer.
const (
	compoundAtOnce = 32
	mostSpikes     = compoundAtOnce * mostRounds * 128
)

// A compoundSpace is the memory of one worker.
type compoundSpace struct {
	words [mostSpikes / 2]uint64
	sums  [mostSpikes + 1]float64 // of the jumps of the first spikes
	ends  [compoundAtOnce]int     // of the spikes of each neuron
}

// add adds to each value the spikes of one target of population a, each a jump of its pathway,
// less their mean.
func (c *compound) add(source *random.Fast, values []float64, a int, pathways []Pathway, means []float64, scratch *compoundSpace) {
	compensation := 0.0
	for i, pathway := range pathways {
		if means[i] > 0 {
			compensation += pathway.Mean * pathway.Jump
		}
	}
	kept := 1.0
	if means[a] > 0 {
		kept = pathways[a].Mean / means[a]
	}
	for len(values) > 0 {
		now := values[:min(compoundAtOnce, len(values))]
		values = values[len(now):]
		words := scratch.words[:len(now)]
		fill(source, words)
		all := 0
		for j, word := range words {
			all += c.counts.Count(word >> 32)
			if c.rounds > 1 {
				all += c.counts.Count(word & (1<<32 - 1))
			}
			scratch.ends[j] = all
		}
		words = scratch.words[:(all+1)/2]
		fill(source, words)
		sums := scratch.sums[:2*len(words)+1]
		sum := 0.0
		for k, word := range words {
			for half := range 2 {
				i := c.pick(uint32(word))
				word >>= 32
				jump := pathways[i].Jump
				if int(i) == a && kept < 1 && uniform(source) >= kept {
					jump = 0
				}
				sum += jump
				sums[2*k+half+1] = sum
			}
		}
		begin := 0.0
		for j := range now {
			end := sums[scratch.ends[j]]
			now[j] += end - begin - compensation
			begin = end
		}
	}
}

// fill writes uniform words, as the generator does for its own draws.
func fill(source *random.Fast, words []uint64) {
	local := *source
	for i := range words {
		words[i] = next(&local)
	}
	*source = local
}

// uniform returns a number with 0 ≤ u < 1.
func uniform(source *random.Fast) float64 { return float64(next(source)>>11) * 0x1p-53 }

// next is xoshiro256++ (see random.Fast).
func next(r *random.Fast) uint64 {
	word := r.S0 + r.S3
	word = word<<23 | word>>41
	word += r.S0
	t := r.S1 << 17
	r.S2 ^= r.S0
	r.S3 ^= r.S1
	r.S1 ^= r.S2
	r.S0 ^= r.S3
	r.S2 ^= t
	r.S3 = r.S3<<45 | r.S3>>19
	return word
}
