package manifold

import (
	"cmp"
	"math"
	"slices"

	"balanced/bnn/internal/linear"
)

// A cycleWatch tells when a motion has closed: it looks at the moments at which one
// combination of the coordinates has a maximum, and compares the states there.
type cycleWatch struct {
	time         float64
	state, slope []float64 // after the last step
	low, high    []float64 // the range of each coordinate since the last maximum
	maxima       []maximum // the last few
	count        int       // of all
}

type maximum struct {
	time  float64
	state []float64
	size  float64 // of the motion since the maximum before
}

// closed takes the state after a step, and returns the period if the motion came back to one
// of the last maxima, to 1e-5 of its own size. Between steps the motion is a cubic.
func (w *cycleWatch) closed(t float64, state, slope []float64) (period float64, closed bool) {
	const remembered, same = 4, 1e-5
	d := len(state)
	if w.state != nil && t > w.time {
		h := t - w.time
		before, after, rise := 0.0, 0.0, 0.0
		for i := range d {
			weight := 1 / math.Sqrt(float64(i+1))
			before += weight * w.slope[i]
			after += weight * slope[i]
			rise += weight * (state[i] - w.state[i]) / h
		}
		if before > 0 && after <= 0 {
			u := quadraticRoot(before, 6*rise-4*before-2*after, 3*(before+after-2*rise))
			top := maximum{time: w.time + u*h, state: make([]float64, d)}
			for i := range d {
				bend := state[i] - w.state[i]
				top.state[i] = w.state[i] + u*(h*w.slope[i]+u*(3*bend-h*(2*w.slope[i]+slope[i])+u*(h*(w.slope[i]+slope[i])-2*bend)))
				top.size = math.Hypot(top.size, w.high[i]-w.low[i])
			}
			size := top.size
			for k := len(w.maxima) - 1; k >= 0; k-- {
				earlier := w.maxima[k]
				if linear.Norm(linear.Difference(top.state, earlier.state)) <= same*size {
					return top.time - earlier.time, true
				}
				size = math.Max(size, earlier.size)
			}
			w.count++
			if w.maxima = append(w.maxima, top); len(w.maxima) > remembered {
				w.maxima = w.maxima[1:]
			}
			w.low, w.high = nil, nil
		}
	}
	if w.low == nil {
		w.low, w.high = append([]float64(nil), state...), append([]float64(nil), state...)
	}
	for i, x := range state {
		w.low[i], w.high[i] = math.Min(w.low[i], x), math.Max(w.high[i], x)
	}
	w.time, w.state, w.slope = t, append(w.state[:0], state...), append(w.slope[:0], slope...)
	return 0, false
}

// turning tells whether at least so many rounds were seen, of which the last is wider than the errors of a solver make it.
func (w *cycleWatch) turning(rounds int) bool {
	const wide = 1e-4
	return w.count >= rounds && w.maxima[len(w.maxima)-1].size > wide
}

// trend tells whether each of the last rounds is narrower than the one before, which errors of the solver do not
// imitate, and how long one takes, if there are enough of them.
func (w *cycleWatch) trend() (period float64, narrowing, round bool) {
	last := len(w.maxima) - 1
	if last < 2 {
		return 0, false, false
	}
	wider := func(a, b maximum) int { return cmp.Compare(b.size, a.size) }
	return w.maxima[last].time - w.maxima[last-1].time, slices.IsSortedFunc(w.maxima, wider), true
}

// quadraticRoot returns where c + b u + a u², positive at 0 and not at 1, falls through 0.
func quadraticRoot(c, b, a float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if u := (low + high) / 2; c+u*(b+u*a) > 0 {
			low = u
		} else {
			high = u
		}
	}
	return high
}
