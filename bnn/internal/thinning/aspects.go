package thinning

import "math/bits"

// An aspect is a type argument of which a generic function asks for the length: the compiler makes an instance
// for each combination, in which nothing is left of what a network or a window is without, not even a
// question. So one text serves all networks, and none pays for what others have.
type aspect interface{ ~[0]byte | ~[1]byte }

type (
	without [0]byte
	with    [1]byte
)

// A Loop says how the polynomials of emitters are kept.
type Loop int

const (
	Few  Loop = iota // at most 16, in arrays that need no check; cubics, renewed together
	Many             // of degree 4, renewed together
	Lazy             // of degree 4, each renewed when it is met and holds no longer
)

// advance chooses the instance of consider.
func (r *Replica) advance(limit float64) (outgrown bool) {
	w := &r.window
	switch {
	case w.direct && w.flat && w.uniform && w.loop == Few:
		r.considerDirectly(limit)
		return false
	case w.flat && w.uniform:
		return considerDriven[without](r, limit)
	}
	return considerDriven[with](r, limit)
}

func considerDriven[Following aspect](r *Replica, limit float64) bool {
	if r.driven {
		return considerNoisy[Following, with](r, limit)
	}
	return considerNoisy[Following, without](r, limit)
}

func considerNoisy[Following, Driven aspect](r *Replica, limit float64) bool {
	if r.read != nil {
		return considerSpread[Following, Driven, with](r, limit)
	}
	return considerSpread[Following, Driven, without](r, limit)
}

func considerSpread[Following, Driven, Noisy aspect](r *Replica, limit float64) bool {
	if r.offset != nil {
		return considerLoop[Following, Driven, Noisy, with](r, limit)
	}
	return considerLoop[Following, Driven, Noisy, without](r, limit)
}

func considerLoop[Following, Driven, Noisy, Spread aspect](r *Replica, limit float64) bool {
	switch r.window.loop {
	case Few:
		return consider[Following, Driven, Noisy, Spread, with, without](r, limit)
	case Many:
		return consider[Following, Driven, Noisy, Spread, without, without](r, limit)
	}
	return consider[Following, Driven, Noisy, Spread, without, with](r, limit)
}

// sourceOf returns the source that a word chooses, what is left of the word, the emitter that the
// source is one of, and its class if there are classes.
func sourceOf[Following aspect](r *Replica, x []float64, emitters []uint16, word uint64) (source, rest uint64, emitter uint16, c *class) {
	var following Following
	if len(following) == 0 {
		source, rest = bits.Mul64(word, uint64(len(x)))
		return source, rest, emitters[source], nil
	}
	from := r.slots[word>>(64-slotBits)]
	c = &r.classes[from]
	index, rest := bits.Mul64(word<<slotBits, c.count)
	return uint64(r.order[c.first+index]), rest, from / classesPerEmitter, c
}

func memberOf[Few aspect](r *Replica, emitter uint16) *member {
	var few Few
	if len(few) == 1 {
		return &r.few.members[emitter%fewEmitters]
	}
	return &r.members[emitter]
}

// limitOf is what the x of a neuron may rise to in a window.
func limitOf[Spread, Few aspect](r *Replica, neuron uint64, class uint16) float64 {
	var spread Spread
	var few Few
	switch {
	case len(spread) == 1:
		return r.limit[neuron]
	case len(few) == 1:
		return r.few.limits[class%uint16(len(r.few.limits))]
	}
	return r.limits[class]
}

// polynomial evaluates a cubic, or one of degree 4, by the scheme of G. Estrin (1960), in which less
// waits for what is before than in that of Horner.
func polynomial[Few aspect](c *[5]float64, t float64) float64 {
	var few Few
	square := t * t
	if len(few) == 1 {
		return (c[0] + t*c[1]) + square*(c[2]+t*c[3])
	}
	return (c[0] + t*c[1]) + square*((c[2]+t*c[3])+square*c[4])
}
