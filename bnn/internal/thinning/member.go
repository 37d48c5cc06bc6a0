package thinning

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
	"balanced/bnn/internal/random"
)

// A member is an emitter as the inner loop knows it: a population, or a feedforward source, which comes
// after them. As the source of a candidate its y = β(v−θ) is x + C times a polynomial of the time
// since its polynomials were renewed, plus a shift.
type member struct {
	decay  [5]float64 // of y over x
	shift  float64
	common float64               // C
	table  *random.QuantileTable // of uniform windows

	growth      [5]float64 // of a population: 1/√n over its factor
	from, reach float64    // where its polynomials start, as time since sync, and for how long they hold
	shared      bool       // a shared source
	waving      bool       // the shift is not constant between jumps
	noisy       bool

	diffusion [5]float64 // q, with noise
	reserved  float64    // the greatest C of the window
	_         [2]float64

	wave wave
	_    [4]float64 // to 256 bytes: the index is then a shift
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

// sourceRate is the rate of candidates of a feedforward source, over the number of neurons: a
// shared one has one process a neuron of its own, and not one for each pair.
func (r *Replica) sourceRate(e int) float64 {
	rate := r.rest[e].sources * r.rest[e].bound
	if r.members[e].shared {
		rate /= float64(r.neurons)
	}
	return rate
}

// refresh lets the polynomials of an emitter start from a time since sync, and returns 0, the time since
// then.
//
//go:noinline
func (r *Replica) refresh(e int, since float64) float64 {
	factor := 1.0
	if e < len(r.counts) {
		factor = math.Exp(-(r.sync + since - r.origin[e]) / r.network.Populations[e].Tau)
	}
	r.refreshWith(e, since, factor)
	return 0
}

// refreshWith does so for a population whose factor of leak is known.
func (r *Replica) refreshWith(e int, since, factor float64) {
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
	reach := random.ReachOfQuartic
	if r.window.loop == Few {
		reach = random.ReachOfCubic
	}
	m.reach = reach * r.network.Populations[e].Tau
	scale(&m.decay, &rest.decay, factor)
	scale(&m.growth, &rest.growth, 1/factor)
	if m.noisy {
		scale(&m.diffusion, &rest.diffusion, 1/(factor*factor))
	}
	if rest.constant {
		return
	}
	m.shift = rest.slope * (r.steady[e].At(t) - rest.threshold)
	if m.waving {
		m.wave = waveOf(r.steady[e], t, rest.slope)
		m.reach = min(m.reach, reachOf(r.steady[e], t, reach))
	}
}

// reachAll lets all neurons hear a spike of a shared source, and tells whether some population
// has heard more than was reserved.
func (r *Replica) reachAll(emitter uint16, t float64) (outgrown bool) {
	for a, count := range r.counts {
		m := &r.members[a]
		since := t - m.from
		if since > m.reach {
			since = r.refresh(a, t)
		}
		p := &r.pathways[a*r.stride+int(emitter)]
		m.common += p.weight * polynomial[without](&m.growth, since)
		p.spikes += int64(count)
		outgrown = outgrown || m.common > m.reserved
	}
	return outgrown
}

// normalFrom is that of the stream.
//
//go:noinline
func (r *Replica) normalFrom(word uint64) float64 { return r.stream.NormalFrom(word) }

// draw draws the increment of a neuron up to a time since sync, and notes q.
func (r *Replica) draw(source uint64, emitter uint16, since float64) float64 {
	if !r.members[emitter].noisy {
		return 0
	}
	now := r.varianceAt(emitter, since)
	passed := max(now-r.read[source], 0)
	r.read[source] = now
	return math.Sqrt(passed) * r.stream.Normal()
}

// varianceAt is q at a time since sync.
//
//go:noinline
func (r *Replica) varianceAt(emitter uint16, since float64) float64 {
	if !r.members[emitter].noisy {
		return 0
	}
	return r.rest[emitter].diffusion[0] * math.Exp(2*(r.sync+since-r.origin[emitter])/r.network.Populations[emitter].Tau)
}

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
