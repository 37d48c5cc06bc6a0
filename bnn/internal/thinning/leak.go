package thinning

import (
	"math"
	"sort"

	"balanced/bnn"
	"balanced/bnn/internal/random"
)

// cubicReach returns the reach of all polynomials from sync on, in time: exponentials of
// the time constants and responses to stimuli.
func (r *Replica) cubicReach() float64 {
	reach := math.Inf(1)
	for a, population := range r.network.Populations {
		reach = min(reach, random.ReachOfCubic*population.Tau)
		reach = min(reach, reachOf(r.steady[a], r.sync, random.ReachOfCubic))
	}
	for _, rest := range r.rest {
		if sine, is := rest.varying.(bnn.Sine); is {
			reach = min(reach, random.ReachOfCubic*sine.Period/(2*math.Pi))
		}
	}
	return reach
}

// setSpan lets the polynomials that start at sync be used for as long as they hold, and no longer
// than some 65 000 candidates take.
func (r *Replica) setSpan() { r.span = min(r.cubicReach(), 1<<16*r.gap) }

// prepareCubics sets the coefficients of all factors at the age 0, where they are 1.
func (r *Replica) prepareCubics() {
	for a, population := range r.network.Populations {
		r.rest[a].decay = cubic(r.rest[a].slope, -1/population.Tau)
		r.rest[a].growth = cubic(1/r.rootN, 1/population.Tau)
		for e := range r.rest {
			weight := &r.pathways[a*r.stride+e].weight
			if e < len(r.counts) {
				*weight = r.network.Weights[a][e]
			} else {
				*weight = r.network.Feedforward[e-len(r.counts)].Weights[a]
			}
		}
	}
}

// cubic returns the coefficients of height·e^{rate·t} up to t³.
func cubic(height, rate float64) [4]float64 {
	return [4]float64{height, height * rate, height * (rate * rate / 2), height * (rate * rate * rate / 6)}
}

// synchronise makes the polynomials start from time t, with exponentials computed anew.
func (r *Replica) synchronise(t float64) {
	r.sync = t
	age, factor := 0.0, 1.0
	for a, origin := range r.origin {
		if own := (t - origin) / r.network.Populations[a].Tau; own != age {
			age, factor = own, math.Exp(-own)
		}
		decay := &r.rest[a].decay
		r.emitters[a].decay = [4]float64{decay[0] * factor, decay[1] * factor, decay[2] * factor, decay[3] * factor}
		growth := &r.rest[a].growth
		if r.isNoisy(a) {
			q, square := &r.rest[a].diffusion, factor*factor
			r.general.diffusion[a] = [4]float64{q[0] / square, q[1] / square, q[2] / square, q[3] / square}
		}
		r.growth[a] = [4]float64{growth[0] / factor, growth[1] / factor, growth[2] / factor, growth[3] / factor}
	}
	if r.changing {
		r.shiftAll(t)
	}
}

// shiftAll sets the shifts, and the waves of those that change during a window.
func (r *Replica) shiftAll(t float64) {
	for e := range r.rest {
		rest, emitter := &r.rest[e], &r.emitters[e]
		switch {
		case rest.varying != nil:
			emitter.shift = rest.varying.At(t) / rest.bound
		case rest.constant:
			emitter.shift = certain
		default:
			emitter.shift = rest.slope * (r.steady[e].At(t) - rest.threshold)
			r.waves[e] = waveOf(r.steady[e], t, rest.slope)
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
			if r.general != nil {
				r.general.common[a] *= factor
			}
			if r.isNoisy(a) {
				for j := first - r.counts[a]; j < first; j++ {
					r.general.read[j] *= factor * factor
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
	r.shiftAll(t)
}

// nextJump returns the first time after t at which a stimulus or the rate of a source jumps.
func (r *Replica) nextJump(t float64) float64 {
	next := sort.Search(len(r.jumps), func(i int) bool { return r.jumps[i] > t })
	if next == len(r.jumps) {
		return math.Inf(1)
	}
	return r.jumps[next]
}
