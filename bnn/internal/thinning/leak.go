package thinning

import (
	"math"
	"sort"

	"balanced/bnn"
)

// taylor returns the coefficients of height·e^{rate·t} up to t⁴.
func taylor(height, rate float64) [5]float64 {
	return [5]float64{height, height * rate, height * (rate * rate / 2), height * (rate * rate * rate / 6), height * (rate * rate * rate * rate / 24)}
}

// scale makes a polynomial that is another one times a factor.
func scale(into, c *[5]float64, factor float64) {
	into[0], into[1], into[2], into[3], into[4] = c[0]*factor, c[1]*factor, c[2]*factor, c[3]*factor, c[4]*factor
}

// startPolynomials chooses the loop of a new window and lets polynomials start at sync, or when they
// are needed.
func (r *Replica) startPolynomials() {
	w := &r.window
	if !w.held {
		switch {
		case r.heard != nil:
			w.loop = Lazy
		case len(r.rest) > fewEmitters:
			w.loop = Many
		default:
			w.loop = Few
		}
	}
	r.renewPolynomials()
	for !w.held && w.loop != Lazy && r.reach() < worthRenewal*float64(len(r.rest))*r.gap {
		w.loop++
		r.renewPolynomials()
	}
	r.setSpan()
}

// worthRenewal is how many candidates an emitter there have to be while all polynomials hold, for all
// to be renewed together: else a small network of many populations would pay for all of them whenever
// those of one end.
const worthRenewal = 8

func (r *Replica) renewPolynomials() {
	w := &r.window
	if w.loop == Lazy {
		for e := range r.members {
			r.members[e].from, r.members[e].reach = 0, -1
		}
		return
	}
	age, factor := 0.0, 1.0
	for e := range r.members {
		if e < len(r.counts) {
			if own := (r.sync - r.origin[e]) / r.network.Populations[e].Tau; own != age {
				age, factor = own, math.Exp(-own)
			}
		}
		r.refreshWith(e, 0, factor)
	}
	if w.loop == Few {
		for a := range r.counts {
			for e := range r.rest {
				scale(&r.few.pathways[a*fewEmitters+e].growth, &r.members[a].growth, r.pathways[a*r.stride+e].weight)
			}
		}
	}
}

// reach is for how long all polynomials hold.
func (r *Replica) reach() float64 {
	least := math.Inf(1)
	for e := range r.members {
		least = min(least, r.members[e].reach)
	}
	return least
}

// renewSync counts other times from the next candidate on, within a window.
func (r *Replica) renewSync() {
	since := r.next
	r.sync += since
	r.next = 0
	if r.window.loop == Lazy {
		for e := range r.members {
			r.members[e].from -= since
		}
	} else {
		r.renewPolynomials()
	}
	r.setSpan()
}

// mostInSpan and leastInSpan bound the candidates of a span: the run looks whether to go on after
// less than a millisecond, and does little else in between but consider candidates.
const mostInSpan, leastInSpan = 1 << 16, 1 << 10

// setSpan sets how far the loops go: as long as polynomials hold that are renewed together;
// else until the budget of the window is used up.
func (r *Replica) setSpan() {
	if r.window.loop != Lazy {
		r.span = min(r.reach(), mostInSpan*r.gap)
		return
	}
	r.span = min(max(r.window.budget, leastInSpan), mostInSpan) * r.gap
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
