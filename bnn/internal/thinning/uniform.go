package thinning

import "math"

// mostUniform is how many neurons and stand-ins one word can choose from twice, and a bin
// besides (advance.go).
const mostUniform = 1 << 16

// layOut makes the arrays of neurons and of stand-ins, and tells whether flat windows are uniform:
// all emitters have then the bound of the greatest, which wastes some candidates where choosing
// classes would cost time.
func (r *Replica) layOut() {
	w := &r.window
	for a := range r.counts {
		w.shared = max(w.shared, r.rest[a].bound)
	}
	w.flatGap, w.flatCost = r.classGap(), classCost
	all, sources := float64(r.neurons), len(r.rest)-len(r.counts)
	for e := len(r.counts); e < len(r.rest); e++ {
		all += r.standIns(e)
	}
	if gap := 1 / (all * w.shared * float64(r.neurons)); all <= mostUniform && gap*classCost > w.flatGap {
		w.uniform, w.flatGap, w.flatCost = true, gap, 1
		r.emitter = make([]uint16, 0, int(all))
		for e := range r.rest {
			count := 0
			if e < len(r.counts) {
				count = r.counts[e]
			} else {
				count = int(r.standIns(e))
			}
			for range count {
				r.emitter = append(r.emitter, uint16(e))
			}
		}
	}
	r.x = make([]float64, max(len(r.emitter), r.neurons+sources))
	r.class = make([]uint16, r.neurons)
	r.order = make([]uint32, r.neurons+sources)
}

// standIns is how many a feedforward source has.
func (r *Replica) standIns(e int) float64 { return math.Ceil(r.sourceRate(e) / r.window.shared) }

// classGap is the mean time between candidates if each emitter has its own bound.
func (r *Replica) classGap() float64 {
	rate := 0.0
	for e, rest := range r.rest {
		if e < len(r.counts) {
			rate += rest.bound * float64(r.counts[e])
		} else {
			rate += r.sourceRate(e)
		}
	}
	return 1 / (rate * float64(r.neurons))
}

// shareBound makes the tables of uniform windows.
func (r *Replica) shareBound() {
	w := &r.window
	if !w.uniform {
		return
	}
	w.direct = len(r.rest) == len(r.counts) && len(r.rest) <= fewEmitters && r.Offsets == nil
	for a := range r.counts {
		m := &r.members[a]
		m.table = r.network.Curves[a].shared()
		w.direct = w.direct && !m.waving && !m.noisy && !r.rest[a].curve.HasLevels()
	}
	for e := len(r.counts); e < len(r.rest); e++ {
		if rate := r.sourceRate(e); rate > 0 {
			bound := r.standIns(e) * w.shared / rate
			r.members[e].table = r.rest[e].curve.TableFor(bound)
		}
	}
}
