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
	r.origin = make([]float64, len(r.counts))
	emitters := len(network.Populations) + len(network.Sources)
	if r.members = r.few.members[:min(emitters, fewEmitters)]; emitters > fewEmitters {
		r.members = make([]member, emitters)
	}
	for a := range network.Populations {
		r.addPopulation(a)
	}
	for x, source := range network.Feedforward {
		r.addSource(source, network.Sources[x])
	}
	slices.Sort(r.jumps)
	r.layOut()
	r.makeTables()
	first := 0
	for a := range network.Populations {
		start := r.steady[a].At(0)
		random.Start(source, network.Initial, a, network.Start[a], r.x[first:first+r.counts[a]])
		for j := range r.counts[a] {
			r.x[first+j] -= start
		}
		first += r.counts[a]
	}
	r.stream = random.NewStream(source)
	r.Offsets = random.Offsets(source, network.Populations, r.counts)
	r.startOffsets()
	r.shareBound()
	r.startWindows()
	return r
}

// makeTables makes those of the emitters.
func (r *Replica) makeTables() {
	emitters := len(r.rest)
	r.pathways, r.stride = make([]pathway, len(r.counts)*emitters), emitters
	if emitters <= fewEmitters {
		r.classes, r.limits = r.few.classes[:], r.few.limits[:]
	} else {
		r.classes, r.limits = make([]class, emitters*classesPerEmitter), make([]float64, emitters*classesPerEmitter)
	}
	r.scratch.place, r.scratch.rates, r.scratch.shares = make([]uint32, len(r.classes)), make([]float64, len(r.classes)), make([]int, len(r.classes))
	for a, population := range r.network.Populations {
		r.rest[a].decay = taylor(r.rest[a].slope, -1/population.Tau)
		r.rest[a].growth = taylor(1/r.rootN, 1/population.Tau)
		for e := range r.rest {
			weight := &r.pathways[a*r.stride+e].weight
			if e < len(r.counts) {
				*weight = r.network.Weights[a][e]
			} else {
				*weight = r.network.Feedforward[e-len(r.counts)].Weights[a]
			}
		}
	}
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
		r.members[a].waving, r.waving, r.driven = true, true, true
		return
	}
	if !bnn.Stepped(stimulus) {
		_, greatest := stimulus.Range()
		r.steady = append(r.steady, &followed{pieces.NewResponse(stimulus, tau), tau, greatest * tau})
		r.members[a].waving, r.waving, r.driven = true, true, true
		return
	}
	r.jumps = append(r.jumps, stimulus.Jumps()...)
	r.steady = append(r.steady, bnn.ConstantStimulus{Value: stimulus.At(0) * tau})
}

func (r *Replica) addSource(source bnn.Source, neurons int) {
	least, greatest := source.Rate.Range()
	rest := resting{bound: greatest, curve: random.CertainCurve, constant: true, sources: float64(neurons)}
	if least < greatest {
		rest.varying, rest.curve = source.Rate, random.EvaluatedCurve
		_, sine := source.Rate.(bnn.Sine)
		if stepped := bnn.Stepped(source.Rate); sine || stepped {
			rest.curve = random.VaryingCurve
			if stepped {
				r.jumps = append(r.jumps, source.Rate.Jumps()...)
			}
		}
	}
	r.members[len(r.rest)].shared, r.driven = source.Shared, r.driven || source.Shared
	r.rest = append(r.rest, rest)
}

// decide decides a candidate that its bin does not, and returns all ones or zeros. The slow paths
// are not inlined, to leave the registers to the inner loops.
//
//go:noinline
func (r *Replica) decide(emitter uint16, table *random.QuantileTable, y float64, bin uint64, since float64) uint64 {
	if rest := &r.rest[emitter]; rest.varying != nil {
		y = rest.varying.At(r.sync+since) / rest.bound
	}
	if table.Exact(y, bin, r.stream.Uniform()) {
		return math.MaxUint64
	}
	return 0
}

// exponentialFrom is that of the stream.
//
//go:noinline
func (r *Replica) exponentialFrom(word uint64) float64 { return r.stream.ExponentialFrom(word) }
