package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/random"
)

// advanceGeneral considers all candidates up to a limit, as a time since sync, in any window. It
// stops at once, and says so, when a neuron outgrows its bound.
//
// It knows all that a network may have: any number of emitters, noise, spread thresholds,
// sources private and shared, stimuli of any kind, bounds that follow the state. Only flat windows
// of a few plain populations have a shorter one (advance.go).
//
// The y of a neuron is (x + C)·decay + shift − d: C is what its population heard of shared
// sources, one number for all, in the units of x, and d its offset in those of y. A bound that
// follows the state is kept by a limit of x for each neuron, with a reserve for what C may rise
// by: a window ends when some x exceeds its limit, or some C its reserve.
//
// # Uniform windows
//
// In a flat window in which all bounds are near the greatest one, it serves for all: sources of
// candidates are then uniform among neurons, and there are neither slots nor classes. A
// feedforward source is represented by stand-ins, as many as its rate needs at that bound.
//
// # Noise
//
// With noise D the x of a neuron moves between spikes by Gaussian increments, of variance
// q(t) − q(s) from s to t with q(t) = D²τ/2·e^{2(t−o)/τ} [D, theory.md §1]. Nothing depends on
// them until the neuron is read, as the source of a candidate or at an output time: then the
// increment since the last reading is drawn at once, and q is noted. Jumps are added meanwhile to
// what was read last, which commutes. No bound holds for a time in which a potential diffuses, so
// that such populations are bounded by their greatest rates in every window.
func (r *Replica) advanceGeneral(limit float64) (outgrown bool) {
	a, b := r.stream.A, r.stream.B
	t, gap, stride := r.next, r.gap, r.stride
	x, emitters, members, waving := r.x, r.emitter, r.members, r.waving
	neurons, uniform := uint64(r.neurons), r.window.flat && r.window.uniform
	accepted, read, classes := r.accepted, r.read, r.class
	for t < limit {
		var word, source, target, number uint64
		var emitter uint16
		var table *random.QuantileTable
		word, a, b = random.Step(a, b)
		if uniform {
			// Of one word, as in advanceFlat.
			var rest uint64
			source, rest = bits.Mul64(word, uint64(len(emitters)))
			target, rest = bits.Mul64(rest, neurons)
			number = rest >> 54
			emitter = emitters[source]
			table = members[emitter].table
		} else {
			from := r.slots[word>>(64-slotBits)]
			c := &r.classes[from]
			index, rest := bits.Mul64(word<<slotBits, c.count)
			source = uint64(r.order[c.first+index])
			target, _ = bits.Mul64(rest, neurons)
			word, a, b = random.Step(a, b)
			number, _ = bits.Mul64(word, c.bins)
			number = min(number>>binFraction, random.QuantileBins)
			emitter, table = from/classesPerEmitter, c.table
		}
		m := &members[emitter]
		since := t - m.from
		if since > m.reach {
			r.refresh(int(emitter), t)
			since = 0
		}
		at := x[source]
		if m.noisy {
			word, a, b = random.Step(a, b)
			layer := &random.NormalZiggurat[word%random.NormalLayers]
			place := int64(word) >> 11
			z := float64(place) * layer.Width
			if max(place, -place) >= layer.Inside {
				r.stream = random.Stream{A: a, B: b}
				z = r.normalFrom(word)
				a, b = r.stream.A, r.stream.B
			}
			now := m.diffusion[0] + since*(m.diffusion[1]+since*(m.diffusion[2]+since*(m.diffusion[3]+since*m.diffusion[4])))
			// Rounding may put it before the last reading.
			if passed := now - read[source]; passed > 0 {
				at += math.Sqrt(passed) * z
				x[source], read[source] = at, now
			}
		}
		y := (at+m.common)*(m.decay[0]+since*(m.decay[1]+since*(m.decay[2]+since*(m.decay[3]+since*m.decay[4])))) + m.shift
		if waving { // of no member alone, which no processor could predict
			y += since * (m.wave[0] + since*(m.wave[1]+since*(m.wave[2]+since*m.wave[3])))
		}
		if r.offset != nil {
			y -= r.offset[source]
		}
		bin := &table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, table, y, number, t)
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
			var into, kind uint16
			if uniform {
				into = emitters[target]
			} else {
				kind = classes[target]
				into = kind / classesPerEmitter
			}
			m := &members[into]
			since := t - m.from
			if since > m.reach {
				r.refresh(int(into), t)
				since = 0
			}
			p := &r.pathways[int(into)*stride+int(emitter)]
			jump := p.weight * (m.growth[0] + since*(m.growth[1]+since*(m.growth[2]+since*(m.growth[3]+since*m.growth[4]))))
			p.spikes -= int64(accept)
			accepted -= int64(accept)
			moved := x[target] + math.Float64frombits(math.Float64bits(jump)&accept)
			x[target] = moved
			if !uniform {
				most := r.limits[kind]
				if r.offset != nil {
					most = r.limit[target]
				}
				if moved > most {
					outgrown = true
					break
				}
			}
		}

		word, a, b = random.Step(a, b)
		layer := &random.ExponentialZiggurat[word%random.ExponentialLayers]
		wait := float64(int64(word>>11)) * layer.Width
		if word>>11 >= layer.Inside {
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
