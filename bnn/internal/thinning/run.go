package thinning

import (
	"math"
)

// Run goes from window to window until the last time and shows each output time, at which
// State tells what there is. Nothing but show depends on the output times, so that they do not
// change the course of things. Before it begins resume may bring the replica to where another was,
// and tells whether it did. look is asked every millisecond or so, with the time reached, whether
// to go on.
func (r *Replica) Run(times []float64, resume func() (bool, error), look func(t float64) error, show func(row int)) error {
	if _, err := resume(); err != nil {
		return err
	}
	for {
		output, end := times[r.row]-r.sync, r.window.end-r.sync
		switch {
		case r.next >= output && output <= end:
			show(r.row)
			if r.row++; r.row == len(times) {
				return nil
			}
			if err := look(r.sync); err != nil {
				return err
			}
		case r.next >= end:
			r.openWindow(r.window.end)
			if err := look(r.sync); err != nil {
				return err
			}
		case r.next >= r.span:
			r.renewSync()
			r.closeWastefulWindow()
			if err := look(r.sync); err != nil {
				return err
			}
		default:
			if r.inspect != nil {
				r.inspect()
			}
			limit := min(r.span, min(output, end))
			if r.advance(limit) {
				r.openWindow(r.sync + r.next)
			}
		}
	}
}

// Listen makes a new replica tell about each spike of a neuron: when, and from which neuron to which, all
// populations in a row. Only the loop Lazy asks whether somebody listens, and so it is that of all windows.
func (r *Replica) Listen(heard func(t float64, source, target int)) {
	r.heard = heard
	r.openWindow(0)
}

// State lays out the state at time t, which changes nothing but where potentials diffuse: there their
// increments up to t are drawn. It gives potentials by population and neuron,
// the spikes since time 0 by target and source population, and those of feedforward sources.
func (r *Replica) State(t float64, potentials [][]float64, spikes, sourceSpikes [][]int64) {
	first := 0
	for a, population := range r.network.Populations {
		if r.members[a].noisy {
			r.diffuse(a, first, t)
		}
		factor := math.Exp(-(t - r.origin[a]) / population.Tau)
		steady := r.steady[a].At(t) + r.members[a].common*factor
		for j, x := range r.x[first : first+r.counts[a]] {
			potentials[a][j] = x*factor + steady
		}
		first += r.counts[a]
		for e := range r.rest {
			count := r.spikesOf(a, e)
			if e < len(r.counts) {
				spikes[a][e] = count
			} else {
				sourceSpikes[a][e-len(r.counts)] = count
			}
		}
	}
}
