package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/random"
)

// advanceFlat considers all candidates up to a limit, as a time since sync, in a flat
// window of a network without sources and sines: sources are uniform among all neurons
// then, whatever their population, and the tables know the bound that they share.
//
// One word is cut into source, target and bin by multiplications of which each takes
// its integer from the fraction that the last one left. With at most 2¹⁶ neurons at least
// 22 bits are left below the bin, so that for no pair its probability is off by more
// than 2⁻²², and on average over pairs by nothing.
func (r *Replica) advanceFlat(limit float64) {
	a, b := r.stream.A, r.stream.B
	t, gap, few := r.next, r.gap, &r.few
	x := r.x
	emitters := r.emitter[:len(x)]
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		source, rest := bits.Mul64(word, uint64(len(x)))
		target, rest := bits.Mul64(rest, uint64(len(x)))
		emitter := emitters[source]
		e := &few.emitters[emitter%fewEmitters]
		y := x[source]*cubic(&e.decay, t) + e.shift
		bin := &e.table.Bins[rest>>54]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, e.table, y, rest>>54, t)
			a, b = r.stream.A, r.stream.B
		}
		if source == target {
			accept = 0
		}
		into := emitters[target]
		p := &few.pathways[(into*fewEmitters+emitter)%uint16(len(few.pathways))]
		jump := cubic(&p.growth, t)
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

// advanceClasses does the same in windows with classes: a first word is cut into class, source and
// target, a second one decides. It stops at once, and says so, when a target outgrows
// the limit of its class.
func (r *Replica) advanceClasses(limit float64) (outgrown bool) {
	a, b := r.stream.A, r.stream.B
	t, gap, few := r.next, r.gap, &r.few
	x := r.x
	class := r.class
	order := r.order[:len(x)]
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		from := r.slots[word>>(64-slotBits)]
		c := &few.classes[from%uint16(len(few.classes))]
		index, rest := bits.Mul64(word<<slotBits, c.count)
		source := order[c.first+index]
		target, _ := bits.Mul64(rest, uint64(len(class)))
		emitter := from / classesPerEmitter % fewEmitters
		e := &few.emitters[emitter]
		y := x[source]*cubic(&e.decay, t) + e.shift
		word, a, b = random.Step(a, b)
		number, _ := bits.Mul64(word, c.bins)
		number = min(number>>binFraction, random.QuantileBins)
		bin := &c.table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decide(emitter, c.table, y, number, t)
			a, b = r.stream.A, r.stream.B
		}
		if uint64(source) == target {
			accept = 0
		}
		into := class[target]
		p := &few.pathways[(into&^(classesPerEmitter-1)|emitter)%uint16(len(few.pathways))]
		growth := &few.growth[into/classesPerEmitter%fewEmitters]
		jump := p.weight * cubic(growth, t)
		p.spikes -= int64(accept)
		moved := x[target] + math.Float64frombits(math.Float64bits(jump)&accept)
		x[target] = moved
		if moved > few.limits[into%uint16(len(few.limits))] {
			outgrown = true
			break
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
	return outgrown
}
