package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/random"
)

// advanceGeneral considers all candidates up to a limit, as a time since sync, in a window with
// classes, of any network (advance_uniform.go says what y is; one loop for both, which asks what kind
// the window is, takes 8 % longer). It stops at once, and says so, when a neuron outgrows its bound.
//
// A bound that follows the state is kept by a limit of x, by class or where thresholds are spread by
// neuron, with a reserve for what C may rise by: a window ends when some x exceeds its limit, or
// some C its reserve. No bound holds for a time in which a potential diffuses, so that populations
// with noise are bounded by their greatest rates in every window.
func (r *Replica) advanceGeneral(limit float64) (outgrown bool) {
	a, b := r.stream.A, r.stream.B
	t, gap, stride := r.next, r.gap, r.stride
	x, members, waving := r.x, r.members, r.waving
	neurons := uint64(r.neurons)
	accepted, read, classes := r.accepted, r.read, r.class
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		from := r.slots[word>>(64-slotBits)]
		c := &r.classes[from]
		index, rest := bits.Mul64(word<<slotBits, c.count)
		source := uint64(r.order[c.first+index])
		target, _ := bits.Mul64(rest, neurons)
		word, a, b = random.Step(a, b)
		number, _ := bits.Mul64(word, c.bins)
		number = min(number>>binFraction, random.QuantileBins)
		emitter := from / classesPerEmitter
		m := &members[emitter]
		since := t - m.from
		if since > m.reach {
			r.refresh(int(emitter), t)
			since = 0
		}
		at := x[source]
		if m.noisy {
			word, a, b = random.Step(a, b)
			z, inside := random.FastNormal(word)
			if !inside {
				r.stream = random.Stream{A: a, B: b}
				z = r.normalFrom(word)
				a, b = r.stream.A, r.stream.B
			}
			now := quartic(&m.diffusion, since)
			// Rounding may put it before the last reading.
			if passed := now - read[source]; passed > 0 {
				at += math.Sqrt(passed) * z
				x[source], read[source] = at, now
			}
		}
		y := (at+m.common)*quartic(&m.decay, since) + m.shift
		if waving { // of no member alone, which no processor could predict
			y += since * (m.wave[0] + since*(m.wave[1]+since*(m.wave[2]+since*m.wave[3])))
		}
		if r.offset != nil {
			y -= r.offset[source]
		}
		bin := &c.table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, c.table, y, number, t)
			a, b = r.stream.A, r.stream.B
		}
		if m.shared {
			if accept != 0 && r.reachAll(emitter, t) {
				outgrown = true
				break
			}
		} else {
			if source == target {
				accept = 0
			}
			kind := classes[target]
			into := kind / classesPerEmitter
			m := &members[into]
			since := t - m.from
			if since > m.reach {
				r.refresh(int(into), t)
				since = 0
			}
			p := &r.pathways[int(into)*stride+int(emitter)]
			jump := p.weight * quartic(&m.growth, since)
			p.spikes -= int64(accept)
			accepted -= int64(accept)
			moved := x[target] + math.Float64frombits(math.Float64bits(jump)&accept)
			x[target] = moved
			most := r.limits[kind]
			if r.offset != nil {
				most = r.limit[target]
			}
			if moved > most {
				outgrown = true
				break
			}
		}

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
	r.next, r.accepted = t, accepted
	return outgrown
}
