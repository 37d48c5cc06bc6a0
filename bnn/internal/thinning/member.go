package thinning

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/random"
)

// A member is an emitter as the loops for all networks know it (advance_uniform.go and general.go).
// Its polynomials are renewed when it is met and they hold no longer, so that a small network of
// many populations does not pay for all of them whenever those of one end.
type member struct {
	from, reach float64    // where its polynomials start, as time since sync, and for how long they hold
	decay       [5]float64 // of y over x
	shift       float64
	wave        wave
	growth      [5]float64            // of a population: 1/√n over its factor
	diffusion   [5]float64            // q, with noise
	common      float64               // C
	reserved    float64               // the greatest C of the window
	table       *random.QuantileTable // of uniform windows
	waving      bool                  // the shift is not constant between jumps
	noisy       bool
	shared      bool // a shared source
}

// A wave is the change of a shift: a polynomial without its constant.
type wave [4]float64

// startOffsets notes the offsets that were drawn, and what diffusion has to remember.
func (r *Replica) startOffsets() {
	if r.Offsets != nil {
		r.offset, r.limit = make([]float64, len(r.x)), make([]float64, r.neurons)
	}
	first := 0
	for a, population := range r.network.Populations {
		if r.Offsets != nil {
			for j, offset := range r.Offsets[a] {
				r.offset[first+j] = r.rest[a].slope * offset
			}
		}
		if population.Noise > 0 {
			if r.read == nil {
				r.read = make([]float64, len(r.x))
			}
			r.members[a].noisy = true
			r.rest[a].diffusion = taylor(population.Noise*population.Noise*population.Tau/2, 2/population.Tau)
			for j := first; j < first+r.counts[a]; j++ {
				r.read[j] = r.rest[a].diffusion[0]
			}
		}
		first += r.counts[a]
	}
}

// isPlain tells whether the loops of a few populations know all there is.
func (r *Replica) isPlain() bool {
	plain := len(r.rest) == len(r.counts) && len(r.rest) <= fewEmitters && r.Offsets == nil
	for _, m := range r.members {
		plain = plain && !m.waving && !m.noisy
	}
	return plain
}

// sourceRate is the rate of candidates of a feedforward source, over the number of neurons: a
// shared one has one process a neuron of its own, and not one for each pair.
func (r *Replica) sourceRate(e int) float64 {
	rate := r.rest[e].sources * r.rest[e].bound
	if r.members[e].shared {
		rate /= float64(r.neurons)
	}
	return rate
}

// refresh lets the polynomials of an emitter start from a time since sync.
//
//go:noinline
func (r *Replica) refresh(e int, since float64) {
	m, rest := &r.members[e], &r.rest[e]
	t := r.sync + since
	m.from, m.reach = since, math.Inf(1)
	if e >= len(r.counts) {
		if rest.varying != nil {
			m.shift = rest.varying.At(t) / rest.bound
			if sine, is := rest.varying.(bnn.Sine); is {
				m.reach = random.ReachOfCubic * sine.Period / (2 * math.Pi)
			}
		}
		return
	}
	tau := r.network.Populations[e].Tau
	m.reach = random.ReachOfQuartic * tau
	factor := math.Exp(-(t - r.origin[e]) / tau)
	m.decay, m.growth = scaled(rest.decay, factor), divided(rest.growth, factor)
	if m.noisy {
		m.diffusion = divided(rest.diffusion, factor*factor)
	}
	if rest.constant {
		return
	}
	m.shift = rest.slope * (r.steady[e].At(t) - rest.threshold)
	if m.waving {
		m.wave = waveOf(r.steady[e], t, rest.slope)
		m.reach = min(m.reach, reachOf(r.steady[e], t, random.ReachOfQuartic))
	}
}

// reachAll lets all neurons hear a spike of a shared source, and tells whether some population
// has heard more than was reserved.
func (r *Replica) reachAll(emitter uint16, t float64) (outgrown bool) {
	for a, count := range r.counts {
		m := &r.members[a]
		if t-m.from > m.reach {
			r.refresh(a, t)
		}
		p := &r.pathways[a*r.stride+int(emitter)]
		m.common += p.weight * quartic(&m.growth, t-m.from)
		p.spikes += int64(count)
		outgrown = outgrown || m.common > m.reserved
	}
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
		r.x[j] += math.Sqrt(max(now-r.read[j], 0)) * r.stream.Normal()
		r.read[j] = now
	}
}

func (m *member) checkpoint(c *checkpoint.Coder) {
	c.Number(&m.from)
	c.Number(&m.reach)
	c.Number(&m.shift)
	c.Number(&m.common)
	c.Number(&m.reserved)
	c.Numbers(m.decay[:])
	c.Numbers(m.wave[:])
	c.Numbers(m.growth[:])
	c.Numbers(m.diffusion[:])
}
