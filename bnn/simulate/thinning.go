package simulate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// thinning is the fast exact simulator. Its law is that of Pairwise, theory.md §1; what
// differs is what a candidate costs and how many there are.
//
// # Why the law is exact
//
// Time is cut into windows. During one, every neuron k has a bound c_k on its intensity,
// fixed when the window opened. Candidates come as a Poisson process of rate M Σ_k c_k and
// are ordered pairs: the source k with probability c_k/Σc, the target uniform among
// all M neurons. A candidate is accepted with probability λ(v_k)/c_k, v_k taken at that
// moment, unless source and target are the same neuron. As long as λ(v_k) ≤ c_k for all k,
// each pair of distinct neurons then spikes with intensity exactly λ(v_k), independently
// given the potentials (P. A. W. Lewis and G. S. Shedler, Naval Research Logistics Quarterly
// 26, 403–413, 1979). A window ends at the latest at the first moment at which some neuron
// may outgrow its bound: the bounds are kept against decay and stimulus by construction, for
// the whole length of the window, and against jumps by looking at the target of each
// accepted candidate. All this is known from the candidates seen so far, so that the end of a
// window is a stopping time. A Poisson process starts afresh at a stopping time: candidates
// after it are drawn anew from the bounds of the next window, and the next bounds
// may be any function of the past. The choice between flat windows, where c_k = λ̄, and
// windows that follow the state is one of speed only.
//
// In a window that follows the state neurons of similar bounds form a class: a candidate
// chooses the class by its total rate and a neuron in it uniformly, which is the
// composition and rejection of A. Slepoy, A. P. Thompson and S. J. Plimpton (Journal of
// Chemical Physics 128, 205101, 2008).
//
// # What a candidate costs
//
// The potential is v = x e^{−(t−o)/τ} + g(t), with g a solution of g′ = −g/τ + I that is constant
// between the jumps of I, or a sine. All neurons of a population share the factor, so
// that x changes at jumps only. The factor follows the time by a cubic polynomial
// (leak.go). Acceptance compares v with a quantile of the rate function, tabulated; three
// candidates in 1024 need more (quantiles.go). Nothing branches on acceptance, which
// no processor can predict: an accepted jump and a rejected one are the same instructions
// with a different mask.
//
// Memory is 21 bytes a neuron: x, the state shown to recorders, the class of the neuron
// and its place among those of its class.
type thinning struct {
	stream random.Stream
	next   float64 // the next candidate, as time since sync
	gap    float64 // mean time between candidates

	// The tables of the inner loops have a fixed length so that indices of 4 and 8 bits
	// need no check and all are found from one pointer.
	emitters [maxEmitters]emitter
	waves    [maxEmitters]wave
	pathways [maxEmitters * classesPerEmitter]pathway
	slots    [classSlots]uint8
	classes  [maxEmitters * classesPerEmitter]class
	limits   [maxEmitters * classesPerEmitter]float64 // of x, by class

	x     []float64 // by neuron, all populations in a row; a zero for each feedforward source
	class []uint8   // emitter·16 + number of the class in it, by neuron
	order []uint32  // neurons by class

	sync   float64 // the time that the polynomials start from
	span   float64 // how far they reach
	waving bool    // some stimulus is a sine
	// Some stimulus or rate of a source is not constant between jumps.
	changing bool

	network *bnn.Network
	counts  []int
	neurons int // M
	rootN   float64
	origin  []float64      // o, by population
	steady  []bnn.Stimulus // g, by population
	rest    []resting      // what the inner loops do not need, by emitter
	jumps   []float64      // of all stimuli and rates, in order
	window  window
	row     int // the next output time
	state   State
	inspect func() // called every now and then by tests; nil otherwise
}

const (
	maxEmitters       = 16
	classesPerEmitter = 16
	classSlots        = 1 << slotBits
	slotBits          = 12
)

// An emitter is a population, or a feedforward source, which comes after them: as the
// source of a candidate its y = β(v−θ) is x times a cubic of the time since sync, plus a
// shift. Constant rates have y = certain.
type emitter struct {
	decay [4]float64
	shift float64
	flat  *random.QuantileTable // where all populations share the bound of the highest
	_     [2]uint64             // to 64 bytes: the index is then a shift
}

// certain is a y that every sigmoid takes for 1.
const certain = 1e36

// A wave is the change of the shift since sync: a cubic without its constant.
type wave [3]float64

// A pathway leads from an emitter to a population: weight/√n over the factor of the
// target, as a cubic of the time since sync, and the spikes so far.
type pathway struct {
	jump   [4]float64
	spikes int64
	_      [3]uint64
}

// resting holds the parameters of an emitter.
type resting struct {
	bound            float64      // λ̄
	decay            [4]float64   // as in emitter and pathway, at age 0
	jump             [][4]float64 // by population
	slope, threshold float64      // of y; 0 and 0 for a constant
	sigmoid          random.Sigmoid
	constant         bool
	varying          bnn.Stimulus // the rate of a feedforward source that is not constant
	sources          float64      // neurons of a feedforward source
}

// Exact is the exact simulation at the speed of the hardware: no time step, every spike
// of every pair at its own moment, in the law of the model. A unit of time
// costs Σ_b N_b (M−1) λ̄_b candidates for M neurons in all, or fewer where rates are far
// below their bounds, and memory is 21 bytes a neuron. The plain simulator takes over for
// networks with noise, where each neuron diffuses by itself, with more than 16 populations
// and sources, or with rates or potentials of extreme size; a Summary says so.
type Exact struct{}

func (Exact) prepare(_ context.Context, p *plan, _ int) (*engine, error) {
	e := &engine{identity: "exact/3", name: "thinning", run: p.simulateExact}
	if why := p.whyNotThinning(); why != "" {
		e.name, e.fallback, e.run = "plain", why, p.simulatePairwise
	}
	return e, nil
}

// simulateExact runs one replica of a network that suits thinning.
func (p *plan) simulateExact(ctx context.Context, random *rand.Rand, recorders []Recorder) error {
	return newThinning(p, random).run(ctx, p.times, recorders)
}

// whyNotThinning tells why the tables of thinning have no room for the network, or not the
// precision for its numbers; "" if they have.
func (p *plan) whyNotThinning() string {
	if emitters := len(p.counts) + len(p.sources); emitters > maxEmitters {
		return fmt.Sprintf("there are %d populations and sources, and its tables have room for %d", emitters, maxEmitters)
	}
	neurons, potential := 0.0, 0.0
	end := p.times[len(p.times)-1]
	lowest, highest := math.Inf(1), 0.0
	rate := func(bound float64) {
		if bound > 0 {
			lowest, highest = min(lowest, bound), max(highest, bound)
		}
	}
	for a, population := range p.network.Populations {
		if population.Noise > 0 {
			return fmt.Sprintf("populations[%d] has noise, so that potentials move between spikes", a)
		}
		if population.Tau < 0x1p-30*end {
			return fmt.Sprintf("populations[%d] has a time constant of less than 2⁻³⁰ of the time to simulate", a)
		}
		neurons += float64(p.counts[a])
		rate(population.Rate.Bound())
		least, greatest := population.External().Range()
		potential = max(potential, max(math.Abs(least), math.Abs(greatest))*population.Tau)
		potential = max(potential, math.Abs(p.startMean[a])+math.Sqrt(p.network.Initial.Variance[a]))
		for _, weight := range p.network.Weights[a] {
			potential = max(potential, math.Abs(weight))
		}
	}
	for _, source := range p.network.Feedforward {
		_, most := source.Rate.Range()
		rate(most)
		for _, weight := range source.Weights {
			potential = max(potential, math.Abs(weight))
		}
	}
	standard := 0.0
	for _, population := range p.network.Populations {
		_, slope, threshold, _ := standardise(population.Rate)
		standard = max(standard, slope*(potential+math.Abs(threshold)))
	}
	// A class is chosen with a precision of 2⁻¹⁷ of a slot, and y must not overflow
	// in 32 bits, after 10¹⁵ jumps one way.
	switch {
	case !(neurons*highest/lowest < 1<<28):
		return "the greatest rates are too far from the least for the number of neurons"
	case !(potential < 1e20 && standard < 1e20):
		return "potentials may become too large for its precision"
	}
	return ""
}

// standardise writes a rate as λ̄F(slope·(v − threshold)).
func standardise(rate bnn.Rate) (s random.Sigmoid, slope, threshold float64, constant bool) {
	switch rate := rate.(type) {
	case bnn.Logistic:
		return random.LogisticSigmoid, rate.Slope, rate.Threshold, false
	case bnn.Probit:
		return random.NormalSigmoid, rate.Slope, rate.Threshold, false
	}
	return random.LogisticSigmoid, 0, 0, true
}
