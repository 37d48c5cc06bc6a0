package random

import (
	"math"
	"math/rand/v2"

	"balanced/bnn"
)

// Start draws the potentials of the neurons of population a at time 0, around a mean: normal ones,
// or each from a component of a mixture, which is drawn first.
func Start(source *rand.Rand, initial bnn.Initial, a int, mean float64, potentials []float64) {
	if initial.Components != nil {
		for j := range potentials {
			c := component(initial.Components[a], source.Float64())
			potentials[j] = mean + c.Offset + math.Sqrt(c.Variance)*source.NormFloat64()
		}
		return
	}
	deviation := math.Sqrt(initial.Variance[a])
	for j := range potentials {
		potentials[j] = mean + deviation*source.NormFloat64()
	}
}

// component is the one that a uniform number falls into; the last one has what rounding leaves.
func component(components []bnn.Component, u float64) bnn.Component {
	last := len(components) - 1
	for _, c := range components[:last] {
		if u < c.Weight {
			return c
		}
		u -= c.Weight
	}
	return components[last]
}

// Offsets draws by how much the threshold of each neuron is above that of its population, by
// population; nil where there is no spread. Without any it draws nothing and returns nil.
func Offsets(source *rand.Rand, populations []bnn.Population, counts []int) [][]float64 {
	var offsets [][]float64
	for a, population := range populations {
		if population.Spread == 0 {
			continue
		}
		if offsets == nil {
			offsets = make([][]float64, len(populations))
		}
		offsets[a] = make([]float64, counts[a])
		for j := range offsets[a] {
			offsets[a][j] = population.Spread * source.NormFloat64()
		}
	}
	return offsets
}
