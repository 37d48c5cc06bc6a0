package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/random"
)

// consider considers all candidates up to a limit, as a time since sync. It stops at once, and says so,
// when a neuron outgrows its bound. It has what a network and a window have as its type arguments
// (aspects.go):
//
// Following: there are classes. A word is cut into slot, source and target, and a second one decides.
// A bound that follows the state is kept by a limit of x, by class or where thresholds are spread by
// neuron, with a reserve for what C may rise by: a window ends when some x exceeds its limit, or some
// C its reserve. No bound holds for a time in which a potential diffuses, so that populations with
// noise are bounded by their greatest rates in every window.
//
// Without, a window is uniform: all bounds are near the greatest one, which serves for all then, and
// sources are uniform among neurons, for which there need be neither slots nor classes. A feedforward
// source is represented by stand-ins, as many as its rate needs at that bound. One word is cut into
// source, target and bin by multiplications of which each takes its integer from the fraction that the
// last one left. With at most 2¹⁶ neurons at least 22 bits are left below the bin, so that for no pair
// its probability is off by more than 2⁻²², and on average over pairs by nothing.
//
// Driven: some g is not constant between jumps, or some source is shared. The y of a neuron is
// (x + C)·decay + shift − d: C is what its population heard of shared sources, one number for all, in
// the units of x. Spread: there is d, its offset in the units of y.
//
// Noisy: with noise D the x of a neuron moves between spikes by Gaussian increments, of variance
// q(t) − q(s) from s to t with q(t) = D²τ/2·e^{2(t−o)/τ} [D, theory.md §1]. Nothing depends on
// them until the neuron is read, as the source of a candidate or at an output time: then the
// increment since the last reading is drawn at once, and q is noted. Jumps are added meanwhile to
// what was read last, which commutes. An increment is drawn while the candidate before it is
// considered, so that a processor need not wait for the root, and is given back if that one ends the
// window.
func consider[Following, Driven, Noisy, Spread, Few, Lazy aspect](r *Replica, limit float64) (outgrown bool) {
	var (
		following Following
		driven    Driven
		noisy     Noisy
		spread    Spread
		few       Few
		lazy      Lazy
	)
	x, emitters, classes := r.x, r.emitter, r.class
	if len(following) == 0 {
		x = x[:len(emitters)]
	}
	var offset, read []float64
	if len(spread) == 1 {
		offset = r.offset[:len(x)]
	}
	if len(noisy) == 1 {
		read = r.read[:len(x)]
	}
	neurons, accepted := uint64(r.neurons), int64(0)
	var word uint64   // chooses the candidate at t
	var noise float64 // of its source since the last reading
	if len(noisy) == 1 {
		word = r.stream.Word()
		source, _, emitter, _ := sourceOf[Following](r, x, emitters, word)
		noise = r.draw(source, emitter, r.next)
	}
	a, b, waving := r.stream.A, r.stream.B, r.waving
	t, gap := r.next, r.gap
	for t < limit {
		var next, ahead uint64 // the word after this one, and its source
		var then, increment, before float64
		if len(noisy) == 0 {
			word, a, b = random.Step(a, b)
		} else {
			next, a, b = random.Step(a, b)
			wait, inside := random.FastExponential(next)
			if !inside {
				r.stream = random.Stream{A: a, B: b}
				wait = r.exponentialFrom(next)
				a, b = r.stream.A, r.stream.B
			}
			then = t + wait*gap
			next, a, b = random.Step(a, b)
			if then < limit {
				var emitter uint16
				ahead, _, emitter, _ = sourceOf[Following](r, x, emitters, next)
				var normal uint64
				normal, a, b = random.Step(a, b)
				z, inside := random.FastNormal(normal)
				if !inside {
					r.stream = random.Stream{A: a, B: b}
					z = r.normalFrom(normal)
					a, b = r.stream.A, r.stream.B
				}
				m, since := memberOf[Few](r, emitter), then
				if len(lazy) == 1 {
					since -= m.from
				}
				now := polynomial[Few](&m.diffusion, since)
				if len(lazy) == 1 && since > m.reach { // stimuli are not asked for what is ahead
					now = r.varianceAt(emitter, then)
				}
				before = read[ahead]
				passed := now - before
				if passed < 0 { // by rounding
					passed = 0
				}
				increment = math.Sqrt(passed) * z
				read[ahead] = now
			}
		}

		source, rest, emitter, c := sourceOf[Following](r, x, emitters, word)
		target, rest := bits.Mul64(rest, neurons)
		m := memberOf[Few](r, emitter)
		number, table := rest>>54, m.table
		if len(following) == 1 {
			word, a, b = random.Step(a, b)
			number, _ = bits.Mul64(word, c.bins)
			number, table = min(number>>binFraction, random.QuantileBins), c.table
		}
		since := t
		if len(lazy) == 1 {
			if since -= m.from; since > m.reach {
				since = r.refresh(int(emitter), t)
			}
		}
		at := x[source]
		if len(noisy) == 1 {
			at += noise
			x[source] = at
		}
		if len(driven) == 1 {
			at += m.common
		}
		y := at*polynomial[Few](&m.decay, since) + m.shift
		if len(driven) == 1 && waving { // of no member alone, which no processor could predict
			y += since * (m.wave[0] + since*(m.wave[1]+since*(m.wave[2]+since*m.wave[3])))
		}
		if len(spread) == 1 {
			y -= offset[source]
		}
		bin := &table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, table, y, number, t)
			a, b = r.stream.A, r.stream.B
		}
		if len(driven) == 1 && m.shared {
			if accept != 0 {
				outgrown = r.reachAll(emitter, t)
			}
		} else {
			if source == target {
				accept = 0
			}
			var class, into uint16
			if len(following) == 0 {
				into = emitters[target]
			} else {
				class = classes[target]
				into = class / classesPerEmitter
			}
			var jump float64
			if len(few) == 1 {
				p := &r.few.pathways[(into*fewEmitters+emitter)%uint16(len(r.few.pathways))]
				jump = polynomial[Few](&p.growth, t)
				p.spikes -= int64(accept)
			} else {
				m, since := &r.members[into], t
				if len(lazy) == 1 {
					if since -= m.from; since > m.reach {
						since = r.refresh(int(into), t)
					}
				}
				p := &r.pathways[int(into)*r.stride+int(emitter)]
				jump = p.weight * polynomial[Few](&m.growth, since)
				p.spikes -= int64(accept)
				accepted -= int64(accept)
			}
			if len(lazy) == 1 && r.heard != nil && accept != 0 && int(emitter) < len(r.counts) {
				r.heard(r.sync+t, int(source), int(target))
			}
			moved := x[target] + math.Float64frombits(math.Float64bits(jump)&accept)
			x[target] = moved
			if len(following) == 1 {
				outgrown = moved > limitOf[Spread, Few](r, target, class)
			}
		}
		if len(following) == 1 && outgrown {
			if len(noisy) == 1 && then < limit {
				read[ahead] = before
			}
			break
		}

		if len(noisy) == 1 {
			t, word, noise = then, next, increment
			continue
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
	r.next = t
	if len(few) == 0 {
		r.accepted += accepted
	}
	return outgrown && len(following) == 1
}
