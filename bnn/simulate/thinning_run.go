package simulate

import (
	"context"
	"math"
)

// run goes from window to window until the last time. Nothing but show depends on the
// output times, so that they do not change the course of things.
func (r *thinning) run(ctx context.Context, times []float64, recorders []Recorder) error {
	watch := watchOf(ctx)
	if _, err := watch.resume(r); err != nil {
		return err
	}
	for {
		output, end := times[r.row]-r.sync, r.window.end-r.sync
		switch {
		case r.next >= output && output <= end:
			r.show(times[r.row], r.row, recorders)
			if r.row++; r.row == len(times) {
				return nil
			}
			if err := watch.look(ctx, r.sync, r); err != nil {
				return err
			}
		case r.next >= end:
			r.openWindow(r.window.end)
			if err := watch.look(ctx, r.sync, r); err != nil {
				return err
			}
		case r.next >= r.span:
			r.synchronise(r.sync + r.next)
			r.next = 0
			r.closeWastefulWindow()
			// The span holds at most some 65 000 candidates, less than a millisecond.
			if err := watch.look(ctx, r.sync, r); err != nil {
				return err
			}
		default:
			if r.inspect != nil {
				r.inspect()
			}
			limit := min(r.span, min(output, end))
			if r.window.flat && r.window.plain {
				r.advanceFlat(limit)
			} else if outgrown := r.advanceClasses(limit); outgrown {
				r.openWindow(r.sync + r.next)
			}
		}
	}
}

// show lays out the state at time t, which changes nothing, and shows it to the recorders.
func (r *thinning) show(t float64, row int, recorders []Recorder) {
	r.state.Time = t
	first := 0
	for a, population := range r.network.Populations {
		factor := math.Exp(-(t - r.origin[a]) / population.Tau)
		steady := r.steady[a].At(t)
		for j, x := range r.x[first : first+r.counts[a]] {
			r.state.Potentials[a][j] = x*factor + steady
		}
		first += r.counts[a]
		for e := range r.rest {
			spikes := r.pathways[a*classesPerEmitter+e].spikes
			if e < len(r.counts) {
				r.state.Spikes[a][e] = spikes
			} else {
				r.state.SourceSpikes[a][e-len(r.counts)] = spikes
			}
		}
	}
	for _, recorder := range recorders {
		recorder.Record(row, &r.state)
	}
}
