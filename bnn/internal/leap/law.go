package leap

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
