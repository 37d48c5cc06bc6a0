package random

import "math"

// A PoissonTable draws compensated Poisson jumps, jump·(k − mean) with k ~ Poisson, by
// inversion: all targets of a population share the mean, so that one table serves
// them all for one step. Probabilities are rounded to multiples of 2⁻³².
type PoissonTable struct {
	jump, mean float64
	// Cumulative[k] is 2³² P(counts ≤ k); the last entry is 2³².
	Cumulative [poissonCounts]uint64
	// guide[s] is the smallest k that a uniform 32-bit number with the high bits s can
	// give, so that the search takes hardly more than one comparison.
	guide [1 << poissonGuideBits]uint8
}

const (
	// LargestTabulatedMean is where a count is as good as normal with the right third
	// moment: what is missed is its fourth cumulant, an effect of order 1/n.
	LargestTabulatedMean = 32
	poissonCounts        = 128 // P(counts ≥ 128) < 1e-37 at the largest mean
	poissonGuideBits     = 8
)

// Set prepares the table for a mean of at most LargestTabulatedMean.
func (p *PoissonTable) Set(jump, mean float64) {
	p.jump, p.mean = jump, mean
	probability := math.Exp(-mean)
	sum, slot := 0.0, 0
	for k := range p.Cumulative {
		sum += probability
		probability *= mean / float64(k+1)
		p.Cumulative[k] = uint64(math.Min(math.Round(sum*(1<<32)), 1<<32))
		if k == len(p.Cumulative)-1 || probability < 1e-18 && sum > 0.5 {
			p.Cumulative[k] = 1 << 32
		}
		for slot < len(p.guide) && uint64(slot)<<(32-poissonGuideBits) < p.Cumulative[k] {
			p.guide[slot] = uint8(k)
			slot++
		}
		if p.Cumulative[k] == 1<<32 {
			return
		}
	}
}

// Count returns the count for a uniform 32-bit number.
func (p *PoissonTable) Count(uniform uint64) int {
	k := int(p.guide[uniform>>(32-poissonGuideBits)&(1<<poissonGuideBits-1)])
	k += int((p.Cumulative[k&(poissonCounts-1)] - 1 - uniform) >> 63) // the first comparison, which no processor could predict
	for uniform >= p.Cumulative[k&(poissonCounts-1)] {
		k++
	}
	return k
}

// AddJumps adds an independent compensated jump of each table to every value, two
// tables to a random word. words is scratch of at least as many.
func AddJumps(random *Fast, values []float64, words []uint64, tables []*PoissonTable) {
	words = words[:len(values)]
	for len(tables) > 0 {
		random.fill(words)
		first := tables[0]
		jump, mean := first.jump, first.mean
		if len(tables) == 1 {
			for i, word := range words {
				values[i] += jump * (float64(first.Count(word>>32)) - mean)
			}
			return
		}
		second := tables[1]
		otherJump, otherMean := second.jump, second.mean
		for i, word := range words {
			values[i] += jump*(float64(first.Count(word>>32))-mean) +
				otherJump*(float64(second.Count(word&(1<<32-1)))-otherMean)
		}
		tables = tables[2:]
	}
}
