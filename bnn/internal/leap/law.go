package leap

import "math"

// A Law says what one step does to the neurons of one population. A potential v
// at its start becomes decay·v + drift + noise, and is kicked by its missing own
// input before and after, by half a step each. The kick that ends one step and the
// one that starts the next are given at once, so that λ is evaluated once a step.
type Law struct {
	decay, drift float64
	// EndKick and StartKick are the lengths c in v → v − cλ(v): half this step and half
	// the next one, times J_aa/√n. StartKick is 0 where the run stops to show its state.
	EndKick, StartKick float64
	// The noise is that of the compensated jumps of all pathways, recurrent ones first,
	// and a normal variable of variance Diffusion.
	Pathways  []Pathway
	Diffusion float64
}

// A Pathway sends a Poisson count of this mean to each neuron, each spike a jump.
type Pathway struct{ Mean, Jump float64 }

// A RateSum is the mean over a population of λ(v) and of λ′(v).
type RateSum struct{ rate, slope float64 }

// Populations is what the scheme moves: neurons, or the Gaussian moments that stand
// for infinitely many of them when a step is chosen.
type Populations interface {
	// Advance takes a step and returns the rates at its end in sums.
	Advance(laws []Law, sums []RateSum)
	// Evaluate returns the rates with the potentials of each population shifted.
	Evaluate(laws []Law, shift []float64, sums []RateSum)
	// Settle shifts the potentials of each population, to show them at a stop.
	Settle(shift []float64)
	// Kick gives the first half kick after a stop.
	Kick(laws []Law)
}

// skewedNormal returns the coefficients of z⁰, z and z² that make a polynomial of a
// standard normal z of mean 0 and the given variance and third cumulant. The
// normalised polynomial (z + c(z²−1))/√(1+2c²) has the skewness (6c + 8c³)/(1+2c²)^{3/2},
// which is solved for c by Newton's method. Means of Poisson counts above
// random.LargestTabulatedMean keep the skewness below 0.18, so that c is nearly a sixth of it.
func skewedNormal(variance, third float64) (constant, linear, square float64) {
	if variance <= 0 {
		return 0, 0, 0
	}
	deviation := math.Sqrt(variance)
	skewness := third / (variance * deviation)
	c := skewness / 6
	for range 4 {
		root := math.Sqrt(1 + 2*c*c)
		c -= ((6+8*c*c)*c - skewness*root*root*root) / (6 + 24*c*c - 6*skewness*c*root)
	}
	linear = deviation / math.Sqrt(1+2*c*c)
	return -c * linear, linear, c * linear
}
