package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// considerDirectly does what consider does for few plain populations where no rate is known not to fall: each candidate is
// decided by an evaluation, with a uniform number of its own.
func (r *Replica) considerDirectly(limit float64) {
	a, b := r.stream.A, r.stream.B
	t, gap, few := r.next, r.gap, &r.few
	x := r.x
	emitters := r.emitter[:len(x)]
	bound := r.window.shared * 0x1p-53
	var rates [fewEmitters]bnn.Rate
	var bounds [fewEmitters]float64
	for e, population := range r.network.Populations {
		rates[e], bounds[e] = population.Rate, r.rest[e].bound
	}
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		source, rest := bits.Mul64(word, uint64(len(x)))
		target, _ := bits.Mul64(rest, uint64(len(x)))
		emitter := emitters[source]
		m := &few.members[emitter%fewEmitters]
		v := x[source]*polynomial[with](&m.decay, t) + m.shift
		word, a, b = random.Step(a, b)
		accept := uint64(0)
		if least := float64(int64(word>>11)) * bound; least < bounds[emitter%fewEmitters] && source != target {
			accept = uint64(int64(math.Float64bits(least-rates[emitter%fewEmitters].At(v))) >> 63)
		}
		into := emitters[target]
		p := &few.pathways[(into*fewEmitters+emitter)%uint16(len(few.pathways))]
		jump := polynomial[with](&p.growth, t)
		p.spikes -= int64(accept)
		x[target] += math.Float64frombits(math.Float64bits(jump) & accept)

		word, a, b = random.Step(a, b)
		wait, inside := random.FastExponential(word)
		if !inside {
			r.stream = random.Stream{A: a, B: b}
			wait = r.exponentialFrom(word)
			a, b = r.stream.A, r.stream.B
		}
		t += wait * gap
	}
	r.stream = random.Stream{A: a, B: b}
	r.next = t
}
