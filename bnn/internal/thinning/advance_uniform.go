package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/random"
)

// advanceUniform considers all candidates up to a limit, as a time since sync, in a uniform window
// of any network.
//
// A flat window is uniform if all bounds are near the greatest one: it serves for all then, and
// sources of candidates are uniform among neurons, for which there need be neither slots nor
// classes. A feedforward source is represented by stand-ins, as many as its rate needs at that
// bound. One word is cut into source, target and bin as in advanceFlat.
//
// The y of a neuron is (x + C)·decay + shift − d: C is what its population heard of shared
// sources, one number for all, in the units of x, and d its offset in those of y.
//
// With noise D the x of a neuron moves between spikes by Gaussian increments, of variance
// q(t) − q(s) from s to t with q(t) = D²τ/2·e^{2(t−o)/τ} [D, theory.md §1]. Nothing depends on
// them until the neuron is read, as the source of a candidate or at an output time: then the
// increment since the last reading is drawn at once, and q is noted. Jumps are added meanwhile to
// what was read last, which commutes.
func (r *Replica) advanceUniform(limit float64) {
	a, b := r.stream.A, r.stream.B
	t, gap, stride := r.next, r.gap, r.stride
	x, members, waving := r.x[:len(r.emitter)], r.members, r.waving
	emitters := r.emitter[:len(x)]
	neurons := uint64(r.neurons)
	accepted, read := r.accepted, r.read
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		source, rest := bits.Mul64(word, uint64(len(x)))
		target, rest := bits.Mul64(rest, neurons)
		number := rest >> 54
		emitter := emitters[source]
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
		bin := &m.table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, m.table, y, number, t)
			a, b = r.stream.A, r.stream.B
		}
		if m.shared {
			if accept != 0 {
				r.reachAll(emitter, t)
			}
		} else {
			if source == target {
				accept = 0
			}
			into := emitters[target]
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
}
