package thinning

import (
	"fmt"
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// Unsuited tells why the tables have no room for a network, or not the precision for its
// numbers until so late a time; "" if they have.
func Unsuited(network Network, end float64) string {
	if emitters := len(network.Counts) + len(network.Sources); emitters > maxEmitters {
		return fmt.Sprintf("there are %d populations and sources, and its tables have room for %d", emitters, maxEmitters)
	}
	neurons, potential := 0.0, 0.0
	rarest, all := math.Inf(1), 0.0 // rates of candidates over the number of neurons: of the rarest class there may be, and of all
	class := func(least, most float64) {
		if least > 0 {
			rarest, all = min(rarest, least), all+most
		}
	}
	for a, population := range network.Populations {
		if population.Tau < 0x1p-30*end {
			return fmt.Sprintf("populations[%d] has a time constant of less than 2⁻³⁰ of the time to simulate", a)
		}
		potential = max(potential, population.Spread, population.Noise*math.Sqrt(population.Tau))
		neurons += float64(network.Counts[a])
		class(population.Rate.Bound(), float64(network.Counts[a])*population.Rate.Bound()) // one neuron, or all
		least, greatest := population.External().Range()
		potential = max(potential, max(math.Abs(least), math.Abs(greatest))*population.Tau)
		potential = max(potential, math.Abs(network.Start[a])+math.Sqrt(network.Initial.Variances()[a]))
		for _, weight := range network.Weights[a] {
			potential = max(potential, math.Abs(weight))
		}
	}
	for x, source := range network.Feedforward {
		_, most := source.Rate.Range()
		most *= float64(network.Sources[x])
		if source.Shared {
			most /= neurons
		}
		class(most, most)
		for _, weight := range source.Weights {
			potential = max(potential, math.Abs(weight))
		}
	}
	standard := 0.0
	for _, population := range network.Populations {
		switch rate := population.Rate.(type) {
		case bnn.Logistic:
			standard = max(standard, rate.Slope*(potential+math.Abs(rate.Threshold)))
		case bnn.Probit:
			standard = max(standard, rate.Slope*(potential+math.Abs(rate.Threshold)))
		case bnn.ConstantRate:
		default:
			standard = max(standard, random.SteepestOwn*potential)
		}
	}
	// A class is chosen with a precision of 2⁻¹⁷ of a slot, and y must not overflow
	// in 32 bits, after 10¹⁵ jumps one way.
	switch {
	case !(rarest > rarestShare*all):
		return "the greatest rates are too far from the least for the number of neurons"
	case !(potential < 1e20 && standard < 1e20):
		return "potentials may become too large for its precision"
	}
	return ""
}
