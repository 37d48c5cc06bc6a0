package thinning

import (
	"math"

	"balanced/bnn"
	"balanced/bnn/internal/checkpoint"
)

// Checkpoint shows the coder all that the rest of the replica depends on. What New derives from
// the network alone is not kept.
func (r *Replica) Checkpoint(c *checkpoint.Coder) {
	c.Words(&r.stream.A, &r.stream.B)
	c.Number(&r.next)
	c.Number(&r.gap)
	c.Count(&r.accepted)
	for e := range r.rest {
		r.members[e].checkpoint(c)
		for a := range r.counts {
			c.Count(&r.pathways[a*r.stride+e].spikes)
			if len(r.rest) <= fewEmitters {
				c.Count(&r.few.pathways[a*fewEmitters+e].spikes)
				c.Numbers(r.few.pathways[a*fewEmitters+e].growth[:])
			}
		}
	}
	for i := range r.classes {
		r.classCheckpoint(c, i/classesPerEmitter, &r.classes[i])
	}
	c.Numbers16(r.slots[:])
	c.Numbers(r.x)
	c.Numbers16(r.class)
	c.Numbers32(r.order)
	c.Number(&r.sync)
	c.Number(&r.span)
	c.Numbers(r.origin)
	for a, steady := range r.steady {
		switch steady := steady.(type) { // a sine is for good
		case bnn.ConstantStimulus:
			c.Number(&steady.Value)
			r.steady[a] = steady
		case *followed:
			steady.Checkpoint(c)
		}
	}
	c.Numbers(r.limits)
	c.Numbers(r.limit)
	c.Numbers(r.offset)
	c.Numbers(r.read)
	for _, offsets := range r.Offsets {
		c.Numbers(offsets)
	}
	r.window.checkpoint(c)
	c.Index(&r.row, math.MaxInt)
}

// classCheckpoint keeps a class, its table by the bound.
func (r *Replica) classCheckpoint(c *checkpoint.Coder, e int, class *class) {
	c.Words(&class.first, &class.count, &class.bins)
	bound := 0.0 // no table
	if class.table != nil {
		bound = class.table.Bound
	}
	c.Number(&bound)
	if !c.Reading() {
		return
	}
	switch {
	case bound == 0:
		class.table = nil
	default:
		class.table = r.rest[e].curve.TableOf(bound)
		if class.table == nil {
			c.Fail(checkpoint.ErrForeign)
		}
	}
}

func (w *window) checkpoint(c *checkpoint.Coder) {
	c.Flag(&w.flat)
	c.Index((*int)(&w.loop), int(Lazy)+1)
	c.Number(&w.opened)
	c.Number(&w.end)
	c.Number(&w.since)
	c.Count(&w.accepted)
	c.Number(&w.length)
	c.Number(&w.budget)
}
