package thinning

import "testing"

// The increment of noise that is drawn ahead is given back where a window ends before its candidate:
// no neuron has been read later than the window begins.
func TestNoiseDrawnAheadIsGivenBack(t *testing.T) {
	network := measured(1, 1)
	network.Populations[0].Rate = unprojected(t, "silent").Populations[0].Rate
	for _, loop := range []Loop{Few, Many, Lazy} {
		windows, late := 0, 0
		record(t, network, 60, 1, []float64{3}, func(r *Replica) {
			r.Hold(Following, loop)
			opened := 0.0
			r.inspect = func() {
				if r.sync != r.window.opened || r.sync == opened {
					return
				}
				opened = r.sync
				windows++
				now := r.varianceAt(1, 0) * (1 + 1e-12)
				for _, q := range r.read[r.counts[0]:r.neurons] {
					if q > now {
						late++
					}
				}
			}
		})
		if late > 0 || windows < 50 {
			t.Errorf("loop %d: %d neurons were read later than one of %d windows begins", loop, late, windows)
		}
	}
}
