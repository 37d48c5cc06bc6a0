package simulate

import (
	"math"

	"balanced/bnn"
)

// checkpoint implements resumable. What newThinning derives from the network alone is not
// kept, and neither is State, which show writes anew.
func (r *thinning) checkpoint(c *stateCoder) {
	c.words(&r.stream.A, &r.stream.B)
	c.number(&r.next)
	c.number(&r.gap)
	for e := range r.rest {
		c.numbers(r.emitters[e].decay[:])
		c.number(&r.emitters[e].shift)
		c.numbers(r.waves[e][:])
		for a := range r.counts {
			p := &r.pathways[a*classesPerEmitter+e]
			c.numbers(p.jump[:])
			c.count(&p.spikes)
		}
	}
	for i := range r.classes {
		r.classCheckpoint(c, i/classesPerEmitter, &r.classes[i])
	}
	c.small(r.slots[:])
	c.numbers(r.limits[:])
	c.numbers(r.x)
	c.small(r.class)
	c.numbers32(r.order)
	c.number(&r.sync)
	c.number(&r.span)
	c.numbers(r.origin)
	for a, steady := range r.steady {
		if constant, is := steady.(bnn.ConstantStimulus); is { // a sine is for good
			c.number(&constant.Value)
			r.steady[a] = constant
		}
	}
	r.window.checkpoint(c)
	c.index(&r.row, math.MaxInt)
}

// classCheckpoint keeps a class, its table by the bound.
func (r *thinning) classCheckpoint(c *stateCoder, e int, class *class) {
	c.words(&class.first, &class.count, &class.bins)
	bound := 0.0 // no table
	if class.table != nil {
		bound = class.table.Bound
	}
	c.number(&bound)
	if c.task != readState || c.err != nil {
		return
	}
	switch {
	case bound == 0:
		class.table = nil
	case e >= len(r.counts):
		class.table = r.sourceTable(e)
	default:
		class.table = r.rest[e].sigmoid.TableOf(bound)
		if class.table == nil {
			c.err = errForeignState
		}
	}
}

func (w *window) checkpoint(c *stateCoder) {
	c.flag(&w.flat)
	c.number(&w.opened)
	c.number(&w.end)
	c.number(&w.since)
	c.count(&w.accepted)
	c.number(&w.length)
	c.number(&w.budget)
}
