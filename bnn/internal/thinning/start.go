package thinning

import (
	"math"
	"math/rand/v2"
	"slices"

	"balanced/bnn"
	"balanced/bnn/internal/pieces"
	"balanced/bnn/internal/random"
)

// New draws the start of a replica of a network that is not Unsuited, as the plain simulator does,
// and opens the first window.
func New(network Network, source *rand.Rand) *Replica {
	r := &Replica{network: network, counts: network.Counts, rootN: math.Sqrt(float64(network.N))}
	for _, count := range r.counts {
		r.neurons += count
	}
	r.x = make([]float64, r.neurons+len(network.Sources))
	r.class = make([]uint16, r.neurons)
	r.order = make([]uint32, r.neurons+len(network.Sources))
	r.origin = make([]float64, len(r.counts))
	r.makeTables(len(network.Populations) + len(network.Sources))
	first := 0
	for a := range network.Populations {
		r.addPopulation(a)
		start := r.steady[a].At(0)
		random.Start(source, network.Initial, a, network.Start[a], r.x[first:first+r.counts[a]])
		for j := range r.counts[a] {
			r.x[first+j] -= start
			r.class[first+j] = uint16(a * classesPerEmitter)
		}
		first += r.counts[a]
	}
	for x, source := range network.Feedforward {
		r.addSource(source, network.Sources[x])
	}
	r.prepareCubics()
	slices.Sort(r.jumps)
	r.stream = random.NewStream(source)
	r.Offsets = random.Offsets(source, network.Populations, r.counts)
	r.startGeneral(r.Offsets)
	r.startWindows()
	return r
}

// makeTables makes those of so many emitters.
func (r *Replica) makeTables(emitters int) {
	many := emitters
	if emitters <= fewEmitters {
		many = fewEmitters
	}
	r.scratch.place, r.scratch.rates, r.scratch.shares = make([]uint32, many*classesPerEmitter), make([]float64, many*classesPerEmitter), make([]int, many*classesPerEmitter)
	if emitters <= fewEmitters {
		few := &r.few
		r.emitters, r.waves, r.growth, r.pathways = few.emitters[:], few.waves[:], few.growth[:], few.pathways[:]
		r.classes, r.limits, r.stride = few.classes[:], few.limits[:], fewEmitters
		return
	}
	r.emitters, r.waves, r.growth = make([]emitter, emitters), make([]wave, emitters), make([][4]float64, len(r.counts))
	r.pathways, r.stride = make([]pathway, len(r.counts)*emitters), emitters
	r.classes, r.limits = make([]class, emitters*classesPerEmitter), make([]float64, emitters*classesPerEmitter)
}

func (r *Replica) addPopulation(a int) {
	population, curve := r.network.Populations[a], r.network.Curves[a]
	r.rest = append(r.rest, resting{bound: population.Rate.Bound(), curve: curve.Curve,
		slope: curve.slope, threshold: curve.threshold, constant: curve.constant})
	tau := population.Tau
	stimulus := population.External()
	if sine, is := stimulus.(bnn.Sine); is {
		// The response that has always been there: Amplitude·e^{i(ωt+φ)}·τ/(1+iωτ).
		turn := 2 * math.Pi / sine.Period * tau
		r.steady = append(r.steady, bnn.Sine{Baseline: sine.Baseline * tau, Amplitude: sine.Amplitude * tau / math.Hypot(1, turn), Period: sine.Period, Phase: sine.Phase - math.Atan(turn)})
		r.waving, r.changing = true, true
		return
	}
	if !bnn.Stepped(stimulus) {
		_, greatest := stimulus.Range()
		r.steady = append(r.steady, &followed{pieces.NewResponse(stimulus, tau), tau, greatest * tau})
		r.waving, r.changing = true, true
		return
	}
	r.jumps = append(r.jumps, stimulus.Jumps()...)
	r.steady = append(r.steady, bnn.ConstantStimulus{Value: stimulus.At(0) * tau})
}

func (r *Replica) addSource(source bnn.Source, neurons int) {
	least, greatest := source.Rate.Range()
	rest := resting{bound: greatest, constant: true, sources: float64(neurons)}
	if least < greatest {
		rest.varying = source.Rate
		r.changing = true
		if bnn.Stepped(source.Rate) {
			r.jumps = append(r.jumps, source.Rate.Jumps()...)
		}
	}
	r.rest = append(r.rest, rest)
}

// decideFlat decides a candidate of a flat window that its bin does not, and returns all ones or zeros. The slow paths are not inlined, to leave the
// registers to the inner loops.
//
//go:noinline
func (r *Replica) decideFlat(emitter uint16, y float64, bin uint64) uint64 {
	if r.emitters[emitter].flat.Exact(y, bin, r.stream.Uniform()) {
		return math.MaxUint64
	}
	return 0
}

// decideExactly does so in windows with classes, where the source may be a feedforward one
// of varying rate.
//
//go:noinline
func (r *Replica) decideExactly(from uint16, y float64, bin uint64, since float64) uint64 {
	uniform := r.stream.Uniform()
	if rest := &r.rest[from/classesPerEmitter]; rest.varying != nil {
		if (float64(bin)+uniform)*(rest.bound/random.QuantileBins) < rest.varying.At(r.sync+since) {
			return math.MaxUint64
		}
		return 0
	}
	if r.classes[from].table.Exact(y, bin, uniform) {
		return math.MaxUint64
	}
	return 0
}

// exponentialFrom is that of the stream.
//
//go:noinline
func (r *Replica) exponentialFrom(word uint64) float64 { return r.stream.ExponentialFrom(word) }
