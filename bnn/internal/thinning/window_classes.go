package thinning

import (
	"math"

	"balanced/bnn/internal/random"
)

// A class is a set of neurons with one bound, or a feedforward source.
type class struct {
	first, count uint64 // in order
	bins         uint64 // of the table and beyond, to match the slots; times 2³⁶
	table        *random.QuantileTable
	_            [4]uint64
}

// binFraction is the number of binary places of class.bins.
const binFraction = 36

// margin is how far y may rise by jumps within a window before a neuron outgrows its
// bound; a larger one makes longer windows and more candidates.
const margin = 0.3

// classify gives each neuron a class for the window, and orders neurons by class.
func (r *Replica) classify() {
	clear(r.classes)
	first := 0
	for e, rest := range r.rest {
		if e >= len(r.counts) {
			r.classes[e*classesPerEmitter] = class{count: 1, table: rest.curve.LevelTable(0)}
			continue
		}
		end := first + r.counts[e]
		own := e * classesPerEmitter
		top := &r.classes[own]
		top.table = rest.curve.LevelTable(0)
		if r.window.flat || rest.constant || rest.slope == 0 || r.members[e].noisy || !rest.curve.HasLevels() {
			top.count = uint64(r.counts[e])
			for j := first; j < end; j++ {
				r.class[j] = uint16(own)
			}
			for j := first; j < min(end, len(r.limit)); j++ {
				r.limit[j] = math.Inf(1)
			}
			r.limits[own] = math.Inf(1)
			r.members[e].reserved = math.Inf(1)
		} else {
			r.classifyFollowing(e, first, end)
		}
		first = end
	}
	r.sortByClass()
}

// classifyFollowing finds for each neuron of a population, numbered from first to before end, the
// lowest bound that it keeps to until the window ends, unless it jumps by more than the margin.
// Class 0 is bounded by λ̄, the others by successive levels from one a little above most neurons.
//
// A neuron whose x + C does not exceed (y + d − shift)/factor keeps to y. The shift is at most its
// greatest value in the window, and the factor falls from here to there, so that the
// least of these limits is at the start if positive and at the end if not.
func (r *Replica) classifyFollowing(e, first, end int) {
	rest, m := &r.rest[e], &r.members[e]
	length := r.window.end - r.sync
	tau := r.network.Populations[e].Tau
	here := rest.slope * math.Exp(-(r.sync-r.origin[e])/tau)
	there := here * math.Exp(-length/tau)
	shift := rest.slope * (greatestWithin(r.steady[e], r.sync, length) - rest.threshold)
	common, reserve := m.common, 0.0
	m.reserved = math.Inf(1)
	if len(r.network.Sources) > 0 { // C may rise
		reserve = margin / here
		m.reserved = common + reserve
	}
	mean := 0.0
	for _, x := range r.x[first:end] {
		mean += x
	}
	mean = (mean/float64(end-first)+common)*here + shift
	spacing := rest.curve.Spacing()
	lowest := random.Levels - classesPerEmitter + 1
	base := 1 + int(max(0, min(float64(lowest-1), math.Floor(-mean/spacing-5))))
	own := e * classesPerEmitter
	var levels [classesPerEmitter]float64
	limits := r.limits[own : own+classesPerEmitter]
	levels[0], limits[0] = math.Inf(1), math.Inf(1)
	limitOf := func(most float64) float64 { // of x + C
		if most >= 0 {
			return most/here - reserve
		}
		return most/there - reserve
	}
	for i := 1; i < classesPerEmitter; i++ {
		r.classes[own+i].table = rest.curve.LevelTable(base + i - 1)
		levels[i] = rest.curve.LevelAt(base+i-1) - shift
		limits[i] = limitOf(levels[i]) - common
	}
	rise, high := margin/here, levels[1]-margin
	for j := first; j < end; j++ {
		at, offset := r.x[j]+common, 0.0
		if r.offset != nil {
			offset = r.offset[j]
		}
		// The level just below would be too low if the limits were at the nearer end.
		i := int(min(max((high+offset-max(at*here, at*there))/spacing, -1), classesPerEmitter-2)) + 1
		if r.offset == nil {
			for r.x[j]+rise > limits[i] {
				i--
			}
		} else {
			limit := limitOf(levels[i] + offset)
			for at+rise > limit {
				i--
				limit = limitOf(levels[i] + offset)
			}
			r.limit[j] = limit - common
		}
		r.class[j] = uint16(own + i)
		r.classes[own+i].count++
	}
}

// sortByClass lists the neurons of each class in order; those of feedforward
// sources, which have no neurons here, are numbers beyond the last neuron.
func (r *Replica) sortByClass() {
	place := r.scratch.place
	first := uint64(0)
	for i := range r.classes {
		r.classes[i].first = first
		place[i] = uint32(first)
		first += r.classes[i].count
	}
	for j, class := range r.class {
		r.order[place[class]] = uint32(j)
		place[class]++
	}
	for e := len(r.counts); e < len(r.rest); e++ {
		r.order[place[e*classesPerEmitter]] = uint32(r.neurons + e - len(r.counts))
	}
}

// rarestShare is the least share of all candidates that a class may have: bins have no numbers for less.
const rarestShare = 0x1p-28

// raiseBound gives a class that would have too few candidates the table of a greater bound, which is
// one as well, and returns how much its rate grew.
func (r *Replica) raiseBound(i int, rates []float64, total float64) (grown float64) {
	if rates[i] == 0 || rates[i] >= rarestShare*total {
		return 0
	}
	c, rest, before := &r.classes[i], &r.rest[i/classesPerEmitter], rates[i]
	for level := random.Levels - 1; level >= 0 && rates[i] < rarestShare*total; level-- {
		if table := rest.curve.LevelTable(level); table.Bound > c.table.Bound {
			c.table = table
			rates[i] = float64(c.count) * rest.bound * table.Bound
		}
	}
	return rates[i] - before
}

// fillSlots shares the slots among the classes, as many to each as its rate needs or a
// little more, and returns the mean time between candidates. What is too much is
// taken away again by bins beyond those of the table, which always reject: the class has
// exactly the rate of its bound then.
func (r *Replica) fillSlots() float64 {
	rates, shares := r.scratch.rates, r.scratch.shares
	clear(rates)
	total, active := 0.0, 0
	for i := range r.classes {
		c := &r.classes[i]
		rest := &r.rest[min(i/classesPerEmitter, len(r.rest)-1)]
		if c.count == 0 || rest.bound == 0 {
			continue
		}
		rates[i] = float64(c.count) * rest.bound * c.table.Bound
		if i/classesPerEmitter >= len(r.counts) {
			rates[i] = r.sourceRate(i / classesPerEmitter)
		}
		total += rates[i]
		active++
	}
	if active == 0 {
		return math.Inf(1)
	}
	for i := range r.classes[:len(r.counts)*classesPerEmitter] {
		total += r.raiseBound(i, rates, total)
	}
	quantum := total / float64(classSlots-active)
	used, largest := 0, 0
	for i, rate := range rates {
		shares[i] = int(math.Ceil(rate / quantum))
		used += shares[i]
		if rate > rates[largest] {
			largest = i
		}
	}
	shares[largest] += classSlots - used
	slots := r.slots[:0]
	for i, share := range shares {
		for range share {
			slots = append(slots, uint16(i))
		}
		if share > 0 {
			ratio := float64(share) * quantum / rates[i]
			r.classes[i].bins = uint64(math.Round(random.QuantileBins * ratio * (1 << binFraction)))
		}
	}
	return 1 / (quantum * classSlots * float64(r.neurons))
}
