package thinning

import (
	"math"
	"math/bits"

	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/random"
)

// What networks need that have more than a few emitters, noise, a spread of thresholds or shared
// sources: a loop of their own, that knows them all.
//
// The y of a neuron is then (x + C)·decay + shift − d: C is what its population heard of shared
// sources, one number for all, in the units of x, and d its offset in those of y. A bound that
// follows the state is kept by a limit of x for each neuron, with a reserve for what C may rise
// by: a window ends when some x exceeds its limit, or some C its reserve.
//
// # Noise
//
// With noise D the x of a neuron moves between spikes by Gaussian increments, of variance
// q(t) − q(s) from s to t with q(t) = D²τ/2·e^{2(t−o)/τ} [D, theory.md §1]. Nothing depends on
// them until the neuron is read, as the source of a candidate or at an output time: then the
// increment since the last reading is drawn at once, and q is noted. Jumps are added meanwhile to
// what was read last, which commutes. No bound holds for a time in which a potential diffuses, so
// that such populations are bounded by their greatest rates in every window.
type general struct {
	common   []float64 // C, by emitter
	reserved []float64 // the greatest C of the window
	shared   []bool    // the emitter is a shared source
	offset   []float64 // d, by neuron, and a zero for each source
	limit    []float64 // of x in the window, by neuron

	noisy     []bool       // by emitter
	diffusion [][4]float64 // q by emitter, as a cubic of the time since sync
	read      []float64    // q when the neuron was read last, by neuron; nil without noise
}

// startGeneral makes the parts ready, nil for networks that need none. Offsets are drawn last.
func (r *Replica) startGeneral(offsets [][]float64) {
	needed, noise := offsets != nil || len(r.rest) > fewEmitters, false
	for _, source := range r.network.Feedforward {
		needed = needed || source.Shared
	}
	for _, population := range r.network.Populations {
		noise = noise || population.Noise > 0
	}
	if !needed && !noise {
		return
	}
	emitters := len(r.rest)
	g := &general{common: make([]float64, emitters), reserved: make([]float64, emitters), shared: make([]bool, emitters),
		offset: make([]float64, len(r.x)), limit: make([]float64, len(r.x)),
		noisy: make([]bool, emitters), diffusion: make([][4]float64, emitters)}
	for x, source := range r.network.Feedforward {
		g.shared[len(r.counts)+x] = source.Shared
	}
	if noise {
		g.read = make([]float64, len(r.x))
	}
	first := 0
	for a, count := range r.counts {
		if offsets != nil {
			for j, offset := range offsets[a] {
				g.offset[first+j] = r.rest[a].slope * offset
			}
		}
		if population := r.network.Populations[a]; population.Noise > 0 {
			g.noisy[a] = true
			r.rest[a].diffusion = cubic(population.Noise*population.Noise*population.Tau/2, 2/population.Tau)
			for j := first; j < first+count; j++ {
				g.read[j] = r.rest[a].diffusion[0]
			}
		}
		first += count
	}
	r.general = g
}

// isNoisy tells whether the potentials of a population diffuse.
func (r *Replica) isNoisy(a int) bool { return r.general != nil && r.general.noisy[a] }

// commonOf returns C of a population.
func (r *Replica) commonOf(a int) float64 {
	if r.general == nil {
		return 0
	}
	return r.general.common[a]
}

// isShared tells whether an emitter is a shared source.
func (r *Replica) isShared(e int) bool { return r.general != nil && r.general.shared[e] }

// sourceRate is the rate of candidates of a feedforward source, over the number of neurons: a
// shared one has one process a neuron of its own, and not one for each pair.
func (r *Replica) sourceRate(e int) float64 {
	rate := r.rest[e].sources * r.rest[e].bound
	if r.isShared(e) {
		rate /= float64(r.neurons)
	}
	return rate
}

// reachAll lets all neurons hear a spike of a shared source, and tells whether some population
// has heard more than was reserved.
func (r *Replica) reachAll(emitter uint16, t float64) (outgrown bool) {
	g := r.general
	for a, count := range r.counts {
		p, growth := &r.pathways[a*r.stride+int(emitter)], &r.growth[a]
		g.common[a] += p.weight * (growth[0] + t*(growth[1]+t*(growth[2]+t*growth[3])))
		p.spikes += int64(count)
		outgrown = outgrown || g.common[a] > g.reserved[a]
	}
	return outgrown
}

// advanceGeneral does what advanceClasses does for such networks.
func (r *Replica) advanceGeneral(limit float64) (outgrown bool) {
	a, b := r.stream.A, r.stream.B
	t, gap, stride := r.next, r.gap, r.stride
	g := r.general
	x := r.x
	class := r.class
	order, offset, limits := r.order[:len(x)], g.offset[:len(x)], g.limit[:len(x)]
	for t < limit {
		var word uint64
		word, a, b = random.Step(a, b)
		from := r.slots[word>>(64-slotBits)]
		c := &r.classes[from]
		index, rest := bits.Mul64(word<<slotBits, c.count)
		source := order[c.first+index]
		target, _ := bits.Mul64(rest, uint64(len(class)))
		emitter := from / classesPerEmitter
		if g.noisy[emitter] {
			word, a, b = random.Step(a, b)
			layer := &random.NormalZiggurat[word%random.NormalLayers]
			place := int64(word) >> 11
			z := float64(place) * layer.Width
			if max(place, -place) >= layer.Inside {
				r.stream = random.Stream{A: a, B: b}
				z = r.normalFrom(word)
				a, b = r.stream.A, r.stream.B
			}
			d := &g.diffusion[emitter]
			now := d[0] + t*(d[1]+t*(d[2]+t*d[3]))
			x[source] += math.Sqrt(max(now-g.read[source], 0)) * z
			g.read[source] = now
		}
		e := &r.emitters[emitter]
		y := (x[source]+g.common[emitter])*(e.decay[0]+t*(e.decay[1]+t*(e.decay[2]+t*e.decay[3]))) + e.shift - offset[source]
		if r.waving {
			w := &r.waves[emitter]
			y += t * (w[0] + t*(w[1]+t*w[2]))
		}
		word, a, b = random.Step(a, b)
		number, _ := bits.Mul64(word, c.bins)
		number = min(number>>binFraction, random.QuantileBins)
		bin := &c.table.Bins[number]
		difference := math.Float32bits(bin.Middle - float32(y))
		accept := uint64(int64(int32(difference)) >> 63)
		if difference&math.MaxInt32 <= bin.Half {
			r.stream = random.Stream{A: a, B: b}
			accept = r.decideExactly(from, y, number, t)
			a, b = r.stream.A, r.stream.B
		}
		if g.shared[emitter] {
			if accept != 0 && r.reachAll(emitter, t) {
				outgrown = true
				break
			}
		} else {
			if uint64(source) == target {
				accept = 0
			}
			into := int(class[target] / classesPerEmitter)
			growth := &r.growth[into]
			p := &r.pathways[into*stride+int(emitter)]
			jump := p.weight * (growth[0] + t*(growth[1]+t*(growth[2]+t*growth[3])))
			p.spikes -= int64(accept)
			moved := x[target] + math.Float64frombits(math.Float64bits(jump)&accept)
			x[target] = moved
			if moved > limits[target] {
				outgrown = true
				break
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
	r.next = t
	return outgrown
}

// normalFrom is that of the stream.
//
//go:noinline
func (r *Replica) normalFrom(word uint64) float64 { return r.stream.NormalFrom(word) }

// diffuse brings the neurons of population a, which begin at a number, up to time t.
func (r *Replica) diffuse(a, first int, t float64) {
	population := r.network.Populations[a]
	now := r.rest[a].diffusion[0] * math.Exp(2*(t-r.origin[a])/population.Tau)
	for j := first; j < first+r.counts[a]; j++ {
		r.x[j] += math.Sqrt(max(now-r.general.read[j], 0)) * r.stream.Normal()
		r.general.read[j] = now
	}
}

// limitGenerally gives the neurons of population e, which begin at a number, classes of the given
// limits of y, and limits of their x. Without limits all are of class 0, which has none.
func (r *Replica) limitGenerally(e, first int, limits []float64, spacing, here, there, shift float64) {
	g := r.general
	own := uint16(e * classesPerEmitter)
	g.reserved[e] = math.Inf(1)
	end := first + r.counts[e]
	if limits == nil {
		for j := first; j < end; j++ {
			r.class[j], g.limit[j] = own, math.Inf(1)
		}
		return
	}
	common, rise := g.common[e], margin/here
	if len(r.network.Sources) > 0 {
		g.reserved[e] = common + rise
	}
	// x + C keeps to y if it is at most (y + d − shift)/factor, the least over the window.
	limitOf := func(i int, offset float64) float64 {
		if i == 0 {
			return math.Inf(1)
		}
		most := limits[i] + offset - shift
		if most >= 0 {
			return most/here - common - rise
		}
		return most/there - common - rise
	}
	for j := first; j < end; j++ {
		at := r.x[j] + common
		y := max(at*here, at*there) + shift - g.offset[j]
		i := int(min(max((limits[1]-2*margin-y)/spacing, -1), classesPerEmitter-2)) + 1
		for r.x[j]+rise > limitOf(i, g.offset[j]) {
			i--
		}
		r.class[j], g.limit[j] = own+uint16(i), limitOf(i, g.offset[j])
		r.classes[int(own)+i].count++
	}
}

func (g *general) checkpoint(c *checkpoint.Coder) {
	if g == nil {
		return
	}
	c.Numbers(g.common)
	c.Numbers(g.reserved)
	c.Numbers(g.offset)
	c.Numbers(g.limit)
	for e := range g.diffusion {
		c.Numbers(g.diffusion[e][:])
	}
	c.Numbers(g.read)
}
