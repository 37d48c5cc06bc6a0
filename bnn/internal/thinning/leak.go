package thinning

import (
	"math"
	"sort"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// taylor returns the coefficients of height·e^{rate·t} up to t⁴.
func taylor(height, rate float64) [5]float64 {
	return [5]float64{height, height * rate, height * (rate * rate / 2), height * (rate * rate * rate / 6), height * (rate * rate * rate * rate / 24)}
}

// quartic and cubic evaluate polynomials by the scheme of G. Estrin (1960), in which less waits for what is before than
// in that of Horner.
func quartic(c *[5]float64, t float64) float64 {
	square := t * t
	return (c[0] + t*c[1]) + square*((c[2]+t*c[3])+square*c[4])
}

func cubic(c *[4]float64, t float64) float64 { return (c[0] + t*c[1]) + t*t*(c[2]+t*c[3]) }

func scaled(c [5]float64, factor float64) [5]float64 {
	return [5]float64{c[0] * factor, c[1] * factor, c[2] * factor, c[3] * factor, c[4] * factor}
}

func divided(c [5]float64, factor float64) [5]float64 {
	return [5]float64{c[0] / factor, c[1] / factor, c[2] / factor, c[3] / factor, c[4] / factor}
}

// startCubics lets those of a new window start at sync, or when they are needed.
func (r *Replica) startCubics() {
	if r.window.few {
		r.synchroniseFew()
		return
	}
	for e := range r.members {
		r.members[e].reach = -1
	}
}

// renewSync counts other times from the next candidate on, within a window.
func (r *Replica) renewSync() {
	since := r.next
	r.sync += since
	r.next = 0
	if r.window.few {
		r.synchroniseFew()
	} else {
		for e := range r.members {
			r.members[e].from -= since
		}
	}
	r.setSpan()
}

// isWorthFew tells whether there are so many candidates while all cubics of a plain network hold that
// they are worth the renewal of all: of those of all pathways, or of those of populations.
func (r *Replica) isWorthFew() bool {
	candidates, populations := r.fewReach()/r.gap, float64(len(r.counts))
	if r.window.flat && r.window.uniform {
		return candidates >= 8*populations*populations
	}
	return candidates >= 2*populations
}

// fewReach is for how long they hold.
func (r *Replica) fewReach() float64 { return random.ReachOfCubic * r.shortestTau() }

// mostInSpan and leastInSpan bound the candidates of a span: the run looks whether to go on after
// less than a millisecond, and does little else in between but consider candidates.
const mostInSpan, leastInSpan = 1 << 16, 1 << 10

// setSpan sets how far the loops go: as long as all cubics of a plain network hold; in other networks
// until the budget of the window is used up.
func (r *Replica) setSpan() {
	if r.window.few {
		r.span = min(r.fewReach(), mostInSpan*r.gap)
		return
	}
	r.span = min(max(r.window.budget, leastInSpan), mostInSpan) * r.gap
}

// synchroniseFew makes the polynomials of a plain network start from sync, with exponentials
// computed anew.
func (r *Replica) synchroniseFew() {
	age, factor := 0.0, 1.0
	for a, origin := range r.origin {
		if own := (r.sync - origin) / r.network.Populations[a].Tau; own != age {
			age, factor = own, math.Exp(-own)
		}
		rest, few := &r.rest[a], &r.few
		decay, growth := scaled(rest.decay, factor), divided(rest.growth, factor)
		few.emitters[a].decay, few.growth[a] = [4]float64(decay[:]), [4]float64(growth[:])
		if r.window.flat && r.window.uniform {
			for b := range r.origin {
				p := &few.pathways[a*fewEmitters+b]
				for i := range p.growth {
					p.growth[i] = growth[i] * p.weight
				}
			}
		}
		if !rest.constant {
			few.emitters[a].shift = rest.slope * (r.steady[a].At(r.sync) - rest.threshold)
		}
	}
}

// renew brings x back to the size of potentials where the factor has become small, and
// takes in jumps of stimuli and rates at time t. Limits of x do not outlive it.
func (r *Replica) renew(t float64) {
	first := 0
	for a, population := range r.network.Populations {
		x := r.x[first : first+r.counts[a]]
		first += r.counts[a]
		if age := (t - r.origin[a]) / population.Tau; age > 1 {
			factor := math.Exp(-age)
			for j := range x {
				x[j] *= factor
			}
			r.members[a].common *= factor
			if r.members[a].noisy {
				for j := first - r.counts[a]; j < first; j++ {
					r.read[j] *= factor * factor
				}
			}
			r.origin[a] = t
		}
		steady, is := r.steady[a].(bnn.ConstantStimulus)
		if now := population.External().At(t) * population.Tau; is && now != steady.Value {
			shift := (steady.Value - now) * math.Exp((t-r.origin[a])/population.Tau)
			for j := range x {
				x[j] += shift
			}
			r.steady[a] = bnn.ConstantStimulus{Value: now}
		}
	}
}

// nextJump returns the first time after t at which a stimulus or the rate of a source jumps.
func (r *Replica) nextJump(t float64) float64 {
	next := sort.Search(len(r.jumps), func(i int) bool { return r.jumps[i] > t })
	if next == len(r.jumps) {
		return math.Inf(1)
	}
	return r.jumps[next]
}
