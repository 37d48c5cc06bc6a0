package thinning

import (
	"math"
	"sync"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// A Network is a network at a size.
type Network struct {
	*bnn.Network
	N       int
	Counts  []int     // neurons a population
	Sources []int     // neurons a feedforward source
	Start   []float64 // the means from which replicas start, by population
	Curves  []Curve   // by population, see CurvesOf
}

// A Curve is a rate written as λ̄F(slope·(v − threshold)).
type Curve struct {
	*random.Curve
	slope, threshold float64
	constant         bool
	// shared returns the table of the greatest bound of the network, which flat windows may have.
	shared func() *random.QuantileTable
}

// CurvesOf prepares the rates of a network, once for all replicas: one that is none of the
// sigmoids takes up to some ten thousand evaluations.
func CurvesOf(network *bnn.Network) []Curve {
	curves := make([]Curve, len(network.Populations))
	greatest := 0.0
	for a, population := range network.Populations {
		curves[a] = curveOf(population.Rate)
		greatest = max(greatest, population.Rate.Bound())
	}
	type key struct {
		curve *random.Curve
		ratio float64
	}
	tables := map[key]func() *random.QuantileTable{} // 8 kB each, and up to a millisecond
	for a, population := range network.Populations {
		k := key{curves[a].Curve, math.Inf(1)}
		if bound := population.Rate.Bound(); bound > 0 {
			k.ratio = greatest / bound
		}
		if tables[k] == nil {
			tables[k] = sync.OnceValue(func() *random.QuantileTable { return k.curve.TableFor(k.ratio) })
		}
		curves[a].shared = tables[k]
	}
	return curves
}

func curveOf(rate bnn.Rate) Curve {
	switch own := rate.(type) {
	case bnn.Logistic:
		return Curve{Curve: random.LogisticCurve, slope: own.Slope, threshold: own.Threshold}
	case bnn.Probit:
		return Curve{Curve: random.NormalCurve, slope: own.Slope, threshold: own.Threshold}
	case bnn.ConstantRate:
		return Curve{Curve: random.CertainCurve, constant: true}
	}
	if rate.Bound() == 0 {
		return Curve{Curve: random.CertainCurve, constant: true}
	}
	curve, slope, threshold := random.NewCurve(rate)
	return Curve{Curve: curve, slope: slope, threshold: threshold}
}

// A Replica is one replica of the fast exact simulator. Its law is that of theory.md §1; what
// differs from the plain simulator is what a candidate costs and how many there are.
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
// between the jumps of I, or a sine, or for other stimuli followed from time 0 by cubics
// (pieces.Response). All neurons of a population share the factor, so
// that x changes at jumps only, and by noise. The factor follows the time by a polynomial
// (leak.go). Acceptance compares v with a quantile of the rate function, tabulated; three
// candidates in 1024 need more (quantiles.go). Nothing branches on acceptance, which
// no processor can predict: an accepted jump and a rejected one are the same instructions
// with a different mask.
//
// Memory is 14 bytes a neuron: x, the class of the neuron and its place among those of its
// class; and 8 for the potential that is shown. Up to 2¹⁶ neurons take 2 bytes more, for their
// populations; a spread takes 16, and noise 8.
type Replica struct {
	Offsets [][]float64 // δ by population and neuron, nil without a spread

	stream random.Stream
	next   float64 // the next candidate, as time since sync
	gap    float64 // mean time between candidates

	few few

	members  []member
	pathways []pathway // target·stride + emitter
	stride   int
	classes  []class
	limits   []float64 // of x, by class, without a spread
	slots    [classSlots]uint16
	scratch  struct { // by class, while a window opens
		place  []uint32
		rates  []float64
		shares []int
	}

	x       []float64 // by neuron, all populations in a row; a zero for each stand-in, and at least for each source
	emitter []uint16  // by neuron and stand-in, if there are uniform windows
	class   []uint16  // emitter·16 + number of the class in it, by neuron
	order   []uint32  // neurons by class
	limit   []float64 // of x in the window, by neuron, nil without a spread
	offset  []float64 // d by neuron, nil without a spread
	read    []float64 // q when the neuron was read last, by neuron; nil without noise

	accepted int64 // candidates so far, but of the loop Few

	waving bool    // some g is not constant between jumps
	driven bool    // so it is, or some source is shared
	sync   float64 // the time that others are counted from
	span   float64 // how far the loops go before it is renewed

	network Network
	counts  []int
	neurons int // M
	rootN   float64
	origin  []float64  // o, by population
	steady  []response // g, by population
	rest    []resting  // what the inner loops do not need, by emitter
	jumps   []float64  // of all stimuli and rates, in order
	window  window
	row     int                                 // the next output time
	heard   func(t float64, source, target int) // see Listen
	inspect func()                              // called every now and then by tests; nil otherwise
}

// few has the tables of a network of few emitters. They have a fixed length so that indices of 4 and
// 8 bits need no check, and the inner loop finds all from one pointer.
type few struct {
	members  [fewEmitters]member
	pathways [fewEmitters * fewEmitters]fewPathway // target·fewEmitters + emitter
	classes  [fewEmitters * classesPerEmitter]class
	limits   [fewEmitters * classesPerEmitter]float64
}

const (
	fewEmitters       = 16
	maxEmitters       = 2048 // half of the slots
	classesPerEmitter = 16
	classSlots        = 1 << slotBits
	slotBits          = 12
)

// A pathway leads from an emitter to a population.
type pathway struct {
	weight float64
	spikes int64 // so far
}

// spikesOf returns the spikes that population a heard of an emitter so far.
func (r *Replica) spikesOf(a, e int) int64 {
	spikes := r.pathways[a*r.stride+e].spikes
	if len(r.rest) <= fewEmitters {
		spikes += r.few.pathways[a*fewEmitters+e].spikes
	}
	return spikes
}

// A fewPathway is one in the loop of few emitters.
type fewPathway struct {
	growth [5]float64 // weight times that of the target
	spikes int64
	_      [2]uint64 // to 64 bytes
}

// resting holds the parameters of an emitter.
type resting struct {
	bound            float64    // λ̄
	decay            [5]float64 // as in emitter, at age 0
	growth           [5]float64 // of a population, at age 0
	diffusion        [5]float64 // q of member.go, at age 0
	curve            *random.Curve
	slope, threshold float64 // of y; 0 and 0 for a constant
	constant         bool
	varying          bnn.Stimulus // the rate of a feedforward source that is not constant
	sources          float64      // neurons of a feedforward source
}
