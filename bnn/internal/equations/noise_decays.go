package equations

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"balanced/bnn/internal/ode"
)

// noiseDecays are those that propagators are made for. What the modes of a population have to do with the slow states is an analytic
// function of their decays. Where these differ little over a step, it is therefore told by that at a few decays, Chebyshev's nodes
// between all of them. Else the decays are those of the modes.
type noiseDecays struct {
	values  []float64    // those for one population after those for another, as many
	toModes []*mat.Dense // of each population: what modes are made of, times their strengths, modes × decays
	ofModes []*mat.Dense // its transpose
	both    []*mat.Dense // ofModes × toModes
}

// decaysOver are those for a step of length h.
func (c noiseCoefficients) decaysOver(h float64) (d noiseDecays) {
	least, most := floats.Min(c.decays), floats.Max(c.decays)
	count := decaysNeeded((most - least) / 2 * h)
	nodes := chebyshev(least, most, count)
	for first := 0; first < len(c.decays); first += NoiseModes {
		toModes, both := mat.NewDense(NoiseModes, count, nil), new(mat.Dense)
		for j := range count {
			if count == NoiseModes {
				d.values = append(d.values, c.decays[first+j])
				toModes.Set(j, j, c.strengths[first+j])
				continue
			}
			d.values = append(d.values, nodes[j])
			for k := range NoiseModes {
				toModes.Set(k, j, c.strengths[first+k]*ode.Lagrange(nodes, j, c.decays[first+k]))
			}
		}
		ofModes := mat.DenseCopyOf(toModes.T())
		both.Mul(ofModes, toModes)
		d.toModes, d.ofModes, d.both = append(d.toModes, toModes), append(d.ofModes, ofModes), append(d.both, both)
	}
	return d
}

// decaysNeeded is how many nodes of Chebyshev tell e^{−xu}, 0 ≤ u ≤ 1, for all x in an interval of length 2w: the error is below
// w^m/(2^{m−1} m!) for m of them. More than there are modes are not of use.
func decaysNeeded(w float64) int {
	m := 1
	for bound := w; m < NoiseModes && bound > decayInterpolation; m++ {
		bound *= w / float64(2*(m+1))
	}
	return m
}

const decayInterpolation = 1e-13 // error of e^{−xu}

// blockwise multiplies the rows of each population from the left with its block.
func (s *noiseEquations) blockwise(blocks []*mat.Dense, rows *mat.Dense) *mat.Dense {
	to, from := blocks[0].Dims()
	_, size := rows.Dims()
	result := mat.NewDense(len(blocks)*to, size, nil)
	for b, block := range blocks {
		result.Slice(b*to, (b+1)*to, 0, size).(*mat.Dense).Mul(block, rows.Slice(b*from, (b+1)*from, 0, size))
		s.count(to, from, size)
	}
	return result
}
