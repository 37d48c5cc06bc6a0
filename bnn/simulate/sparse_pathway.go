package simulate

import "math/rand/v2"

// A pathway is the connections from one population or source to one population, listed by
// source neuron: 4 bytes a connection and 8 a source neuron.
type pathway struct {
	first   []int // of each source neuron, and the end of the last one's
	targets []uint32
}

// newPathway draws connections, of which every target has exactly so many, from as many
// neurons: any set of them is equally likely. Within a population no neuron hears itself. From the
// stream come two words, the seed of a stream of its own that is gone through twice, once to count
// the connections of each source neuron and once to list them.
func newPathway(random *rand.Rand, targets, sources, inDegree int, within bool) pathway {
	seed, more := random.Uint64(), random.Uint64()
	p := pathway{first: make([]int, sources+1), targets: make([]uint32, targets*inDegree)}
	draw := func(connect func(source, target int)) {
		drawConnections(rand.New(rand.NewPCG(seed, more)), targets, sources, inDegree, within, connect)
	}
	draw(func(source, _ int) { p.first[source+1]++ })
	for k := range sources {
		p.first[k+1] += p.first[k]
	}
	// While the list is filled, first is moved to the end of what is there.
	draw(func(source, target int) {
		p.targets[p.first[source]] = uint32(target)
		p.first[source]++
	})
	copy(p.first[1:], p.first)
	p.first[0] = 0
	return p
}

// drawConnections draws for each target a set of sources by Floyd's method, which takes one random
// number a connection: of the i-th it is any of the first sources − inDegree + i, or the last of
// these if that one was drawn before (J. Bentley and B. Floyd, Communications of the ACM 30,
// 754–757, 1987).
func drawConnections(random *rand.Rand, targets, sources, inDegree int, within bool, connect func(source, target int)) {
	drawn := make([]uint32, sources) // 1 + the last target that has drawn it
	if within {
		sources--
	}
	for target := range targets {
		mark := uint32(target) + 1
		for last := sources - inDegree; last < sources; last++ {
			k := random.IntN(last + 1)
			if drawn[k] == mark {
				k = last
			}
			drawn[k] = mark
			if within && k >= target {
				connect(k+1, target) // The numbering skips the target.
			} else {
				connect(k, target)
			}
		}
	}
}

// hearers lists who hears a source neuron, in increasing order.
func (p pathway) hearers(source int) []uint32 { return p.targets[p.first[source]:p.first[source+1]] }

// sources is the number of source neurons.
func (p pathway) sources() int { return len(p.first) - 1 }
