package thinning

import "math"

// A window is a time during which the bounds of all neurons stay as they are
// (thinning.go), and what is remembered from one to the next.
type window struct {
	flat    bool // all bounds are λ̄
	loop    Loop
	direct  bool    // flat ones of Few evaluate each candidate
	uniform bool    // flat ones need no classes
	shared  float64 // the greatest λ̄
	held    bool    // flat or not, it stays so, and its loop

	opened, end float64
	since       float64 // acceptance is counted since this time
	accepted    int64   // until then

	length   float64 // of the next window that follows the state
	budget   float64 // candidates of a flat one until its acceptance is looked at
	patience float64 // the greatest budget
	flatGap  float64 // mean time between candidates in flat windows
	flatCost float64 // of such a candidate, see classCost
}

// longestWindow is in units of the smallest time constant: factors stay close to 1, where
// they are accurate (leak.go).
const longestWindow = 1

// candidatesPerNeuron sets the length of windows that follow the state: opening one costs
// about a candidate a neuron, and longer ones have looser bounds.
const candidatesPerNeuron = 3

// classCost is the cost of a candidate in windows with classes, in those of one in windows without.
const classCost = 1.5

// worthFollowing is the acceptance of flat windows below which it may pay to follow
// the state.
const worthFollowing = 0.3

// startWindows opens the first window, a flat one.
func (r *Replica) startWindows() {
	w := &r.window
	w.length = r.shortestTau() / 16
	w.patience = 64 * float64(r.neurons)
	w.budget = float64(r.neurons)
	w.flat = true
	r.openWindow(0)
}

func (r *Replica) shortestTau() float64 {
	shortest := math.Inf(1)
	for _, population := range r.network.Populations {
		shortest = min(shortest, population.Tau)
	}
	return shortest
}

// openWindow ends a window at time t, judges it, and opens the next.
func (r *Replica) openWindow(t float64) {
	w := &r.window
	r.renew(t)
	r.sync = t
	r.judge(t)
	w.opened, w.since, w.accepted = t, t, r.countAccepted()
	shortest := r.shortestTau()
	latest := min(t+longestWindow*shortest, r.nextJump(t))
	if !w.flat {
		w.end = min(t+w.length, latest)
		r.classify()
		r.gap = r.fillSlots()
		w.length = candidatesPerNeuron * float64(r.neurons) * r.gap
		if classCost/r.gap > w.flatCost/w.flatGap {
			w.giveUp()
		}
	}
	if w.flat {
		w.end = latest
		r.gap = w.flatGap
		if !w.uniform {
			r.classify()
			r.gap = r.fillSlots()
		}
	}
	r.startPolynomials()
	r.next = math.Inf(1)
	if !math.IsInf(r.gap, 1) {
		r.next = r.stream.Exponential() * r.gap
	}
}

// countAccepted returns the number of candidates accepted so far, but for those of shared sources.
func (r *Replica) countAccepted() int64 {
	if len(r.rest) > fewEmitters {
		return r.accepted
	}
	sum := int64(0)
	for e := range r.rest {
		for a := range r.counts {
			if !r.members[e].shared {
				sum += r.spikesOf(a, e)
			}
		}
	}
	return sum
}

// judge chooses the kind of the next window from how the last one went.
func (r *Replica) judge(t float64) {
	w := &r.window
	if w.flat {
		if !w.held && r.mayFollow() && r.wasteful(t) {
			w.flat = false
		}
		return
	}
	flat := (t - w.opened) / w.flatGap * w.flatCost
	if float64(r.neurons)+classCost*(t-w.opened)/r.gap > flat {
		w.giveUp()
		return
	}
	w.budget = float64(r.neurons)
}

// mayFollow tells whether there are slots enough for classes that follow the state.
func (r *Replica) mayFollow() bool { return len(r.rest)*classesPerEmitter <= maxEmitters }

// wasteful tells whether few candidates of a flat window were accepted, at time t and if
// there were enough to tell. Candidates are not counted: their mean number serves as well.
func (r *Replica) wasteful(t float64) bool {
	w := &r.window
	candidates := (t - w.since) / r.gap
	return candidates >= w.budget && float64(r.countAccepted()-w.accepted) < worthFollowing*candidates
}

// giveUp goes back to flat windows, for longer each time.
func (w *window) giveUp() {
	if !w.held {
		w.flat = true
		w.budget = min(4*w.budget, w.patience)
	}
}

// closeWastefulWindow lets a flat window end if its bounds are too far above the
// intensities. The end is later than the next candidate, which is known already.
func (r *Replica) closeWastefulWindow() {
	w := &r.window
	if !w.flat || w.held || !r.mayFollow() || r.sync-w.since < w.budget*r.gap {
		return
	}
	if r.wasteful(r.sync) {
		w.end = min(w.end, r.sync+r.span)
		return
	}
	w.since, w.accepted = r.sync, r.countAccepted()
}

// Windows are kinds of windows to which a replica can be held, as it can to a Loop. The choices are of
// speed only, and tests compare the laws of all.
type Windows int

const (
	Flat      Windows = iota // of one bound
	Classes                  // of one bound for each population
	Following                // with bounds that follow the state
)

// Hold holds a new replica to one kind of windows and one loop.
func (r *Replica) Hold(kind Windows, loop Loop) {
	w := &r.window
	w.held, w.direct = true, w.direct && kind == Flat && loop == Few
	if w.loop = loop; loop == Few && len(r.rest) > fewEmitters {
		w.loop = Many
	}
	w.flat = kind != Following || !r.mayFollow()
	if kind == Classes {
		w.uniform, w.flatGap = false, r.classGap()
	}
	r.openWindow(0)
}
