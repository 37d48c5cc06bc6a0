package leap

import "balanced/bnn/internal/random"

// A stepNoise is what the pathways of one population add to each of its neurons in one
// step: those of small means by tables or, if they are many, by the compound of all of them, and all
// others together by a polynomial of a normal.
type stepNoise struct {
	tables   []*random.PoissonTable
	compound bool
	normal   polynomial
}

const (
	// MostTables is how many pathways of small means draw counts of their own: more of them
	// are cheaper together, and a table for each pair of classes would take P² tables a step.
	MostTables = 8
	// flattest is the largest excess kurtosis of what many pathways of small means bring together for
	// which a polynomial of a normal stands that has their second, third and fourth cumulant. What is
	// missed begins with the fifth, an effect of order n^{-3/2}; it changes the density of one step by less
	// than the fourth does for a single pathway just beyond random.LargestTabulatedMean.
	flattest = 1. / 5
)

// setNoise sorts the pathways of all populations by their means.
func (n *Neurons) setNoise(laws []Law) {
	// The mean of a pathway is the same to all targets but its own population.
	first, last := laws[0].Pathways, laws[len(laws)-1].Pathways
	for i := range n.means {
		if n.means[i] = max(first[i].Mean, last[i].Mean, 0); n.means[i] > random.LargestTabulatedMean {
			n.means[i] = 0
		}
	}
	compound := false
	for a := range laws {
		if !n.setNormal(a, &laws[a]) {
			compound = true
		}
	}
	if !compound {
		return
	}
	n.compound.set(n.means)
	for a := range laws {
		if noise := &n.noise[a]; noise.compound && !n.worthwhile(laws[a].Pathways) {
			noise.compound = false
			n.setTables(a, laws[a].Pathways)
		}
	}
}

// setNormal writes the noise of a population as far as it needs no compound, and returns false if
// it needs one. There are tables for a few pathways of small means; if they are many, a normal stands for them
// too where their excess kurtosis is small enough.
func (n *Neurons) setNormal(a int, law *Law) bool {
	noise := &n.noise[a]
	noise.tables, noise.compound = noise.tables[:0], false
	variance, third := law.Diffusion, 0.0
	few, fewVariance, fewThird, fewFourth := 0, 0.0, 0.0, 0.0
	for i, pathway := range law.Pathways {
		square := pathway.Jump * pathway.Jump
		size := pathway.Mean * square
		switch {
		case pathway.Mean <= 0 || pathway.Jump == 0:
		case n.means[i] == 0:
			variance += size
			third += size * pathway.Jump
		default:
			few++
			fewVariance += size
			fewThird += size * pathway.Jump
			fewFourth += size * square
		}
	}
	all := variance + fewVariance
	switch {
	case few <= MostTables:
		n.setTables(a, law.Pathways)
	case fewFourth <= flattest*all*all:
		noise.normal = fourCumulants(all, third+fewThird, fewFourth)
		return true
	default:
		noise.compound = true
	}
	noise.normal = skewedNormal(variance, third)
	return !noise.compound
}

// setTables makes a table for each pathway of a small mean.
func (n *Neurons) setTables(a int, pathways []Pathway) {
	noise := &n.noise[a]
	if n.tables[a] == nil {
		n.tables[a] = make([]*random.PoissonTable, len(pathways))
	}
	for i, pathway := range pathways {
		if pathway.Mean <= 0 || pathway.Jump == 0 || n.means[i] == 0 {
			continue
		}
		if n.tables[a][i] == nil {
			n.tables[a][i] = new(random.PoissonTable)
		}
		n.tables[a][i].Set(pathway.Jump, pathway.Mean)
		noise.tables = append(noise.tables, n.tables[a][i])
	}
}

// worthwhile tells whether a neuron draws fewer spikes from the compound than two for each pathway that
// it hears.
func (n *Neurons) worthwhile(pathways []Pathway) bool {
	heard := 0
	for i, pathway := range pathways {
		if pathway.Jump != 0 && n.means[i] > 0 {
			heard++
		}
	}
	return n.compound.rounds <= mostRounds && n.compound.total <= float64(2*heard)
}
